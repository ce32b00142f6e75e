"""Forms of the admin that Wagtail lets a project replace.

A file that is refused is refused beside its field, and what else was typed is kept.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from wagtail.admin.widgets import AdminDateInput
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.models import ALLOWED_EXTENSIONS_THUMBNAIL
from wagtailmedia.settings import wagtailmedia_settings

from core.models import CustomImage
from core.pictures import refresh_pictures
from core.uploads import LONGEST_NAME, TOO_LONG_NAME, check_document, check_film, check_kind


def explain_long_names(form: forms.ModelForm) -> None:
    """Refuse a file's name of more than 100 characters, and say what to do about it.

    Wagtail's own fields have no limit: the storage would cut the name without a word.
    """
    for name in ("file", "thumbnail"):
        field = form.fields.get(name)
        if isinstance(field, forms.FileField):
            field.max_length = LONGEST_NAME
            field.error_messages["max_length"] = TOO_LONG_NAME


class ImageForm(BaseImageForm):
    """The form for images: its web sizes are there when it has been saved.

    Wagtail's form deletes every rendition after a replaced file has been saved, also those that
    the save made.
    """

    class Meta(BaseImageForm.Meta):
        widgets = BaseImageForm.Meta.widgets | {"consent_expires_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain_long_names(self)

    def save(self, commit: bool = True) -> CustomImage:
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            refresh_pictures(image)
        return image


class DocumentForm(BaseDocumentForm):
    """The form for documents, in every place where one can be sent or replaced."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain_long_names(self)
        if "language" in self.fields:
            # Sending many files at once asks for it afterwards: until then it is the model's.
            self.fields["language"].required = False
        # Where many are sent at once, this form is what the editor sees of each when it is there.
        if "file" not in self.fields:
            self.fields["title"].help_text = self.instance.warning

    def clean_language(self) -> str:
        """Return the chosen language, or that which the document has."""
        return self.cleaned_data["language"] or self.instance.language

    def clean_file(self) -> Any:
        """Look into a file that has just been sent; what was read is saved with the document."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self.instance.reading = check_document(file)
        return file


class MediaForm(BaseMediaForm):
    """The form for films and sound."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain_long_names(self)

    def clean_file(self) -> Any:
        """Look at a file that has just been sent."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            is_sound = self.instance.type == "audio"
            endings = "AUDIO_EXTENSIONS" if is_sound else "VIDEO_EXTENSIONS"
            check_film(file, getattr(wagtailmedia_settings, endings))
        return file

    def clean_thumbnail(self) -> Any:
        """Look at a picture that has just been sent."""
        picture = self.cleaned_data["thumbnail"]
        if isinstance(picture, UploadedFile):
            check_kind(picture, ALLOWED_EXTENSIONS_THUMBNAIL)
        return picture

    def full_clean(self) -> None:
        super().full_clean()
        if "file" in self.errors:
            # The model says of a file that was refused, and is not there, that its ending is wrong.
            self.errors.pop(NON_FIELD_ERRORS, None)
