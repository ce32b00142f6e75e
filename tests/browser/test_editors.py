"""An editor's day: from a press release with a picture to its English translation."""

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

PASSWORD = "lyfter-demo"
TITLE = "Fler ASF säljer till kommuner"
ENGLISH_TITLE = "More ASFs sell to municipalities"
