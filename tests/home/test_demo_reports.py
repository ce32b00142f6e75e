"""The demonstration has two years of reports that an owner could have sent in."""

from collections import defaultdict

import pytest
from django.utils import timezone

from asflist.models import YearlyReport, YearlyReportChange
from asflist.reports.checks import questions
from asflist.reports.forms import figures_of
from asflist.statistics.published import get_statistics
from home.demo.bodies import Keys
from home.demo.content import in_language, read
from home.demo.enterprises import load_enterprises, load_industries
from home.demo.reports import load_reports
from home.demo.tree import page_items


@pytest.fixture
def enterprises(locales, db):
    keys = Keys(today=timezone.localdate(), source=locales["sv"])
    keys.images = defaultdict(lambda: None)
    load_industries(locales["sv"], locales["en"])
    made = load_enterprises(keys, locales["sv"])
    load_reports(keys, made)
    return made


def test_two_years_of_reports_are_likely_and_most_enterprises_have_sent_them(enterprises):
    today = timezone.localdate()
    statistics = get_statistics()
    assert list(statistics.years) == [today.year - 1, today.year - 2]
    reported = [tables.total.reported for tables in statistics.years.values()]
    assert reported == [44, 41]
    assert all(tables.total.listed == 48 for tables in statistics.years.values())
    before = {r.enterprise_id: r for r in YearlyReport.objects.filter(year=today.year - 2)}
    for report in YearlyReport.objects.sent():
        report.full_clean(validate_constraints=True)
        earlier = before.get(report.enterprise_id)
        figures = figures_of(earlier) if earlier and earlier.year != report.year else {}
        assert questions(figures_of(report), figures, report.year - 1) == []
        assert report.sent_at <= timezone.now()


def test_the_statistics_of_the_demonstration_show_figures_in_every_table(enterprises):
    for tables in get_statistics().years.values():
        assert tables.total.figures["participants"].value
        for rows in tables.tables.values():
            shown = [row for row in rows if row.figures["participants"].value is not None]
            assert shown


def test_some_enterprises_count_things_of_their_own_and_some_have_corrected(enterprises):
    content = read("reports")
    assert len(content["own"]) >= 12
    changes = YearlyReportChange.objects.all()
    assert changes.count() == len(content["corrections"]) >= 3
    for change in changes.select_related("report"):
        assert str(getattr(change.report, change.field)) == change.new != change.old
    assert YearlyReport.objects.filter(state="draft").count() == 1


def test_the_guidance_on_social_benefit_leads_to_where_one_reports():
    items = {item.key: item for item in page_items()}
    assert items["guidance-show-benefit"].item["next"]["page"] == "statistics"
    assert items["statistics"].translated
    for language in ("sv", "en"):
        texts = in_language(items["statistics"].item, language)
        assert texts["title"]
