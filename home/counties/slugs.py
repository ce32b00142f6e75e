"""The words below the page of counties: for districts and for surveys."""

from __future__ import annotations

DISTRICTS = {"sv": "distrikt", "en": "districts"}
SURVEYS = {"sv": "undersokningar", "en": "surveys"}
