"""The report of tasks: the four outcomes by unit, person, plan and month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core import clock
from senhong.core.days import as_day
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.plans.queries import plans_of
from senhong.web import workbooks
from senhong.web.charts import Chart, Point, line_chart
from senhong.web.components import Cell, Column, Crumb, Fact, Option, Row, Table
from senhong.web.http import PageRequest
from senhong.work.clocks import Outcome
from senhong.work.down_forms import ReportForm
from senhong.work.queries import CountBy, Counted, OutcomeCounts
from senhong.work.queries.reporting import Report, ReportLine, report_of, units_of_report

MOST_LINES = 400
_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address asks for, and the answer."""

    unit: Unit
    by: CountBy
    first: date
    last: date
    plan: str
    report: Report

    @property
    def said(self) -> dict[str, str]:
        """The address in words."""
        return {
            "unit": self.unit.key, "by": self.by.name.lower(), "plan": self.plan,
            "first": self.first.isoformat(), "last": self.last.isoformat(),
        }  # fmt: skip


@login_required
@require_safe
def report(request: PageRequest) -> HttpResponse:
    """Tasks due within some days, by what the reader asks; wrong days come back with words."""
    unit = _unit(request)
    if unit is None:
        return render(request, "work/report_nowhere.html")
    form = _form(request, unit)
    if not form.is_valid():
        page = {"form": form, "unit": unit, "crumbs": _crumbs()}
        return render(request, "work/report.html", page, status=422)
    shown = _shown(request, unit, form)
    page = {
        "form": form,
        "unit": unit,
        "crumbs": _crumbs(),
        "shown": shown,
        "facts": _facts(shown.report.whole),
        "table": _table(shown),
        "chart": _chart(shown),
        "places": _places(request, shown),
        "xlsx_url": f"{reverse('work:report-xlsx')}?{urlencode(shown.said)}",
    }
    return render(request, "work/report.html", page)


@login_required
@require_safe
def report_xlsx(request: PageRequest) -> HttpResponse:
    """The same rows as a workbook, all of them."""
    unit = _unit(request)
    form = _form(request, unit) if unit else None
    if unit is None or form is None or not form.is_valid():
        return report(request)
    shown = _shown(request, unit, form)
    days = f"{shown.first:%d.%m.%Y}-{shown.last:%d.%m.%Y}"
    name = _("Báo cáo nhiệm vụ {unit} {days}.xlsx").format(unit=unit.title, days=days)
    return workbooks.xlsx_response(name, [_sheet(shown)])


def _unit(request: PageRequest) -> Unit | None:
    """The unit that is asked for; else the first of the reader's own."""
    key = request.GET.get("unit", "")
    if not key:
        return next(iter(units_of_report(request.actor)), None)
    unit = get_unit(request.actor, key)
    request.actor.require("task.view", at=unit.path)
    return unit


def _form(request: PageRequest, unit: Unit) -> ReportForm:
    kinds = {CountBy.UNIT: _("Đơn vị"), CountBy.PLAN: _("Kế hoạch"), CountBy.MONTH: _("Tháng")}
    if request.actor.can("member.view", at=unit.path):
        kinds[CountBy.PERSON] = _("Người chịu trách nhiệm")
    today = as_day(clock.today())
    plans = [(str(plan.pk), plan.name) for plan in plans_of(request.actor, unit, today)]
    first, last = _this_year()
    usual = {"unit": unit.key, "by": "unit", "plan": "", "first": first, "last": last}
    said: dict[str, Any] = usual | {k: v for k, v in request.GET.items() if k in usual and v}
    by = [(kind.name.lower(), label) for kind, label in kinds.items()]
    return ReportForm(said, by=by, plans=plans)


def _this_year() -> tuple[str, str]:
    year = clock.today().year
    return date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()


def _shown(request: PageRequest, unit: Unit, form: ReportForm) -> Shown:
    said = form.cleaned_data
    first, last, by = said["first"], said["last"], CountBy[said["by"].upper()]
    counted = Counted(
        unit=unit,
        plan_id=said["plan"] or None,
        first=clock.start_of(first),
        until=clock.start_of(last + timedelta(days=1)),
    )
    return Shown(unit, by, first, last, said["plan"], report_of(request.actor, counted, by))


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Nhiệm vụ"), reverse("work:tasks")), Crumb(_("Báo cáo nhiệm vụ"))]


def _facts(whole: OutcomeCounts) -> list[Fact]:
    """The four with their shares; what is shown beside them."""
    facts = [Fact(_("Có hạn trong kỳ"), whole.total)]
    facts += [Fact(each.label, _counted(whole, each)) for each in Outcome]
    beside = [
        (_("Chờ duyệt"), whole.waiting),
        (_("Bị trả lại"), whole.returned),
        (_("Tạm dừng"), whole.paused),
        (_("Được gia hạn"), whole.extended),
        (_("Đã hủy (không tính)"), whole.cancelled),
    ]
    return facts + [Fact(name, number) for name, number in beside if number]


def _counted(counts: OutcomeCounts, outcome: Outcome) -> str:
    return f"{getattr(counts, outcome.column)} ({counts.percent(outcome):.0f} %)"


def _table(shown: Shown) -> Table:
    heads = {
        CountBy.UNIT: _("Đơn vị"), CountBy.PERSON: _("Người chịu trách nhiệm"),
        CountBy.PLAN: _("Kế hoạch"), CountBy.MONTH: _("Tháng"),
    }  # fmt: skip
    columns = [Column(heads[shown.by]), Column(_("Tất cả"), numeric=True)]
    columns += [Column(each.label, numeric=True) for each in Outcome]
    columns.append(Column(_("Trễ bình quân"), numeric=True, note=_("ngày")))
    rows = [_row(shown, line) for line in shown.report.lines[:MOST_LINES]]
    empty = _("Không có nhiệm vụ nào có hạn trong những ngày này.")
    return Table(_("Kết quả thực hiện"), columns, rows, empty, lists_when_narrow=True)


def _row(shown: Shown, line: ReportLine) -> Row:
    counts, late = line.row.counts, line.row.late_days
    cells = [Cell(line.name, _url(shown, line), is_header=True), Cell(counts.total)]
    cells += [
        Cell(getattr(counts, each.column), note=f"{counts.percent(each):.0f} %") for each in Outcome
    ]
    return Row([*cells, Cell(None if late is None else round(late, 1))])


def _url(shown: Shown, line: ReportLine) -> str:
    """A unit's own report; a plan's matrix."""
    if shown.by is CountBy.UNIT and line.key and line.key != shown.unit.key:
        return f"?{urlencode(shown.said | {'unit': line.key})}"
    if shown.by is CountBy.PLAN and line.key:
        return f"{reverse('work:matrix')}?plan={line.key}"
    return ""


def _chart(shown: Shown) -> Chart:
    """Shares of the four, month by month."""
    points = [
        Point(
            label=f"{row.key:%m/%Y}",
            value=round(row.counts.percent(each), 1),
            series=each.label,
        )
        for row in shown.report.months[-_MONTHS:]
        for each in Outcome
    ]
    return line_chart(_("Xu hướng theo tháng đến hạn (%)"), points, head=_("Tháng"), measure="%")


def _places(request: PageRequest, shown: Shown) -> Sequence[Option]:
    """The reader's own units, and those below the one that is shown."""
    tops = units_of_report(request.actor)
    if len(tops) < 2 and shown.unit in tops:
        return []
    units = {unit.pk: unit for unit in [*tops, shown.unit]}
    return [
        Option(unit.title, f"?{urlencode(shown.said | {'unit': unit.key})}", unit == shown.unit)
        for unit in units.values()
    ]


def _sheet(shown: Shown) -> workbooks.Sheet:
    titles = [str(_table(shown).columns[0].title), _("Tất cả")]
    for each in Outcome:
        titles += [str(each.label), f"{each.label} (%)"]
    titles += [_("Trễ bình quân (ngày)"), _("Chờ duyệt"), _("Bị trả lại"), _("Tạm dừng")]
    titles += [_("Được gia hạn"), _("Đã hủy")]
    columns = [workbooks.Column(f"c{at}", title) for at, title in enumerate(titles)]
    rows = [_sheet_row(line) for line in shown.report.lines]
    return workbooks.Sheet(_("Báo cáo nhiệm vụ"), columns, rows)


def _sheet_row(line: ReportLine) -> list[workbooks.Value]:
    counts, late = line.row.counts, line.row.late_days
    row: list[workbooks.Value] = [line.name, counts.total]
    for each in Outcome:
        row += [getattr(counts, each.column), round(counts.percent(each), 1)]
    row += [None if late is None else round(late, 1), counts.waiting, counts.returned]
    return [*row, counts.paused, counts.extended, counts.cancelled]
