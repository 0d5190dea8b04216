import io
import json
import shutil
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from senhong.core.command import OneLineCommand
from senhong.core.days import as_day, day_written
from senhong.ledger import queries
from senhong.ledger.answers import figures_as_json
from senhong.ledger.definitions import days_said
from senhong.ledger.models import Indicator
from senhong.ledger.notes import names_of, note_of_end, shown, with_end
from senhong.ledger.queries import By, FigureRow, Reading, Words
from senhong.org.queries import SYSTEM, get_unit, within

OF_DAY = "of-day"
MOST_COLUMNS = 6  # of indicators; beyond it one line for each figure


class Command(OneLineCommand):
    requires_system_checks = []  # they read every page: two seconds that nobody needs here
    help = "Print the figures of a unit: sums of postings, on the map of their day or any map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, metavar="KEY", help="a unit, such as P87-2")
        day: dict[str, Any] = {"required": True, "metavar": "YYYY-MM-DD"}
        parser.add_argument("--from", dest="first", help="first day, included", **day)
        parser.add_argument("--to", dest="last", help="last day, included", **day)
        parser.add_argument(
            "--indicator", nargs="+", action="extend", metavar="CODE", help="codes; left out: all"
        )
        parser.add_argument("--by", default=By.INDICATOR, help=f"one of {', '.join(By)}")
        parser.add_argument(
            "--map",
            default=OF_DAY,
            dest="on",
            metavar=f"YYYY-MM-DD|{OF_DAY}",
            help=f"a day whose map is read; left out or {OF_DAY}: each day on its own map",
        )
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="for programs, as the API answers"
        )

    def handle(self, **options: Any) -> None:
        by = _by(options["by"])
        first, last = _day(options["first"], "--from"), _day(options["last"], "--to")
        on = None if options["on"] == OF_DAY else _day(options["on"], "--map")
        unit = get_unit(SYSTEM, options["unit"])
        asked = queries.indicators(options["indicator"])
        found = queries.figure_page(SYSTEM, Reading(unit, first, last, on), asked, by)
        rows = found.rows
        if note := note_of_end(unit, found.around, on):
            self.stderr.write(note, self.style.NOTICE)
        if options["as_json"]:
            answer = figures_as_json(unit, rows, asked, by, first, last)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        title = _("{unit}, {first} – {last}").format(
            unit=within(unit.title, found.around.parent), first=shown(first), last=shown(last)
        )
        chosen = bool(options["indicator"])
        told = _worth_showing(rows, asked, by, chosen=chosen)
        for said in queries.notes_beside(unit, {each.code for each in told}):
            self.stderr.write(said, self.style.NOTICE)
        whole = chosen or options["verbosity"] > 1
        rules = _rules(told, first, last, whole=whole)
        self.stdout.write(_drawn(_table(title, told, rows, by), rules))


def _by(text: str) -> By:
    if text not in set(By):
        raise CommandError(
            _("--by {given}: hãy chọn một trong {choices}.").format(
                given=text, choices=", ".join(By)
            ),
            returncode=2,
        )
    return By(text)


def _day(text: str, option: str) -> int:
    try:
        return as_day(day_written(text))
    except ValueError as error:
        raise CommandError(
            _("{option} {given}: hãy ghi ngày theo dạng NĂM-THÁNG-NGÀY, ví dụ 2023-03-20.").format(
                option=option, given=text
            ),
            returncode=2,
        ) from error


def _worth_showing(
    rows: list[FigureRow], asked: Sequence[Indicator], by: By, *, chosen: bool
) -> list[Indicator]:
    """Those that were asked for by code; else, broken down, those that are not 0 throughout."""
    if chosen or by is By.INDICATOR:
        return [*asked]
    moved = {row.indicator for row in rows if row.quantity}
    return [each for each in asked if each.code in moved]


def _table(title: str, shown: list[Indicator], rows: list[FigureRow], by: By) -> Table:
    if by is By.INDICATOR or len(shown) > MOST_COLUMNS:
        return _long_table(title, shown, rows, by)
    table = Table(title=title, title_justify="left")
    table.add_column(_("Đơn vị") if by is By.UNIT else _("Kỳ"))
    for each in shown:
        table.add_column(f"{each.title} ({each.measure})", justify="right")
    lines: dict[object, dict[str, int]] = {}
    labels = _labels(rows, by)
    for row in rows:
        lines.setdefault(_line(row, by), {})[row.indicator] = row.quantity
    for line, quantities in lines.items():
        table.add_row(labels[line], *(_number(quantities.get(each.code)) for each in shown))
    return table


def _long_table(title: str, shown: list[Indicator], rows: list[FigureRow], by: By) -> Table:
    table = Table(title=title, title_justify="left")
    if by is not By.INDICATOR:
        table.add_column(_("Đơn vị") if by is By.UNIT else _("Kỳ"))
    table.add_column(_("Chỉ tiêu"))
    table.add_column(_("Số liệu"), justify="right")
    table.add_column(_("Đơn vị tính"))
    by_code = {each.code: each for each in shown}
    labels = {} if by is By.INDICATOR else _labels(rows, by)
    for row in rows:
        if each := by_code.get(row.indicator):
            head = [labels[_line(row, by)]] if labels else []
            table.add_row(*head, each.title, _number(row.quantity), each.measure)
    return table


def _line(row: FigureRow, by: By) -> object:
    """What the line of a figure is known by; units may share a name."""
    return row.period if by.is_time else row.line


def _labels(rows: list[FigureRow], by: By) -> dict[object, str]:
    if by.is_time:
        return {row.period: row.period or "" for row in rows}
    names = names_of(rows)
    return {row.line: with_end(names[row.line], row) for row in rows}


def _rules(shown: list[Indicator], first: int, last: int, *, whole: bool) -> str:
    """The definitions of the period, or how to see them where they would be long."""
    if not whole:
        return _("Định nghĩa và cách đếm: thêm --indicator MÃ hoặc -v 2.")
    versions = queries.versions_of(shown)
    return "\n".join(_rule(each, versions.within(each, first, last)) for each in shown)


def _rule(each: Indicator, words: Sequence[Words]) -> str:
    """The definition, or each with its days where it changed within the period."""
    told = [f"{one.said.meaning} {one.said.rule}" for one in words]
    if len(words) == 1:
        return f"{each.title}: {told[0]}"
    dated = [f"  {days_said(one)}: {said}" for one, said in zip(words, told, strict=True)]
    return "\n".join([f"{each.title}:", *dated])


def _number(quantity: int | None) -> str:
    return "–" if quantity is None else number_format(quantity, force_grouping=True)


def _drawn(*parts: Table | str) -> str:
    text = io.StringIO()
    width = shutil.get_terminal_size((110, 24)).columns
    Console(file=text, width=width, highlight=False, markup=False).print(*parts, sep="\n")
    return text.getvalue()
