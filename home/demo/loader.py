"""Loading the demonstration: everything once, in one transaction, never over what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from campaigns.models import (
    CampaignPage,
    EmbargoLink,
    PressChange,
    PressContact,
    PressPage,
    PressSettings,
)
from core.models import BasePage, OrganisationSettings, Theme
from home.access import (
    set_up_groups,
    set_up_workflows,
)
from home.demo import dates
from home.demo.applications import load_applications
from home.demo.bodies import Keys
from home.demo.campaign_pages import load_media_bank
from home.demo.content import in_language, read, rich_text
from home.demo.documents import load_document, load_poster
from home.demo.enquiries import load_enquiries
from home.demo.enterprises import (
    load_enterprises,
    load_industries,
    load_sales_organisations,
    translate_enterprises,
)
from home.demo.events import Events, mails_kept_back
from home.demo.feedback import load_feedback
from home.demo.glossary import load_glossary
from home.demo.library_pages import version_key
from home.demo.page_items import PageItem, Texts, fill_base, fill_relations, with_years
from home.demo.pictures import TITLES, encoded_quickly, load_picture
from home.demo.regions import Regions
from home.demo.reports import load_reports
from home.demo.translation import translate
from home.demo.tree import page_items
from home.demo.users import load_users
from home.models import HomePage
from library.books.builder import builds_postponed

THEME_ICONS = {
    "labour-market": "users",
    "becoming-asf": "sprout",
    "asf-list": "list-checks",
    "impact": "chart-column",
    "competence": "graduation-cap",
    "certification": "badge-check",
    "sales": "handshake",
    "financing": "coins",
}

Say = Callable[[str], None]


def load(say: Say) -> bool:
    """Load everything; return False, having done nothing, where there is a home page already."""
    if HomePage.objects.exists():
        return False
    with builds_postponed():
        with mails_kept_back(), transaction.atomic(), indexes_left_alone():
            Loader(say).load()
        say("all is in place; now the books' files and the indexes")
    # Once for everything takes a third of the time of once for every save.
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)
    say("indexes")
    return True


@contextmanager
def indexes_left_alone() -> Iterator[None]:
    """Within this block, saving updates neither the admin's search nor the index of references."""
    models = [model for model in get_indexed_models() if getattr(model, "search_auto_update", True)]
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)


class Loader:
    """One load: what has been made so far, and in which languages."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.swedish, _created = Locale.objects.get_or_create(language_code="sv")
        self.english, _created = Locale.objects.get_or_create(language_code="en")
        self.keys = Keys(today=timezone.localdate(), source=self.swedish)
        self.items = list(page_items())
        self.themes: dict[str, Theme] = {}

    def load(self) -> None:
        """Make everything, lower rooms first."""
        self.load_pictures()
        self.load_themes()
        self.load_settings()
        self.load_documents()
        load_industries(self.swedish, self.english)
        enterprises = load_enterprises(self.keys, self.swedish)
        sellers = load_sales_organisations(self.keys, self.swedish, enterprises)
        entries = enterprises | sellers
        self.say(f"{len(enterprises)} enterprises, {len(sellers)} sales organisations")
        self.load_pages()
        number = translate_enterprises(entries, self.keys, self.english)
        self.say(f"{number} entries in English")
        self.translate_pages()
        self.change_pages()
        number = load_glossary(self.swedish, self.english)
        self.say(f"{number} words in the glossary")
        number = load_media_bank(self.keys, self.themes, self.english)
        self.say(f"{number} pictures and films in the media bank")
        events = Events(self.keys, enterprises)
        self.say(f"{events.load()} open houses")
        set_up_groups()
        set_up_workflows()
        self.say(Regions(self.swedish, self.english, self.keys.today).load())
        load_users()
        number = load_applications(entries, self.swedish)
        self.say(f"{number} applications to the list")
        self.say(f"{load_reports(self.keys, enterprises)} yearly reports")
        self.say(f"{load_enquiries(entries)} enquiries")
        events.load_submitted(User.objects.get(username="moderator"))
        self.load_embargo_links()
        load_feedback(self.keys)

    def load_pictures(self) -> None:
        """Make the illustrations."""
        with encoded_quickly():
            for key in TITLES:
                self.keys.images[key] = load_picture(key).pk
        self.say(f"{len(TITLES)} pictures in all their sizes")

    def load_themes(self) -> None:
        """Make the development areas in both languages."""
        for place, item in enumerate(read("themes")):
            texts = in_language(item, "sv")
            theme = Theme.objects.create(
                locale=self.swedish,
                slug=item["key"],
                name=texts["name"],
                summary=texts["summary"],
                icon=THEME_ICONS[item["key"]],
                sort_order=place,
            )
            self.themes[item["key"]] = theme
            self.translate(theme, in_language(item, "en"), ("name", "summary"))

    def load_settings(self) -> None:
        """Make the footer, the boilerplate and the press contacts in both languages."""
        settings = read("settings")
        organisation = settings["organisation"] | {"funding": settings["esf_text"]}
        for model, item, rich in (
            (OrganisationSettings, organisation, ("funding",)),
            (PressSettings, {"boilerplate": settings["boilerplate"]}, ("boilerplate",)),
        ):
            versions = {
                language: {
                    name: rich_text(value, {}) if name in rich else value
                    for name, value in in_language(item, language).items()
                }
                for language in ("sv", "en")
            }
            made = model.objects.create(locale=self.swedish, **versions["sv"])
            self.translate(made, versions["en"], tuple(versions["en"]))
        for item in read("press")["contacts"]:
            fields = {name: value for name, value in item.items() if name != "key"}
            contact = PressContact.objects.create(locale=self.swedish, **in_language(fields, "sv"))
            self.translate(contact, in_language(fields, "en"), ("name", "role"))
            self.keys.contacts[item["key"]] = contact.pk

    def translate(self, source: Any, texts: dict[str, Any], names: Iterable[str]) -> None:
        """Translate a snippet by its ``names``."""
        twin = type(source).objects.get(pk=source.pk)
        for name in names:
            setattr(twin, name, texts[name])
        translate(source, twin, self.english)

    def load_documents(self) -> None:
        """Write the templates, the campaigns' material and the press's as files."""
        campaigns = [item.get("material", []) for item in read("campaigns")]
        press = [item.get("related", []) for item in read("press")["releases"]]
        for item in chain(read("templates"), *campaigns, *press):
            texts = with_years(in_language(item, "sv"), self.keys.today)
            if "document" in item:
                suffix = texts.get("format", "docx")
                parts = texts["document"]
                document = load_document(item["key"], texts["title"], "sv", parts, suffix)
                self.load_earlier(texts)
            elif "poster" in item:
                day = dates.open_house_day(self.keys.today)
                document = load_poster(item["key"], texts["title"], day, texts["poster"])
            else:
                continue
            self.keys.documents[item["key"]] = document.pk
        self.say(f"{len(self.keys.documents)} documents")

    def load_earlier(self, texts: Texts) -> None:
        """Write the files that a template's document has replaced."""
        for version in texts.get("earlier", []):
            key = version_key(texts["key"], version)
            title = f"{texts['title']} ({version['version']})"
            made = load_document(key.replace(".", "-"), title, "sv", version["document"])
            self.keys.documents[key] = made.pk

    def load_pages(self) -> None:
        """Make every page, then fill them again now that every link has a page to lead to."""
        pages: dict[str, BasePage] = {}
        for number, item in enumerate(self.items, start=1):
            pages[item.key] = self.make_page(item, pages)
            self.keys.pages[item.key] = pages[item.key].pk
            if number % 30 == 0:
                self.say(f"{number} of {len(self.items)} pages")
        for item in self.items:
            page = pages[item.key]
            texts = item.first_texts("sv", self.keys.today)
            fill_relations(page, texts, self.keys)
            item.fill(page, texts, self.keys)
            if page.go_live_at:  # Under embargo: Wagtail keeps it as a revision until then.
                page.save_revision().publish()
                continue
            page.first_published_at = self.published_at(page, texts)
            page.save_revision().publish()
            # Published once: nothing has been changed since.
            Page.objects.filter(pk=page.pk).update(last_published_at=page.first_published_at)
        self.point_the_footer_at_its_pages()
        self.say(f"{len(self.items)} pages")

    def make_page(self, item: PageItem, pages: dict[str, BasePage]) -> BasePage:
        """Make one page; links lead nowhere in particular yet."""
        page = item.model(locale=self.swedish, show_in_menus=item.in_menu, live=False)
        texts = item.first_texts("sv", self.keys.today)
        fill_base(page, texts, self.keys)
        home = pages.get("home")
        anywhere: dict[str, int] = defaultdict(lambda: home.pk if home else 1)
        item.fill(page, texts, replace(self.keys, pages=anywhere))
        if "picture" in texts:
            page.listing_image_id = self.keys.images[texts["picture"]]
        page.audience = texts.get("audience", [])
        page.themes = [self.themes[key] for key in texts.get("themes", [])]
        if item.parent is None:
            self.plant(page)
        else:
            pages[item.parent].add_child(instance=page)
        page.tags.set(texts.get("tags", []))
        return page

    def plant(self, home: BasePage) -> None:
        """Put the home page at the root of the default site, in place of Wagtail's welcome page."""
        root = Page.get_first_root_node()
        Site.objects.all().delete()
        for page in root.get_children():
            page.delete()
        root = Page.get_first_root_node()
        root.add_child(instance=home)
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name="ASF Lyfter"
        )

    def point_the_footer_at_its_pages(self) -> None:
        """Contact, accessibility and privacy stand at the foot of every page."""
        OrganisationSettings.objects.update(
            contact_page_id=self.keys.pages["contact"],
            accessibility_page_id=self.keys.pages["accessibility"],
            privacy_page_id=self.keys.pages["privacy"],
        )

    def published_at(self, page: BasePage, texts: Texts) -> datetime:
        """A release was published on its morning, an edition with its call, everything else now.

        But for what says itself on which day it was: ``published_on``.
        """
        day: date = texts.get("published_on", self.keys.today)
        if isinstance(page, PressPage):
            day = page.date
        elif isinstance(page, CampaignPage):
            day = page.registration_opens_on or page.starts_on
        if day < self.keys.today:
            return timezone.make_aware(datetime.combine(day, time(8, 30)))
        return timezone.now()

    def translate_pages(self) -> None:
        """Translate every page that has English texts."""
        translated = [item for item in self.items if item.translated]
        for item in translated:
            texts = item.first_texts("en", self.keys.today)
            page = self.translate_page(item, texts)
            if "published_on" in texts:
                moment = self.published_at(page, texts)
                Page.objects.filter(pk=page.pk).update(
                    first_published_at=moment, last_published_at=moment
                )
        self.say(f"{len(translated)} pages in English")

    def newest(self, item: PageItem) -> BasePage:
        """Return the page as it will be: what is under embargo is a revision, not yet its row."""
        page: BasePage = item.model.objects.get(pk=self.keys.pages[item.key])
        return page if page.live else page.get_latest_revision_as_object()

    def translate_page(
        self, item: PageItem, texts: Texts, own: dict[str, Any] | None = None
    ) -> BasePage:
        """Translate one page; ``own`` are fields that the translation has to itself."""
        source, twin = self.newest(item), self.newest(item)
        fill_base(twin, texts, self.keys)
        item.fill(twin, texts, self.keys)
        overrides = {}
        if "document" in texts:
            document = load_document(f"{item.key}-en", twin.title, "en", texts["document"])
            overrides["document"] = document.pk
        translated: BasePage = translate(source, twin, self.english, overrides, own)
        return translated

    def change_pages(self) -> None:
        """Publish anew, as an editor does, what readers are told has changed."""
        for item in self.items:
            if "change" not in item.item:
                continue
            page = item.model.objects.get(pk=self.keys.pages[item.key])
            texts = item.texts("sv", self.keys.today)
            fill_base(page, texts, self.keys)
            item.fill(page, texts, self.keys)
            change = texts["change"]
            page.change_kind, page.change_note = change["kind"], change["note"]
            page.save_revision().publish()
            changed = [page]
            if item.translated:
                texts = item.texts("en", self.keys.today)
                own = {"change_kind": change["kind"], "change_note": texts["change"]["note"]}
                changed.append(self.translate_page(item, texts, own))
            moment = page.first_published_at + timedelta(hours=change["hours_later"])
            pks = [page.pk for page in changed]
            Page.objects.filter(pk__in=pks).update(last_published_at=moment)
            PressChange.objects.filter(page__in=pks).update(made_at=moment)

    def load_embargo_links(self) -> None:
        """Make a preview link to each newsroom; the first has been revoked."""
        moderator = User.objects.get(username="moderator")
        for page in PressPage.objects.filter(live=False, go_live_at__isnull=False):
            for place, newsroom in enumerate(read("press")["newsrooms"]):
                EmbargoLink.objects.create(
                    page=page,
                    recipient=newsroom,
                    expires_at=page.go_live_at,
                    revoked_at=None if place else timezone.now(),
                    created_by=moderator,
                )
