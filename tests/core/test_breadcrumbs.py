"""Breadcrumbs name what the reader may see."""

import pytest

from home.models import SectionPage, StandardPage


@pytest.fixture
def way(home):
    """A live page in a live section."""
    section = home.add_child(
        instance=SectionPage(title="Planerna", slug="planerna", introduction="Hej.")
    )
    section.save_revision().publish()
    page = section.add_child(
        instance=StandardPage(title="Nyheten", slug="nyheten", introduction="Hej.")
    )
    page.save_revision().publish()
    return section


def test_the_way_to_a_page_is_shown(client, way):
    assert 'href="/planerna/">Planerna</a>' in client.get("/planerna/nyheten/").content.decode()


def test_a_section_that_is_no_longer_live_is_not_named(client, way):
    way.refresh_from_db()
    type(way).objects.filter(pk=way.pk).update(live=False)
    response = client.get("/planerna/nyheten/")
    assert response.status_code == 200
    assert "Planerna" not in response.content.decode()
