"""What is sent in: strangers' pictures are made anew, editors' documents and films looked into."""

from __future__ import annotations

import io
import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from core import extraction
from core.signatures import matches

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from django.core.files.storage import Storage

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000
#: What is decoded at once, in pixels: each takes 4 bytes, and there are some copies on the way.
MAX_DECODED = 25_000_000
#: What is kept of a larger picture, in pixels each way; the widest size that is shown is 1280.
LONGEST_SIDE = 2560
LONGEST_NAME = 100  # characters; what the database has room for
TOO_LONG_NAME = _(
    "The file’s name is too long. Give the file a name of at most %(max)d characters and send it "
    "again."
)
OTHER_KIND = _(
    "The file is not what its name says: it ends in .%(suffix)s, but it is something else or it is "
    "broken. Open it in the program it was made with, save it anew and send that file."
)
BOMB = _(
    "The file is packed so hard that it would grow without measure when it is opened. Such files "
    "can stop a computer, so we do not take it. Save the document anew and send that file."
)
TOO_MANY_PIXELS = _("The picture has too many pixels. Make it smaller and send it again.")


def clean_picture(upload: UploadedFile) -> ContentFile:
    """Return the picture in ``upload`` as a JPEG, or a PNG where it can be seen through.

    It is decoded and written anew: what was not picture (place, camera, a page in disguise) is
    gone, and it stands the right way up. Raises ``ValidationError`` for what is too large, is no
    JPEG, PNG, WebP or AVIF, or cannot be read to its end.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The picture is too large. It may be 10 MB at most."))
    try:
        picture = open_picture(upload)
    except ValidationError:
        raise
    except Exception as error:  # Pillow's decoders raise whatever they stumble on
        raise ValidationError(
            _("The file is not a picture that we can read. Send a JPEG, PNG, WebP or AVIF.")
        ) from error
    file = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(file, "PNG", optimize=True)
        suffix = "png"
    else:
        picture.save(file, "JPEG", quality=88, optimize=True, progressive=True)
        suffix = "jpg"
    return ContentFile(file.getvalue(), name=f"{uuid.uuid4().hex}.{suffix}")


def open_picture(upload: UploadedFile) -> Image.Image:
    """Return the decoded picture, RGB or RGBA and no longer than ``LONGEST_SIDE``."""
    upload.seek(0)
    with Image.open(upload, formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ValidationError(TOO_MANY_PIXELS)
        has_alpha = opened.has_transparency_data
        # A large JPEG can be read at a fraction of its size; a picture that is no JPEG ignores it.
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        if opened.width * opened.height > MAX_DECODED:
            raise ValidationError(TOO_MANY_PIXELS)
        picture = ImageOps.exif_transpose(opened)
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Only the pixels are taken along.
    made = Image.new(picture.mode, picture.size)
    made.paste(picture)
    return made


def suffix_of(upload: UploadedFile) -> str:
    """Return the ending of the file's name in lower case, without the dot."""
    return PurePath(upload.name or "").suffix[1:].lower()


def check_kind(upload: UploadedFile, endings: Sequence[str]) -> None:
    """Raise ``ValidationError`` for an ending that is not among these, or that is not true."""
    FileExtensionValidator(endings)(upload)
    suffix = suffix_of(upload)
    if not matches(upload, suffix):
        raise ValidationError(OTHER_KIND, code="other_kind", params={"suffix": suffix})


def check_document(upload: UploadedFile) -> extraction.Reading:
    """Return what stands in a document that an editor sends.

    Raises ``ValidationError`` for what is not of the kind that its name says, and for a container
    that would grow without measure. One that cannot be read is taken as it is.
    """
    check_kind(upload, settings.WAGTAILDOCS_EXTENSIONS)
    suffix = suffix_of(upload)
    reading = extraction.read(upload, suffix)
    if reading.finding == extraction.Finding.BOMB:
        raise ValidationError(BOMB, code="bomb")
    if reading.finding == extraction.Finding.OTHER_KIND:
        raise ValidationError(OTHER_KIND, code="other_kind", params={"suffix": suffix})
    return reading


def check_film(upload: UploadedFile, endings: Sequence[str]) -> None:
    """Raise ``ValidationError`` for a film or sound too large, or not what its name says."""
    size = upload.size or 0
    if size > settings.FILM_MAX_UPLOAD_SIZE:
        raise ValidationError(
            _("The file is too large (%(size)s). It may be %(most)s at most."),
            code="file_too_large",
            params={
                "size": filesizeformat(size),
                "most": filesizeformat(settings.FILM_MAX_UPLOAD_SIZE),
            },
        )
    check_kind(upload, endings)


def sweep(storage: Storage, folder: str, named: Collection[str], older_than: datetime) -> None:
    """Delete the files in ``folder`` that are not among ``named``, for whatever reason left there.

    Those newer than ``older_than`` (aware) stay: a file is there a moment before its row says so.
    """
    try:
        _folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        name = f"{folder.rstrip('/')}/{file}"
        if name not in named and storage.get_modified_time(name) < older_than:
            storage.delete(name)
