"""What owners are told of their yearly report on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from asflist.models import EnterpriseOwner, YearlyReport
from asflist.owners.tasks import OWNER_TASKS_HOOK, OwnerTask
from asflist.reports.years import may_report, open_year


@hooks.register(OWNER_TASKS_HOOK)
def tell_of_reports(owner: EnterpriseOwner) -> list[OwnerTask]:
    """Tell the owner to report the last year, or where to see what has been reported."""
    if not may_report(owner.enterprise):
        return []
    year = open_year()
    reports = YearlyReport.objects.filter(enterprise=owner.enterprise)
    found = {report.year: report for report in reports.only("year", "state", "enterprise")}
    report = found.get(year) if year else None
    if year and not (report and report.is_sent):
        return [
            OwnerTask(
                title=_("Report %(year)d") % {"year": year},
                text=_("You have begun. What you typed is kept.")
                if report
                else _("Eight figures that show what you do. Leave empty what you do not know."),
                url=reverse("owner_report", args=[year]),
                button=_("Go on with the report") if report else _("Write the report"),
                urgent=True,
            )
        ]
    if not any(report.is_sent for report in found.values()):
        return []
    return [
        OwnerTask(
            title=_("Your yearly reports"),
            text=_("See how your figures compare with other ASFs’, or correct them."),
            url=reverse("owner_reports"),
            button=_("See your figures"),
        )
    ]
