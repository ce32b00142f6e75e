"""The foundation's templates name none of the rooms above it: import-linter sees Python only."""

import re

from django.conf import settings

ABOVE = re.compile(r"""{%\s*(?:include|extends)\s+["'](?:asflist|library|campaigns|search|home)/""")


def test_the_foundation_shows_no_template_of_a_room_above():
    folder = settings.BASE_DIR / "site" / "core" / "templates"
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    assert not [file.name for file in files if ABOVE.search(file.read_text())]
