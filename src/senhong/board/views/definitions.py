"""Under which words the columns of a table were counted: on the page, and in a workbook."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from senhong.board.queries.matrix import Measure
from senhong.ledger.models import Indicator
from senhong.ledger.queries import Versions, versions_of
from senhong.plans.cards import definition_of
from senhong.web import workbooks
from senhong.web.components import Definition


def definitions_of_measures(measures: Sequence[Measure], day: int) -> list[Definition]:
    """One for each indicator, of all the days that its columns have up to ``day``.

    One query, or none where no words ever changed.
    """
    days: dict[int, tuple[Indicator, int, int]] = {}
    for each in measures:
        last = max(each.first, min(day, each.last))
        _same, first_yet, last_yet = days.get(each.indicator.pk, (each.indicator, each.first, last))
        days[each.indicator.pk] = each.indicator, min(first_yet, each.first), max(last_yet, last)
    versions = versions_of([each.indicator for each in measures])
    return [_definition(each, versions, first, last) for each, first, last in days.values()]


def definitions_of_columns(
    columns: Iterable[Indicator], versions: Versions, first: int, last: int
) -> list[Definition]:
    """One for each column of a table whose figures are all of the same days. No query."""
    return [_definition(each, versions, first, last) for each in columns]


def _definition(each: Indicator, versions: Versions, first: int, last: int) -> Definition:
    return definition_of(each, f"cot-{each.pk}", versions, (first, last))


def definitions_sheet(definitions: Sequence[Definition]) -> workbooks.Sheet:
    """What the columns of the first sheet mean; a row for each version."""
    columns = [
        workbooks.Column("indicator", _("Chỉ tiêu")),
        workbooks.Column("measure", _("Đơn vị tính")),
        workbooks.Column("days", _("Thời gian"), width=24),
        workbooks.Column("meaning", _("Định nghĩa"), width=70),
        workbooks.Column("rule", _("Cách đếm"), width=70),
    ]
    rows = [row for each in definitions for row in _rows(each)]
    return workbooks.Sheet(_("Định nghĩa"), columns, rows)


def _rows(each: Definition) -> Iterator[list[workbooks.Value]]:
    known = [str(each.name), str(each.measure)]
    for part in each.parts:
        yield [*known, str(part.days), str(part.meaning), str(part.rule)]
    if not each.parts:
        yield [*known, "", str(each.meaning), str(each.rule)]
