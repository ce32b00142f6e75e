"""“Was this helpful?”: asked without a cookie, kept without a name."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from home.access import set_up_groups
from library.feedback import forget_comments
from library.models import Feedback, FilmPage, GuidancePage
from tests.library.factories import add, handbook

CHAPTER = "/kunskapsbank/boken/kapitel-1/"


@pytest.fixture
def chapter(home):
    return handbook(home, 1).get_children().get().specific


@pytest.fixture
def address(chapter):
    return f"/tyck-till/{chapter.pk}/"


def test_the_chapter_asks_and_sets_no_cookie(chapter, address, client):
    response = client.get(CHAPTER)
    html = response.content.decode()
    assert f'<form class="form form--tight" method="post" action="{address}"' in html
    assert "csrfmiddlewaretoken" not in html
    assert not response.cookies


def test_an_answer_is_kept_and_thanked_for_without_cookie_or_name(chapter, address, client):
    response = client.post(address, {"helpful": "no", "comment": " Skriv mer om <b>lån</b>. "})
    assert response.status_code == 302
    assert response.headers["Location"] == f"{CHAPTER}?tack=1#helpful"
    assert not response.cookies
    answer = Feedback.objects.get()
    assert (answer.page_id, answer.helpful, answer.comment) == (
        chapter.pk,
        False,
        "Skriv mer om <b>lån</b>.",
    )
    kept = {field.name for field in Feedback._meta.get_fields()}
    assert kept == {"id", "page", "helpful", "comment", "created_at"}
    thanks = client.get(f"{CHAPTER}?tack=1")
    assert "<form" not in thanks.content.decode().split('id="helpful"')[1].split("</section>")[0]
    assert not thanks.cookies


def test_yes_alone_is_an_answer(address, client):
    client.post(address, {"helpful": "yes"})
    assert Feedback.objects.get().helpful


@pytest.mark.parametrize(
    ("posted", "wrong"),
    [
        ({"comment": "Bra text."}, "helpful"),
        ({"helpful": "kanske", "comment": "Bra text."}, "helpful"),
        ({"helpful": "yes", "comment": "Bra text." + "x" * 1000}, "comment"),
        ({"helpful": "yes", "comment": "Bra text. Skriv till anna@example.org"}, "comment"),
        ({"helpful": "yes", "comment": "Bra text. Jag är 19900101-1234"}, "comment"),
    ],
)
def test_mistakes_are_told_beside_the_field_and_lose_nothing(address, client, posted, wrong):
    response = client.post(address, posted)
    html = response.content.decode()
    assert response.status_code == 422
    assert f'id="helpful_{wrong}_error"' in html
    assert "Bra text." in html
    assert not Feedback.objects.exists()


def test_machines_and_floods_are_kept_out(address, client):
    response = client.post(address, {"helpful": "yes", "website": "spam"})
    assert response.status_code == 422
    for _time in range(10):
        client.post(address, {"helpful": "yes"})
    assert client.post(address, {"helpful": "yes"}).status_code == 422
    assert Feedback.objects.count() == 10


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({}, 302),
    ],
)
def test_other_sites_send_no_answers(address, headers, status, db):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert client.post(address, {"helpful": "yes"}, headers=headers).status_code == status
    assert Feedback.objects.count() == (1 if status == 302 else 0)


def test_only_public_pages_that_ask_take_answers(chapter, address, home, client):
    film = add(chapter.get_parent().get_parent(), FilmPage, title="Film", slug="film")
    assert client.get(f"/tyck-till/{film.pk}/").status_code == 404
    assert client.get("/tyck-till/999999/").status_code == 404
    assert client.get("/tyck-till/99999999999999999999/").status_code == 404
    chapter.unpublish()
    assert client.get(address).status_code == 404
    assert client.post(address, {"helpful": "yes"}).status_code == 404


def test_guidance_may_ask_too(chapter, client):
    guidance = add(chapter.get_parent().get_parent(), GuidancePage, title="Väg", slug="vag")
    assert client.post(f"/tyck-till/{guidance.pk}/", {"helpful": "yes"}).status_code == 302


def test_comments_go_after_two_years_and_the_numbers_stay(chapter, capsys):
    old = timezone.now() - timedelta(days=731)
    Feedback.objects.create(page=chapter, helpful=False, comment="Gammalt.", created_at=old)
    Feedback.objects.create(page=chapter, helpful=True, comment="Nytt.")
    call_command("delete_personal_data")
    assert "answers 1" in capsys.readouterr().out
    assert sorted(Feedback.objects.values_list("helpful", "comment")) == [
        (False, ""),
        (True, "Nytt."),
    ]
    assert forget_comments(timezone.now()) == 0


def member(role):
    set_up_groups()
    user = User.objects.create_user(role, f"{role}@example.org", "x")
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def answers(chapter):
    for helpful, comment in ((True, ""), (True, "Bra!"), (False, "=1+1 <b>x</b>")):
        Feedback.objects.create(page=chapter, helpful=helpful, comment=comment)
    return Feedback.objects.all()


def test_staff_see_the_answers_with_totals_and_choose_among_them(answers, chapter, client):
    client.force_login(member("Redaktörer"))
    response = client.get(reverse("feedback:index"))
    html = response.content.decode()
    assert response.status_code == 200
    assert "=1+1 &lt;b&gt;x&lt;/b&gt;" in html
    assert "/feedback/delete/" not in html
    total = response.context["totals"][0]
    assert (total.title, total.helpful, total.not_helpful) == (chapter.title, 2, 1)
    for query, number in (
        ({"helpful": "no"}, 1),
        ({"text": "no"}, 1),
        ({"page": chapter.pk}, 3),
    ):
        assert len(client.get(reverse("feedback:index"), query).context["object_list"]) == number


def test_the_answers_can_be_taken_as_a_table_without_formulas(answers, client):
    client.force_login(member("Redaktörer"))
    response = client.get(reverse("feedback:export"), {"helpful": "no"})
    rows = response.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "'=1+1 <b>x</b>" in rows[1]


def test_moderators_delete_and_editors_and_list_keepers_do_not(answers, client):
    answer = answers.first()
    address = reverse("feedback:delete", args=[answer.pk])
    for role in ("Redaktörer", "Listansvariga"):
        client.force_login(member(role))
        assert client.post(address).status_code == 302
        assert answers.count() == 3
    assert client.get(reverse("feedback:index")).status_code == 302
    assert client.get(reverse("feedback:export")).status_code == 302
    client.force_login(member("Moderatorer"))
    assert address in client.get(reverse("feedback:index")).content.decode()
    assert client.get(address).status_code == 200
    client.post(address)
    assert answers.count() == 2
