"""Filters and tags that every template may use (a template builtin)."""

from datetime import date
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.middleware.csrf import get_token
from django.utils.formats import date_format, localize, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from senhong.core import clock, days
from senhong.web import assets
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.navigation import Entry, navigation_for

register = template.Library()


@register.filter
def number(value: float | None) -> str:
    """15964 → 15.964; nothing known → an en dash."""
    return "–" if value is None else number_format(value, force_grouping=True)


@register.filter
def shown(value: Any) -> str:
    """Any value as the reader writes it: numbers grouped, dates by day, instants in the province's
    time, nothing as a dash."""
    return "–" if value is None else str(localize(clock.as_said(value)))


@register.filter
def percent(value: float | None) -> str:
    """22.41 → 22 %."""
    return "–" if value is None else f"{number_format(value, decimal_pos=0)} %"


@register.filter
def day(value: int | date | None) -> str:
    """20230320 → 20/03/2023; an open beginning or end → nothing."""
    if value is None or value in {days.FIRST_DAY, days.LAST_DAY}:
        return ""
    return date_format(days.as_date(value) if isinstance(value, int) else value, "DATE_FORMAT")


@register.filter
def iso_day(value: int | date) -> str:
    """20230320 → 2023-03-20, for machines."""
    return (days.as_date(value) if isinstance(value, int) else value).isoformat()


@register.filter
def period(value: str | None) -> str:
    """2023 · 2023-Q1 · 2023-03 · 2023-W11 · 2023-03-20 as people say them."""
    match (value or "").split("-"):
        case [""]:
            return ""
        case [year]:
            return _("năm {year}").format(year=year)
        case [year, part] if part.startswith("Q"):
            return _("quý {quarter}/{year}").format(quarter=part[1:], year=year)
        case [year, part] if part.startswith("W"):
            return _("tuần {week}/{year}").format(week=part[1:], year=year)
        case [year, month]:
            return _("tháng {month}/{year}").format(month=month, year=year)
        case _parts:
            return date_format(date.fromisoformat(value or ""), "DATE_FORMAT")


@register.filter
def interval(first: int, to_day: int) -> str:
    """From ``first`` to the day before ``to_day``, as people say it."""
    begins, ends = day(first), "" if to_day == days.LAST_DAY else day(days.day_before(to_day))
    if begins and ends:
        return f"{begins} – {ends}"
    if begins:
        return _("từ {day}").format(day=begins)
    return _("đến {day}").format(day=ends) if ends else ""


@register.filter
def length_percent(value: float | None) -> str:
    """A share as the length of a bar: 22.41 → "22.41%", never below 0 or above 100."""
    return f"{min(max(float(value or 0), 0), 100):g}%"


@register.filter
def notice_tone(level: str) -> str:
    """The tone of a Django message's level, or the tone itself; unknown → info."""
    return {"error": "problem", "debug": "info"}.get(level, level or "info").split()[-1]


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """A single box to tick: its label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.simple_tag(takes_context=True)
def csrf_field(context: template.RequestContext) -> SafeString:
    """The hidden token of a form; unlike Django's it also works inside ``include … only``."""
    token = get_token(context.request)
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.simple_tag
def cells(row: Row, table: Table) -> SafeString:
    """The cells of a row. Not a partial: a board has a thousand, and each would cost 0.2 ms.

    Each part is escaped where it is put in; ``format_html`` for each of them takes twice as long.
    """
    beside = zip(row.cells, table.columns, strict=True)
    named = table.lists_when_narrow
    return SafeString("".join(_cell(cell, column, named=named) for cell, column in beside))


def _cell(cell: Cell, column: Column, *, named: bool) -> str:
    tag = 'th scope="row"' if cell.is_header else "td"
    classes = ' class="num"' if column.numeric else ""
    title = f' title="{conditional_escape(str(cell.title))}"' if cell.title else ""
    note = (
        f'<span class="cell-note">{conditional_escape(str(cell.note))}</span>' if cell.note else ""
    )
    if named and not cell.is_header:  # on a phone the head of the column is out of sight
        title += f' data-title="{conditional_escape(str(column.title))}"'
    return f"<{tag}{classes}{title}>{_value(cell)}{note}</{tag[:2]}>"


def _value(cell: Cell) -> str:
    value = conditional_escape(shown(cell.value))
    chip = f' class="chip chip--{conditional_escape(cell.tone)}"' if cell.tone else ""
    if cell.url:
        return f'<a href="{conditional_escape(cell.url)}"{chip}>{value}</a>'
    return f"<span{chip}>{value}</span>" if cell.tone else value


@register.simple_tag(takes_context=True)
def navigation(context: template.RequestContext) -> list[Entry]:
    """The entries of the main navigation for who reads this page."""
    request = getattr(context, "request", None)
    if request is None:
        return []
    return navigation_for(getattr(request, "actor", None), request.path)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file of ``frontend/``, with the digest of its content."""
    return assets.address(name)
