"""What a reader must know about units and maps that did not stand all the time, in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from senhong.core.days import as_date
from senhong.ledger.errors import Relatives
from senhong.ledger.queries import cut_off
from senhong.org.models import Unit


def note_of_end(unit: Unit, last: int, on: int | None) -> str:
    """That the figures end before the period does, and who carries on; "" where they do not."""
    found = cut_off(unit, last, on)
    if found is None:
        return ""
    until, heirs = shown(found.until), Relatives(found.heirs)
    if on is None:
        return _(
            "{unit} hoạt động đến hết {until}; từ đó số liệu thuộc về {heirs}. "
            "Chỉ tiêu số hiện có đọc vào ngày {until}."
        ).format(unit=unit.title, until=until, heirs=heirs)
    return _(
        "Bản đồ đơn vị ngày {on} chỉ có đến hết {until}, các ngày sau không tính ở đây; từ đó hãy "
        "xem {heirs} trên bản đồ của ngày. Chỉ tiêu số hiện có đọc vào ngày {until}."
    ).format(on=shown(on), until=until, heirs=heirs)


def shown(day: int) -> str:
    return date_format(as_date(day), "SHORT_DATE_FORMAT")
