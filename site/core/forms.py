"""Forms of the admin that Wagtail lets a project replace."""

from __future__ import annotations

from wagtail.admin.widgets import AdminDateInput
from wagtail.images.forms import BaseImageForm

from core.models import CustomImage
from core.pictures import refresh_pictures


class ImageForm(BaseImageForm):
    """The form for images: its web sizes are there when it has been saved.

    Wagtail's form deletes every rendition after a replaced file has been saved, also those that
    the save made.
    """

    class Meta(BaseImageForm.Meta):
        widgets = BaseImageForm.Meta.widgets | {"consent_expires_on": AdminDateInput}

    def save(self, commit: bool = True) -> CustomImage:
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            refresh_pictures(image)
        return image
