"""The library's pages and snippets: one file for each kind."""

from library.models.book_file import BookFile
from library.models.chapter_page import ChapterChange, ChapterPage
from library.models.feedback import Feedback
from library.models.film_page import FilmPage
from library.models.film_series_page import FilmSeriesPage
from library.models.film_tracks import Captions, Descriptions
from library.models.glossary import GlossaryTerm
from library.models.guidance_page import GuidancePage
from library.models.handbook_page import HandbookPage
from library.models.impact_report_page import ImpactReportPage
from library.models.impact_story_page import ImpactStoryPage
from library.models.library_index_page import LibraryIndexPage
from library.models.short_address import ShortAddress
from library.models.template_page import TemplatePage, TemplateVersion
from library.models.theory_of_change_page import TheoryOfChangePage

__all__ = [
    "BookFile",
    "Captions",
    "ChapterChange",
    "ChapterPage",
    "Descriptions",
    "Feedback",
    "FilmPage",
    "FilmSeriesPage",
    "GlossaryTerm",
    "GuidancePage",
    "HandbookPage",
    "ImpactReportPage",
    "ImpactStoryPage",
    "LibraryIndexPage",
    "ShortAddress",
    "TemplatePage",
    "TemplateVersion",
    "TheoryOfChangePage",
]
