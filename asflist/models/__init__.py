"""The list's models: enterprises, their industries, and the page that lists them."""

from asflist.models.certification import CertificationStep, CertificationStepDone
from asflist.models.certification_page import CertificationPage
from asflist.models.confirmation_request import (
    ConfirmationRequest,
    ConfirmationRequestQuerySet,
)
from asflist.models.district import District
from asflist.models.enquiry import Enquiry, EnquiryQuerySet
from asflist.models.enquiry_attachment import EnquiryAttachment
from asflist.models.enquiry_receiver import EnquiryReceiver, EnquiryReceiverQuerySet
from asflist.models.enterprise import Enterprise, EnterpriseTag
from asflist.models.enterprise_approval_task import EnterpriseApprovalTask
from asflist.models.enterprise_draft import EnterpriseDraft
from asflist.models.enterprise_index_page import EnterpriseIndexPage
from asflist.models.enterprise_owner import EnterpriseOwner, EnterpriseOwnerQuerySet
from asflist.models.industry import Industry, IndustryName, IndustryQuerySet
from asflist.models.list_entry import ListClock, ListEntry
from asflist.models.listing_event import ListingEvent
from asflist.models.merged import MergedEntry, MergedIndustry
from asflist.models.process_leader import ProcessLeader
from asflist.models.querysets import EnterpriseQuerySet
from asflist.models.register_import import RegisterImport
from asflist.models.saved_search import SavedSearch, SavedSearchQuerySet
from asflist.models.statistics_page import StatisticsPage
from asflist.models.survey import (
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyRound,
)
from asflist.models.yearly_report import (
    ClosedReportYear,
    OwnIndicator,
    YearlyReport,
    YearlyReportChange,
    YearlyReportQuerySet,
)

__all__ = [
    "CertificationPage",
    "CertificationStep",
    "CertificationStepDone",
    "ClosedReportYear",
    "ConfirmationRequest",
    "ConfirmationRequestQuerySet",
    "District",
    "Enquiry",
    "EnquiryAttachment",
    "EnquiryQuerySet",
    "EnquiryReceiver",
    "EnquiryReceiverQuerySet",
    "Enterprise",
    "EnterpriseApprovalTask",
    "EnterpriseDraft",
    "EnterpriseIndexPage",
    "EnterpriseOwner",
    "EnterpriseOwnerQuerySet",
    "EnterpriseQuerySet",
    "EnterpriseTag",
    "Industry",
    "IndustryName",
    "IndustryQuerySet",
    "ListClock",
    "ListEntry",
    "ListingEvent",
    "MergedEntry",
    "MergedIndustry",
    "OwnIndicator",
    "ProcessLeader",
    "RegisterImport",
    "SavedSearch",
    "SavedSearchQuerySet",
    "StatisticsPage",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyRound",
    "YearlyReport",
    "YearlyReportChange",
    "YearlyReportQuerySet",
]
