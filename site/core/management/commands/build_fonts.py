"""Make the site's typeface for the web from the package that carries it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

WEIGHTS = {"regular": "Regular", "bold": "Bold"}
# Latin with Europe's letters, punctuation, the euro, arrows, minus and the check mark.
CHARACTERS = [*range(0x20, 0x180), *range(0x2000, 0x2070), 0x20AC, 0x2122, *range(0x2190, 0x2194)]
CHARACTERS += [0x2212, 0x2713]


class Command(BaseCommand):
    """Write ``fonts/atkinson-{regular,bold}.woff2`` into the static folder; does nothing twice."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        source = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"
        target = Path(settings.STATICFILES_DIRS[0]) / "fonts"
        target.mkdir(exist_ok=True)
        for name, weight in WEIGHTS.items():
            file = target / f"atkinson-{name}.woff2"
            if not file.exists():
                make_web_font(source / f"AtkinsonHyperlegible-{weight}.ttf", file)
                self.stdout.write(f"{file.name}: {file.stat().st_size} bytes")


def make_web_font(source: Path, target: Path) -> None:
    """Write the characters the site needs of the TrueType file ``source`` as WOFF2."""
    options = subset.Options(flavor="woff2", layout_features=["*"])
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
