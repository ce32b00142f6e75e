"""The blocks that campaign and press pages are composed of."""

from __future__ import annotations

from wagtail import blocks

from asflist.blocks import CountyMapBlock, EnterprisesBlock
from core.blocks import BODY_BLOCKS
from library.blocks import FilmBlock

PRESS_BLOCKS: list[tuple[str, blocks.Block]] = [*BODY_BLOCKS, ("film", FilmBlock())]
CAMPAIGN_BLOCKS: list[tuple[str, blocks.Block]] = [
    *PRESS_BLOCKS,
    ("enterprises", EnterprisesBlock()),
    ("county_map", CountyMapBlock()),
]
