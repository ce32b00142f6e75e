"""The list's models: enterprises, their industries, and the page that lists them."""

from asflist.models.enterprise import Enterprise, EnterpriseTag
from asflist.models.enterprise_index_page import EnterpriseIndexPage
from asflist.models.industry import Industry, IndustryName, IndustryQuerySet
from asflist.models.querysets import EnterpriseQuerySet

__all__ = [
    "Enterprise",
    "EnterpriseIndexPage",
    "EnterpriseQuerySet",
    "EnterpriseTag",
    "Industry",
    "IndustryName",
    "IndustryQuerySet",
]
