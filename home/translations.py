"""What wagtail-localize lets through and the site's roles do not."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import Translation
from wagtail_localize.views.update_translations import UpdateTranslationsView


class UpdateTranslations(UpdateTranslationsView):
    """Bring translations up to date; “publish immediately” is for those who may publish them.

    The package asks only for the right to submit for translation, which editors have.
    """

    def form_valid(self, form: Form) -> HttpResponse:
        translations = self.object.translations.filter(enabled=True)
        if form.cleaned_data["publish_translations"] and not all(
            may_publish(self.request.user, translation) for translation in translations
        ):
            raise PermissionDenied
        return super().form_valid(form)


def may_publish(user: User | AnonymousUser, translation: Translation) -> bool:
    """Whether the user may put the translation on the site; a snippet without drafts is changed."""
    model = translation.source.get_source_instance().__class__
    if issubclass(model, Page):
        try:
            target = translation.get_target_instance()
        except model.DoesNotExist:
            return False
        allowed: bool = target.permissions_for_user(user).can_publish()
        return allowed
    action = "publish" if issubclass(model, DraftStateMixin) else "change"
    return user.has_perm(get_permission_name(action, model))
