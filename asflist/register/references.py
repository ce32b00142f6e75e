"""Letting what refers to one row refer to another: keys, blocks and waiting revisions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import StreamField
from wagtail.models import ReferenceIndex, Revision


def pointing_keys(model: type[models.Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    """Yield every foreign key to ``model`` in the house, those of many-to-many tables too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and isinstance(
            relation.field, models.ForeignKey
        ):
            yield relation.field


def repoint_key(key: models.ForeignKey[Any, Any], old: models.Model, new: models.Model) -> int:
    """Let the rows that ``key`` ties to ``old`` belong to ``new``; count those that cannot.

    A row that would stand twice then stays; one of a many-to-many table is not needed and goes.
    """
    rows = key.model._base_manager.filter(**{key.name: old.pk})
    left = 0
    for row in rows:
        if key.model._meta.auto_created:
            change_owner(key, row, old, new)
        try:
            with transaction.atomic():
                key.model._base_manager.filter(pk=row.pk).update(**{key.name: new.pk})
        except IntegrityError:
            if key.model._meta.auto_created:
                row.delete()
            else:
                left += 1
            continue
        if (revision_id := getattr(row, "latest_revision_id", None)) is not None:
            change_revision(revision_id, {key.name: (old.pk, new.pk)})
    return left


def change_owner(
    key: models.ForeignKey[Any, Any], row: models.Model, old: models.Model, new: models.Model
) -> None:
    """Change the latest revision of what has ``row`` of a many-to-many table."""
    owner_model: Any = key.model._meta.auto_created
    for field in owner_model._meta.local_many_to_many:
        if field.remote_field.through is key.model and field.m2m_field_name() != key.name:
            owner_id = getattr(row, f"{field.m2m_field_name()}_id")
            owner = owner_model._base_manager.get(pk=owner_id)
            if (revision_id := getattr(owner, "latest_revision_id", None)) is not None:
                change_revision(revision_id, {field.name: (old.pk, new.pk)})


def change_revision(revision_id: int, values: dict[str, tuple[Any, Any]]) -> None:
    """Replace values in a revision: each field's old value by its new one, where it has the old."""
    revision = Revision.objects.get(pk=revision_id)
    for name, (old, new) in values.items():
        held = revision.content.get(name)
        if isinstance(held, list) and old in held:
            kept = [new if value == old else value for value in held]
            revision.content[name] = list(dict.fromkeys(kept))
        elif held == old:
            revision.content[name] = new
    Revision.objects.filter(pk=revision_id).update(content=revision.content)


def repoint_streams(old: models.Model, new: models.Model) -> int:
    """Let blocks that chose ``old`` choose ``new``, in what is stored and in its latest revision.

    Returns the number of rows that were changed.
    """
    changed = 0
    for model in apps.get_models():
        fields = [
            field
            for field in model._meta.local_fields
            if isinstance(field, StreamField) and chooses(field.stream_block, type(old))
        ]
        for field in fields:
            changed += repoint_stream(model, field, old, new)
    return changed


def chooses(block: Any, model: type[models.Model]) -> bool:
    """Whether the block, or one within it, lets editors choose a row of ``model``."""
    if isinstance(block, ChooserBlock):
        return bool(block.target_model is model)
    if isinstance(block, blocks.ListBlock):
        return chooses(block.child_block, model)
    return any(chooses(child, model) for child in getattr(block, "child_blocks", {}).values())


def repoint_stream(
    model: type[models.Model], field: StreamField, old: models.Model, new: models.Model
) -> int:
    """Do so in one field of one model."""
    block = field.stream_block
    changed = 0
    for row in model._base_manager.iterator(chunk_size=200):
        raw = block.get_prep_value(getattr(row, field.name))
        swapped = swap(block, raw, old, new)
        if swapped != raw:
            value = block.to_python(swapped)
            model._base_manager.filter(pk=row.pk).update(**{field.name: value})
            ReferenceIndex.create_or_update_for_object(model._base_manager.get(pk=row.pk))
            changed += 1
    revisions = Revision.objects.filter(pk__in=latest_revisions(model), content__has_key=field.name)
    for revision in revisions.iterator(chunk_size=200):
        raw = json.loads(revision.content[field.name] or "[]")
        swapped = swap(block, raw, old, new)
        if swapped != raw:
            revision.content[field.name] = json.dumps(swapped)
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    return changed


def latest_revisions(model: type[models.Model]) -> Any:
    """Return the ids of the rows' latest revisions, none for a model that has no revisions."""
    if not any(field.name == "latest_revision" for field in model._meta.get_fields()):
        return []
    return model._base_manager.exclude(latest_revision=None).values("latest_revision")


def swap(block: Any, value: Any, old: models.Model, new: models.Model) -> Any:
    """Return a block's value, as it is stored, with ``new`` where ``old`` was chosen."""
    if isinstance(block, ChooserBlock):
        return new.pk if block.target_model is type(old) and value == old.pk else value
    if isinstance(block, blocks.ListBlock):
        return [swap_item(block.child_block, item, old, new) for item in value or []]
    if isinstance(block, blocks.StructBlock):
        return {
            name: swap(block.child_blocks[name], part, old, new)
            if name in block.child_blocks
            else part
            for name, part in value.items()
        }
    if isinstance(block, blocks.StreamBlock):
        return [
            item | {"value": swap(block.child_blocks[item["type"]], item["value"], old, new)}
            if item["type"] in block.child_blocks
            else item
            for item in value
        ]
    return value


def swap_item(block: Any, item: Any, old: models.Model, new: models.Model) -> Any:
    """Do so in one item of a list; old content has the bare value."""
    if isinstance(item, dict) and item.get("type") == "item":
        return item | {"value": swap(block, item["value"], old, new)}
    return swap(block, item, old, new)
