"""A form that Django's check against forgery refuses says so in the reader's language."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("path", "says"),
    [("/folj-press/", "Formuläret kunde inte skickas"), ("/en/follow-press/", "could not be sent")],
)
def test_a_form_without_its_token_is_refused_in_plain_words(home, english_home, path, says):
    response = Client(enforce_csrf_checks=True).post(path, {"email": "kim@example.com"})
    assert response.status_code == 403
    assert says in response.content.decode()
