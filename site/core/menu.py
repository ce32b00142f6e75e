"""The admin's menu."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy


class PageListMenuItem(MenuItem):
    """A menu item for those who may do something with pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        actions = {"add", "change", "publish"}
        return bool(page_permission_policy.user_has_any_permission(request.user, actions))
