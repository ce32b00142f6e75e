"""What in the admin is for those who look after the list."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

#: The permission of those who look after the list: to publish an entry.
PUBLISH = "asflist.publish_enterprise"


class ListKeepersMenuItem(MenuItem):
    """A menu item for those who may publish entries."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PUBLISH))
