"""The library's pages: one file for each kind."""

from library.models.chapter_page import ChapterPage
from library.models.film_page import Captions, FilmPage
from library.models.guidance_page import GuidancePage
from library.models.handbook_page import HandbookPage
from library.models.impact_report_page import ImpactReportPage
from library.models.impact_story_page import ImpactStoryPage
from library.models.library_index_page import LibraryIndexPage
from library.models.template_page import TemplatePage

__all__ = [
    "Captions",
    "ChapterPage",
    "FilmPage",
    "GuidancePage",
    "HandbookPage",
    "ImpactReportPage",
    "ImpactStoryPage",
    "LibraryIndexPage",
    "TemplatePage",
]
