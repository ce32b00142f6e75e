"""Those who log in to the demonstration: one for each role, and one who may do everything."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from wagtail.users.models import UserProfile

from home.access import EDITORS, LIST_KEEPERS, MODERATORS, TRANSLATORS

# Shown on the screen: the demonstration runs on the reader's own machine.
DEMO_LOGIN = "lyfter-demo"
USERS = {
    "redaktor": EDITORS,
    "moderator": MODERATORS,
    "listansvarig": LIST_KEEPERS,
    "oversattare": TRANSLATORS,
}


def load_users() -> None:
    """Make the users, with Swedish in the admin; the groups are there already."""
    # Hashed once: each time takes as long as a page, and the password is no secret.
    password = make_password(DEMO_LOGIN)
    for name, role in USERS.items():
        user = User.objects.create(
            username=name, email=f"{name}@asflyfter.example", password=password
        )
        user.groups.add(Group.objects.get(name=role.name))
    User.objects.create(
        username="admin",
        email="admin@asflyfter.example",
        password=password,
        is_staff=True,
        is_superuser=True,
    )
    for user in User.objects.all():
        UserProfile.objects.create(user=user, preferred_language="sv")
