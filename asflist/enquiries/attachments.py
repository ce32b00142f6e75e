"""Files sent with an enquiry or an answer: looked into, kept privately, and never lost on the way.

A file that is accepted while something else in the form is wrong is kept as nobody's attachment,
which the form names by a signed list; the next time it need not be sent again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import FileResponse, QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from asflist.models import Enquiry, EnquiryAttachment, EnquiryReceiver
from core.guard import GuardedForm, is_over_limit
from core.signed_links import BadLinkError, make_token, read_token
from core.uploads import MAX_BYTES, check_document, check_kind, clean_picture, suffix_of

MOST = 3
MOST_BYTES = 20 * 1024 * 1024  # of all files together
DOCUMENTS = ("pdf", "docx", "odt", "xlsx", "ods")
PICTURES = ("jpg", "jpeg", "png", "webp", "avif")
LONGEST_NAME = 100  # characters
PURPOSE = "enquiry-attachments"
#: Seconds that a file waits for its form to be put right.
KEPT = 24 * 3600
#: How many forms with files one network may send.
UPLOADS = "30/h"

Owner = Enquiry | EnquiryReceiver


class FilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; cleans to a list of what is to be kept: harmless names and checked files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in sent]


class AttachmentsForm(GuardedForm):
    """A form with up to ``MOST`` files; ``owner`` is what they belonged to already."""

    attachments = FilesField(
        label=_("Attachments"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_(
            "At most three files: PDF, Word, Excel, OpenDocument or pictures. Each may be 10 MB, "
            "and all of them 20 MB."
        ),
        widget=FilesInput({"accept": ",".join(f".{end}" for end in (*DOCUMENTS, *PICTURES))}),
    )

    def __init__(self, *args: Any, owner: Owner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.accepted: list[tuple[str, File]] = []
        self.kept = self.find_kept()

    def find_kept(self) -> list[EnquiryAttachment]:
        """Return what has been sent before, and is not to be taken away."""
        own = EnquiryAttachment.objects.none()
        if self.owner is not None:
            own = self.owner.attachments.all()
        if not self.is_bound:
            return list(own)
        try:
            uids = read_token(PURPOSE, self.data.get("kept", ""), max_age=KEPT)
        except BadLinkError:
            return list(own)
        removed = set(cast("QueryDict", self.data).getlist("remove"))
        wanted = [UUID(uid) for uid in uids if uid and uid not in removed]
        nobodys = Q(enquiry=None, receiver=None)
        return list(
            EnquiryAttachment.objects.filter(nobodys | Q(pk__in=own.values("pk")), uid__in=wanted)
        )

    @property
    def kept_token(self) -> str:
        """What the form says of the files that need not be sent again."""
        return make_token(PURPOSE, *(attachment.uid for attachment in self.kept))

    def clean_attachments(self) -> list[tuple[str, File]]:
        """Look into each file; the first that is refused says why, and the others are kept."""
        files: list[UploadedFile] = self.cleaned_data["attachments"]
        if not files:
            return []
        if is_over_limit(self.request, "enquiry_files", UPLOADS):
            raise ValidationError(
                _("Too many files have come from your network. Wait an hour, and send again.")
            )
        if len(files) + len(self.kept) > MOST:
            raise ValidationError(_("Send three files at most."))
        total = sum(attachment.size for attachment in self.kept)
        if total + sum(file.size or 0 for file in files) > MOST_BYTES:
            raise ValidationError(_("The files are too large together. They may be 20 MB in all."))
        refused = []
        for file in files:
            try:
                self.accepted.append((harmless(file.name or ""), look_into(file)))
            except ValidationError as error:
                refused += [f"{harmless(file.name or '')}: {said}" for said in error.messages]
        if refused:
            raise ValidationError(refused)
        return self.accepted

    def keep_files(self) -> None:
        """Keep what was accepted while the rest of the form is put right."""
        self.kept += save(self.accepted)
        self.accepted = []

    def attach(self, owner: Owner) -> None:
        """Give ``owner`` the files of the form, and delete those that were taken away."""
        named = [*self.kept, *save(self.accepted)]
        field = "enquiry" if isinstance(owner, Enquiry) else "receiver"
        pks = [attachment.pk for attachment in named]
        for spent in owner.attachments.exclude(pk__in=pks):
            spent.delete()
        EnquiryAttachment.objects.filter(pk__in=pks).update(**{field: owner})


def harmless(name: str) -> str:
    """Return a file's own name without folders, control characters or marks of direction."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    path = PurePath(kept or "file")
    stem = path.stem[: LONGEST_NAME - len(path.suffix[:10])]
    return f"{stem}{path.suffix[:10]}"


def look_into(upload: UploadedFile) -> File:
    """Return the file as it is kept: a picture made anew, a document that is what it says.

    Raises ``ValidationError``.
    """
    if suffix_of(upload) not in (*DOCUMENTS, *PICTURES):
        raise ValidationError(
            _("We do not take such files. Send PDF, Word, Excel, OpenDocument or a picture.")
        )
    if suffix_of(upload) in PICTURES:
        return clean_picture(upload)
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            _("The file is too large (%(size)s). It may be %(most)s at most."),
            params={"size": filesizeformat(upload.size or 0), "most": filesizeformat(MAX_BYTES)},
        )
    check_kind(upload, DOCUMENTS)
    check_document(upload)
    return upload


def save(files: Iterable[tuple[str, File]]) -> list[EnquiryAttachment]:
    """Keep the files as nobody's attachments."""
    kept = []
    for name, file in files:
        suffix = PurePath(file.name or "").suffix.lower()
        file.seek(0)
        attachment = EnquiryAttachment(
            name=f"{PurePath(name).stem}{suffix}"[-LONGEST_NAME:], size=file.size
        )
        attachment.file.save(f"file{suffix}", file, save=False)
        attachment.save()
        kept.append(attachment)
    return kept


def send_file(attachment: EnquiryAttachment) -> FileResponse:
    """Answer with the file to be saved, never to be shown in the site's name."""
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
