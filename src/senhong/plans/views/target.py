from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day, day_before
from senhong.ledger.queries import By, FigureRow, figures, unit_titles, versions_of
from senhong.plans import queries
from senhong.plans.cards import (
    figures_url,
    period_of,
    postings_url,
    progress_card,
    week_chart,
    weeks_before,
)
from senhong.plans.models import Target
from senhong.plans.queries import Progress
from senhong.plans.views.plans import plan_crumbs
from senhong.plans.views.shares import shared, whole_fact
from senhong.web.components import Cell, Column, Crumb, Fact, Option, Row, Table
from senhong.web.http import PageRequest

WEEKS = 16
MOST_UNITS = 15  # before the rest is folded away


@login_required
@require_safe
def target(request: PageRequest, id: UUID) -> HttpResponse:
    """A target: how far, how fast, whose figures, week by week, and the postings behind it."""
    actor, shown = request.actor, queries.get_target(request.actor, id)
    [progress] = queries.progress_of(actor, [shown], reading_on=request.reading_on())
    day = as_day(request.reading_on())
    last = min(day, shown.last_day, day_before(shown.unit.to_day))
    crumbs = [*plan_crumbs(shown.plan, is_last=False), Crumb(shown.indicator.title)]
    page = {
        "target": shown,
        "progress": progress,
        "crumbs": crumbs,
        "card": progress_card(
            progress, url=_behind(shown, last), versions=versions_of([shown.indicator])
        ),
        "facts": [*_facts(progress), *whole_fact(actor, shown)],
        "reading_on": request.reading_on(),
    }
    rows: list[FigureRow] = []
    if last >= shown.from_day:
        changes = queries.map_changes(shown.unit, shown.from_day, last)
        on = last if changes and request.GET.get("map") == "today" else None
        rows = _by_unit(actor, shown, last, on)
        page |= _broken_down(actor, shown, rows, last, on)
        page["maps"] = _map_options(changes, on is not None)
    page |= shared(actor, shown, rows, progress, request.reading_on())
    return render(request, "plans/target.html", page)


def _by_unit(actor: Actor, shown: Target, last: int, on: int | None) -> list[FigureRow]:
    return figures(
        actor, shown.unit, [shown.indicator],
        first=shown.from_day, last=last, by=By.UNIT, on=on,
    )  # fmt: skip


def _broken_down(
    actor: Actor, shown: Target, rows: list[FigureRow], last: int, on: int | None
) -> dict[str, object]:
    first = weeks_before(last, WEEKS, since=shown.from_day)
    by_week = figures(
        actor, shown.unit, [shown.indicator], first=first, last=last, by=By.WEEK, on=on
    )
    title = _("{name} theo tuần").format(name=shown.indicator.title)
    return {
        **_units(shown, rows, last, on),
        "weeks": week_chart(title, by_week, shown.indicator, last),
        "postings_url": _postings_url(actor, shown, last),
    }


def _behind(shown: Target, last: int) -> str:
    if last < shown.from_day:
        return ""
    return figures_url(shown.unit, [shown.indicator.code], shown.from_day, last, by="unit")


def _postings_url(actor: Actor, shown: Target, last: int) -> str:
    if shown.indicator.is_state or not actor.can("posting.view", at=shown.unit.path):
        return ""
    return postings_url(shown.unit, shown.indicator.code, shown.from_day, last)


def _map_options(changes: list[int], on_today: bool) -> list[Option]:
    """Only where the period crosses a change of the map is there something to choose."""
    if not changes:
        return []
    return [
        Option(_("Bản đồ của ngày"), "?map=of-day", not on_today),
        Option(_("Bản đồ hôm nay"), "?map=today", on_today),
    ]


def _facts(progress: Progress) -> list[Fact]:
    shown = progress.target
    plan_url = reverse("plans:plan", args=[shown.plan_id])
    facts = [
        Fact(_("Đơn vị"), shown.unit.title, f"/units/{shown.unit.key}/"),
        Fact(_("Thuộc kế hoạch"), shown.plan.name, plan_url),
        Fact(_("Kỳ"), period_of(shown)),
        Fact(_("Mốc hôm nay"), progress.expected),
    ]
    if progress.forecast is not None and not progress.is_over:
        facts.append(Fact(_("Dự kiến cuối kỳ, nếu giữ nhịp này"), progress.forecast))
    facts += [
        Fact(_("Còn thiếu"), progress.missing),
        Fact(_("Số ngày còn lại"), progress.days_left),
    ]
    return facts


def _units(shown: Target, rows: list[FigureRow], last: int, on: int | None) -> dict[str, object]:
    """The units below, who did most first; the rest is folded away."""
    whole = sum(row.quantity for row in rows)
    ordered = sorted(rows, key=lambda row: (-row.quantity, row.is_own))
    urls = [_behind_row(shown, row, last, on) for row in ordered]
    titles = unit_titles(rows)
    lines = [
        _unit_row(row, titles.get(row.line, row.unit_title), url, whole)
        for row, url in zip(ordered, urls, strict=True)
    ]
    return {
        "units": _units_table(shown, lines[:MOST_UNITS]),
        "units_rest": _units_table(shown, lines[MOST_UNITS:]),
    }


def _units_table(shown: Target, lines: list[Row]) -> Table:
    return Table(
        _("Theo đơn vị"),
        [
            Column(_("Đơn vị")),
            Column(shown.indicator.measure, numeric=True),
            Column(_("Tỉ lệ"), numeric=True),
        ],
        lines,
        empty=_("Chưa có đơn vị nào bên dưới có số liệu."),
    )


def _behind_row(shown: Target, row: FigureRow, last: int, on: int | None) -> str:
    """A unit below, week by week; a line of the unit itself leads to where its lines stand apart,
    since week by week there is only the unit with all below."""
    by = "unit" if row.unit == shown.unit.key else "week"
    codes, on_map = [shown.indicator.code], as_date(on).isoformat() if on else ""
    return figures_url(row.unit, codes, shown.from_day, last, by=by, map=on_map)


def _unit_row(row: FigureRow, title: str, url: str, whole: int) -> Row:
    note = ""
    if row.stood_until:
        day = date_format(as_date(row.stood_until), "DATE_FORMAT")
        note = _("đến {day}").format(day=day)
    share = f"{row.quantity * 100 / whole:.0f} %" if whole else "–"
    name = _("{unit}: ghi ở chính đơn vị").format(unit=title) if row.is_own else title
    return Row([Cell(name, is_header=True, note=note), Cell(row.quantity, url), Cell(share)])
