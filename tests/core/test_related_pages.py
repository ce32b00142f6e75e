"""What a page leads on to: other pages on the same thing."""

from core.models import Theme
from home.models import StandardPage


def make_page(home, title, themes=(), tags=(), publish=True):
    page = StandardPage(title=title, introduction="Hej.", live=False)
    page.themes = themes
    home.refresh_from_db()
    home.add_child(instance=page)
    page.tags.add(*tags)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return page


def test_related_pages_share_a_theme_or_a_tag_once_each_newest_first(home, locales):
    theme = Theme.objects.create(name="Köp", slug="kop", summary="Om köp.", locale=locales["sv"])
    page = make_page(home, "Sidan", [theme], ["Odling", "Café"])
    make_page(home, "Samma område", [theme])
    make_page(home, "Samma etikett", tags=["odling"])
    make_page(home, "Båda", [theme], ["Odling", "Café"])
    make_page(home, "Något annat", tags=["Textil"])
    make_page(home, "Utkast", [theme], ["Odling"], publish=False)
    titles = [related.title for related in page.related_pages()]
    assert titles == ["Båda", "Samma etikett", "Samma område"]


def test_a_page_without_theme_and_tag_has_no_related_pages(home):
    page = make_page(home, "Sidan")
    make_page(home, "Annan")
    assert not page.related_pages().exists()
