"""The pages that compose the other rooms."""

from home.models.home_page import HomePage
from home.models.section_page import SectionPage
from home.models.standard_page import StandardPage
from home.models.theme_page import ThemePage

__all__ = ["HomePage", "SectionPage", "StandardPage", "ThemePage"]
