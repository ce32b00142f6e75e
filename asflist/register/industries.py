"""Keeping the vocabulary of industries: merge, rename and move, with what refers to it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from asflist.enums import ListingAction
from asflist.finding.entries import mark_listed
from asflist.models import Enterprise, EnterpriseDraft, Industry, MergedIndustry
from asflist.register.history import write_down
from asflist.register.parsing import key_of
from asflist.register.references import (
    change_revision,
    pointing_keys,
    repoint_key,
    repoint_streams,
)
from asflist.states import NotPossibleError

through = Enterprise.industries.through


def merge(kept: Industry, gone: Industry, by: User) -> int:
    """Let everything in ``gone`` be in ``kept``, and delete ``gone``; count the entries touched.

    Both are in the source language. ``gone``'s words become ``kept``'s, in each language, and its
    slug leads to ``kept``. Raises ``NotPossibleError``.
    """
    with transaction.atomic():
        # Before the industries: who sends a form in takes its draft first, and then them.
        change_drafts(kept, gone)
        locked = Industry.objects.select_for_update(of=("self",)).in_bulk([kept.pk, gone.pk])
        if len(locked) < 2:
            raise NotPossibleError(_("Choose two different industries."))
        kept, gone = locked[kept.pk], locked[gone.pk]
        check(kept, gone)
        entries = entries_in(gone)
        move_entries(kept, gone)
        for key in pointing_keys(Industry):
            if key.model not in (through, Industry):
                repoint_key(key, gone, kept)
        repoint_streams(gone, kept)
        Industry.objects.filter(parent=gone).update(parent=kept.parent or kept)
        take_words(kept, gone)
        MergedIndustry.objects.update_or_create(slug=gone.slug, defaults={"industry": kept})
        write_down(entries, ListingAction.INDUSTRY_CHANGED, by, merged=gone.name, into=kept.name)
        log(kept, "wagtail.edit", user=by, data={"merged": gone.name})
        gone.get_translations(inclusive=True).delete()
        mark_listed(entry.pk for entry in entries)
    return len(entries)


def check(kept: Industry, gone: Industry) -> None:
    """Raise ``NotPossibleError`` where the merge would break the two levels."""
    if {kept.locale.language_code, gone.locale.language_code} != {settings.LANGUAGE_CODE}:
        raise NotPossibleError(_("Choose the Swedish industries. Translations go with them."))
    if kept.parent_id == gone.pk:
        raise NotPossibleError(
            _("%(kept)s is a part of %(gone)s. Move it to the top first.")
            % {"kept": kept.name, "gone": gone.name}
        )


def entries_in(industry: Industry) -> list[Enterprise]:
    """Return the source entries in the industry, whatever their state."""
    entries = Enterprise.objects.in_source_language().filter(industries=industry)
    return list(entries.order_by("pk"))


def move_entries(kept: Industry, gone: Industry) -> None:
    """Let the entries in ``gone``, in every language, be in ``kept``; waiting changes too."""
    both = through.objects.filter(industry=kept).values("enterprise_id")
    rows = through.objects.filter(industry=gone)
    keys = list(rows.values_list("enterprise_id", flat=True))
    rows.filter(enterprise_id__in=both).delete()
    rows.update(industry=kept)
    latest = Enterprise.objects.exclude(latest_revision=None)
    latest = latest.filter(pk__in=keys) | latest.filter(has_unpublished_changes=True)
    for revision_id in latest.values_list("latest_revision_id", flat=True):
        change_revision(revision_id, {"industries": (gone.pk, kept.pk)})


def change_drafts(kept: Industry, gone: Industry) -> None:
    """Let forms that are being written choose ``kept``, and have chosen it before they began."""
    old, new = str(gone.pk), str(kept.pk)
    for draft in EnterpriseDraft.objects.order_by("pk").select_for_update(of=("self",)).iterator():
        kept_steps = [*draft.data.values(), *draft.data.get("was", {}).values()]
        steps = [step for step in kept_steps if isinstance(step, dict)]
        choosing = [step for step in steps if old in step.get("industries", [])]
        for step in choosing:
            chosen = [new if value == old else value for value in step["industries"]]
            step["industries"] = list(dict.fromkeys(chosen))
        if choosing:
            EnterpriseDraft.objects.filter(pk=draft.pk).update(data=draft.data)


def take_words(kept: Industry, gone: Industry) -> None:
    """Let ``kept`` be found by what ``gone`` was called, in each language."""
    lost = {words.locale_id: words for words in gone.get_translations(inclusive=True)}
    for industry in kept.get_translations(inclusive=True):
        if other := lost.get(industry.locale_id):
            add_words(industry, [other.name, *other.synonyms.split(",")])
            industry.save()


def add_words(industry: Industry, more: list[str]) -> None:
    """Add other words to the industry, each once and never its own name, while there is room."""
    words = [word.strip() for word in industry.synonyms.split(",") if word.strip()]
    known = {key_of(industry.name), *map(key_of, words)}
    for word in more:
        word = word.replace(",", " ").strip()
        longer = ", ".join([*words, word])
        if word and key_of(word) not in known and len(longer) <= 600:
            words.append(word)
            known.add(key_of(word))
    industry.synonyms = ", ".join(words)


def rename(industry: Industry, name: str, by: User) -> int:
    """Call the industry ``name``; its slug stays, and it is found by the old name too."""
    with transaction.atomic():
        held = Industry.objects.select_for_update(of=("self",)).get(pk=industry.pk)
        old, held.name = held.name, name.strip()
        if old == held.name:
            return 0
        add_words(held, [old])
        held.save()
        entries = entries_in(held)
        write_down(entries, ListingAction.INDUSTRY_CHANGED, by, renamed=old, to=held.name)
        log(held, "wagtail.edit", user=by, data={"renamed": old})
    return len(entries)


def move(industry: Industry, parent: Industry | None, by: User) -> int:
    """Make the industry a part of ``parent``, or a wide one. Raises ``NotPossibleError``."""
    with transaction.atomic():
        held = Industry.objects.select_for_update(of=("self",)).get(pk=industry.pk)
        if parent is not None and (parent.pk == held.pk or parent.parent_id):
            raise NotPossibleError(_("Choose a wide industry, and another one."))
        if parent is not None and held.parts.exists():
            raise NotPossibleError(_("The industry has parts of its own. Move them first."))
        if held.parent_id == (parent.pk if parent else None):
            return 0
        held.parent = parent
        held.save()
        entries = entries_in(held)
        write_down(
            entries,
            ListingAction.INDUSTRY_CHANGED,
            by,
            moved=held.name,
            to=parent.name if parent else "",
        )
        log(held, "wagtail.edit", user=by, data={"moved": parent.name if parent else ""})
        for translation in held.get_translations():
            translation.parent = parent
            translation.save()
    return len(entries)
