"""The owners' pages of their yearly reports: to write, to send, to correct, and to compare."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from asflist.models import EnterpriseOwner, YearlyReport
from asflist.owners.access import for_owner
from asflist.reports import actions, links
from asflist.reports.comparison import comparisons
from asflist.reports.forms import CorrectionForm, ReportForm
from asflist.reports.history import own_series, read_log
from asflist.reports.years import may_correct, may_report, open_year
from asflist.statistics.published import get_statistics
from core.signed_links import BadLinkError, private_page
from core.step_forms import typed

#: What the overview says has just been done, by the word in the address.
DONE = ("saved", "sent", "corrected", "unchanged")


def show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render one of the pages."""
    return render(request, f"asflist/reports/{template}.html", context, status=status)


def overview(done: str = "") -> HttpResponse:
    """Lead to the overview, which says what has been done."""
    return redirect(f"{reverse('owner_reports')}{f'?done={done}' if done else ''}")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def report_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner in by a button, and lead to the report: mail scanners follow links."""
    try:
        if request.method == "POST":
            year = links.let_in(request, token)
            return redirect("owner_report", year=year)
        owner, year = links.find_reporter(token)
    except BadLinkError:
        context = {"heading": _("The link does not work any more")}
        return show(request, "link_dead", context, status=410)
    heading = _("Report %(year)d for %(name)s") % {"year": year, "name": owner.enterprise.name}
    return show(request, "link", {"heading": heading})


@require_safe
@for_owner
def owner_reports(request: HttpRequest, owner: EnterpriseOwner) -> HttpResponse:
    """Show the reports, how the figures compare, and what can be done."""
    enterprise = owner.enterprise
    reports = list(
        YearlyReport.objects.filter(enterprise=enterprise)
        .select_related("main_industry")
        .prefetch_related("own_indicators")
        .order_by("year")
    )
    sent = [report for report in reports if report.is_sent]
    year = open_year() if may_report(enterprise) else None
    open_report = next((report for report in reports if report.year == year), None)
    context = {
        "heading": _("Your yearly reports"),
        "enterprise": enterprise,
        "year": year,
        "draft": open_report if open_report and not open_report.is_sent else None,
        "to_report": year is not None and not (open_report and open_report.is_sent),
        "reports": [(report, may_correct(report)) for report in reversed(sent)],
        "charts": comparisons(sent, get_statistics()) if sent else [],
        "own_series": own_series(sent),
        "own_years": [report.year for report in sent],
        "log": read_log(enterprise),
        "done": request.GET.get("done") if request.GET.get("done") in DONE else "",
    }
    return show(request, "overview", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def owner_report(request: HttpRequest, owner: EnterpriseOwner, year: int) -> HttpResponse:
    """Show the report as it was left; save it as it is, or send it in when it is right."""
    enterprise = owner.enterprise
    if not may_report(enterprise):
        raise Http404
    report = YearlyReport.objects.filter(enterprise=enterprise, year=year).first()
    if report and report.is_sent:
        return redirect("owner_report_correct", year=year)
    if year != open_year():
        return show(request, "closed", {"heading": _("Report %(year)d") % {"year": year}}, 410)
    before = YearlyReport.objects.sent().filter(enterprise=enterprise, year=year - 1).first()
    if request.method == "POST":
        form = ReportForm(request.POST, year=year, before=before)
        try:
            # Kept before it is judged: nothing that was typed is lost.
            actions.save_draft(enterprise, year, typed(form, request.POST))
            if "save" in request.POST:
                return overview("saved")
            if form.is_valid():
                actions.send(enterprise, form)
                return overview("sent")
        except actions.AlreadySentError:
            return redirect("owner_report_correct", year=year)
    else:
        form = ReportForm(year=year, before=before, initial=begin(owner, report))
    context = {
        "heading": _("Report %(year)d") % {"year": year},
        "form": form,
        "year": year,
        "before": before,
        "enterprise": enterprise,
    }
    return show(request, "form", context)


def begin(owner: EnterpriseOwner, report: YearlyReport | None) -> dict[str, Any]:
    """Return what the fields begin with: what was typed, else what the entry says already."""
    if report and report.typed:
        return {name: values[0] for name, values in report.typed.items() if values}
    enterprise = owner.enterprise
    first = enterprise.industries.order_by("pk").first()
    return {
        "employees": enterprise.employees,
        "participants": enterprise.participants,
        "target_group_share": enterprise.target_group_share,
        "main_industry": first and (first.parent_id or first.pk),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def owner_report_correct(request: HttpRequest, owner: EnterpriseOwner, year: int) -> HttpResponse:
    """Correct a report that has been sent, with a note; every change is logged."""
    found = YearlyReport.objects.sent().select_related("main_industry")
    report = get_object_or_404(found, enterprise=owner.enterprise, year=year)
    heading = _("Correct report %(year)d") % {"year": year}
    if not may_correct(report):
        return show(request, "closed", {"heading": heading}, 410)
    sent = YearlyReport.objects.sent()
    before = sent.filter(enterprise=owner.enterprise, year=year - 1).first()
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, report=report, before=before)
    if data is not None and form.is_valid():
        return overview("corrected" if actions.correct(report, form, owner) else "unchanged")
    context = {"heading": heading, "form": form, "year": year, "before": before, "report": report}
    return show(request, "form", context)
