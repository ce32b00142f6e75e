"""Translating through wagtail-localize's own objects, as a translator at a screen would."""

from __future__ import annotations

import json
from typing import Any

from wagtail.models import DraftStateMixin, Locale, Revision, TranslatableMixin
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def translate(
    source: TranslatableMixin,
    in_english: TranslatableMixin,
    locale: Locale,
    overrides: dict[str, Any] | None = None,
    own: dict[str, Any] | None = None,
) -> Any:
    """Translate ``source`` into ``locale`` with the texts of ``in_english``, and publish.

    ``in_english`` is the same object with translated texts, never saved: its segments stand in
    the same places, and each becomes the translation of the segment it stands for. ``overrides``
    gives fields that are otherwise the source's, by name, and ``own`` such as the translation has
    to itself. Raises ``ValueError`` when the two do not have the same segments.
    """
    translation_source, _created = TranslationSource.update_or_create_from_instance(source)
    Translation.objects.get_or_create(source=translation_source, target_locale=locale)
    keep_strings(translation_source, in_english, locale)
    for path, value in (overrides or {}).items():
        context, _created = TranslationContext.objects.get_or_create(
            object=translation_source.object, path=path
        )
        SegmentOverride.objects.create(locale=locale, context=context, data_json=json.dumps(value))
    draftable = isinstance(source, DraftStateMixin)
    target, _created = translation_source.create_or_update_translation(
        locale, publish=not draftable
    )
    if draftable:
        # Published here and not by wagtail-localize, which waits for the transaction to end and by
        # then knows an old number of children: the load is one transaction.
        revision = Revision.objects.get(pk=target.latest_revision_id)
        if own:
            draft = revision.as_object()
            for name, value in own.items():
                setattr(draft, name, value)
            revision = draft.save_revision()
        revision.publish()
    return target


def keep_strings(source: TranslationSource, in_english: TranslatableMixin, locale: Locale) -> None:
    """Keep the texts of ``in_english`` as the translations of ``source``'s, in one query.

    Saved one by one, Wagtail would parse each for broken links, which this content does not have.
    Raises ``ValueError`` where the two do not have the same segments.
    """
    segments = extract_segments(in_english)
    made: dict[tuple[int, int], StringTranslation] = {}
    for segment in source.stringsegment_set.select_related("context"):
        translated = segments[segment.order - 1] if segment.order <= len(segments) else None
        if (
            not isinstance(translated, StringSegmentValue)
            or translated.path != segment.context.path
        ):
            raise ValueError(f"{source}: no translation of {segment.context.path}")
        # The same words may stand twice in one text.
        made[segment.string_id, segment.context_id] = StringTranslation(
            translation_of_id=segment.string_id,
            locale=locale,
            context_id=segment.context_id,
            data=translated.string.data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
    StringTranslation.objects.bulk_create(
        made.values(),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type"],
    )
