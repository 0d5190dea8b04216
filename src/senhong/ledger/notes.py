"""What a reader must know about units and maps that did not stand all the time, in words."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from senhong.core.days import as_date
from senhong.ledger.errors import Relatives
from senhong.ledger.queries import Around, FigureRow, unit_titles
from senhong.org.models import Unit


def note_of_end(unit: Unit, around: Around, on: int | None) -> str:
    """That the figures end before the period does, and who carries on; "" where they do not."""
    if around.until is None:
        return ""
    last, heirs = shown(around.until), Relatives(around.heirs)
    if on is None:
        return _(
            "{unit} hoạt động đến hết {until}; từ đó số liệu thuộc về {heirs}. "
            "Chỉ tiêu số hiện có đọc vào ngày {until}."
        ).format(unit=unit.title, until=last, heirs=heirs)
    return _(
        "Bản đồ đơn vị ngày {on} chỉ có đến hết {until}, các ngày sau không tính ở đây; từ đó hãy "
        "xem {heirs} trên bản đồ của ngày. Chỉ tiêu số hiện có đọc vào ngày {until}."
    ).format(on=shown(on), until=last, heirs=heirs)


def names_of(rows: Sequence[FigureRow]) -> dict[tuple[str, str, bool], str]:
    """What each line of a figure by unit is called, by ``FigureRow.line``: units of one name are
    told apart, the unit's own line from those of the units below it."""
    own = {row.line: _("Riêng {unit}").format(unit=row.unit_title) for row in rows if row.is_own}
    return unit_titles(rows) | own


def with_end(name: str, row: FigureRow) -> str:
    """The name, and until when the unit stood where it ended before the period did."""
    if row.is_own or row.stood_until is None:
        return name
    return _("{unit} (đến {day})").format(unit=name, day=shown(row.stood_until))


def shown(day: int) -> str:
    return date_format(as_date(day), "SHORT_DATE_FORMAT")
