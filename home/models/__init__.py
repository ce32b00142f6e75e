"""The pages that compose the other rooms."""

from home.models.county_index_page import CountyIndexPage
from home.models.home_page import HomePage
from home.models.section_page import SectionPage
from home.models.standard_page import StandardPage
from home.models.theme_page import ThemePage

__all__ = ["CountyIndexPage", "HomePage", "SectionPage", "StandardPage", "ThemePage"]
