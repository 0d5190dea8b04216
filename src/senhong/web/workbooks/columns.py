"""What stands at the head of a table in a workbook, and what a cell says."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from senhong.core.text import nfc, search_key
from senhong.web.components import Text

Value = str | int | float | Decimal | date | None

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,\s\u00a0]\d{3})+")  # 1.234.567, 1,234 or 1 234
_PLAIN = re.compile(r"[+-]?\d{1,18}(?:[.,]\d{1,9})?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_MOST = 10**18  # beyond it a number is a slip of the hand, and floating point would round it


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is written, and the other names under which it is read."""

    key: str  # what the code calls it
    title: Text
    also: tuple[Text, ...] = ()
    is_needed: bool = True  # a table without it is not the one that was asked for
    width: int = 0  # in characters; 0: as wide as what is in it

    @property
    def names(self) -> set[str]:
        """Every name in every language as it is compared: without tone marks, case and signs."""
        found: set[str] = set()
        for language, _name in settings.LANGUAGES:
            with override(language):
                found |= {search_key(str(name)) for name in (self.title, *self.also)}
        return found


class CellMistake(ValueError):
    """What is wrong with a cell, as a sentence for people; one row's matter, not the file's."""


def text_of(value: Value) -> str:
    """A cell as text of one line; a whole number without a fraction, a day as people write it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST:
        return str(int(value))
    return nfc(str(value))


def number_of(value: Value, title: Text) -> Decimal | None:
    """A cell as an exact number; nothing → None. Raises CellMistake."""
    if isinstance(value, date):
        raise _not_a_number(value, title)
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        if not number.is_finite() or abs(number) >= _MOST:
            raise _not_a_number(value, title)
        return number
    said = text_of(value)
    return _number_said(said, title) if said else None


def whole_of(value: Value, title: Text) -> int | None:
    """A cell as a whole number; nothing → None. Raises CellMistake."""
    number = number_of(value, title)
    if number is None:
        return None
    if number != number.to_integral_value():
        sentence = _("Cột “{column}”: “{said}” không phải số nguyên.")
        raise CellMistake(sentence.format(column=title, said=text_of(value)))
    return int(number)


def day_of(value: Value, title: Text) -> date | None:
    """A cell as a day: a date, or text such as 20/03/2023; nothing → None. Raises CellMistake."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    said = text_of(value)
    return _day_said(said, title) if said else None


def _number_said(said: str, title: Text) -> Decimal:
    if _GROUPED.fullmatch(said) and len(said) < 27:
        return Decimal(re.sub(r"[^\d+-]", "", said))
    if not _PLAIN.fullmatch(said):
        raise _not_a_number(said, title)
    try:
        return Decimal(said.replace(",", "."))
    except InvalidOperation:  # digits of another script
        raise _not_a_number(said, title) from None


def _not_a_number(value: Value, title: Text) -> CellMistake:
    sentence = _("Cột “{column}”: “{said}” không phải số.")
    return CellMistake(sentence.format(column=title, said=_cut(text_of(value))))


def _day_said(said: str, title: Text) -> date:
    found = _DAY.fullmatch(said)
    if found:
        day, month, year, *iso = found.groups()
        parts = (year, month, day) if year else tuple(iso)
        try:
            return date(*(int(part) for part in parts))
        except ValueError:
            pass  # the 31st of a shorter month
    sentence = _("Cột “{column}”: “{said}” không phải ngày. Hãy viết dạng 20/03/2023.")
    raise CellMistake(sentence.format(column=title, said=_cut(said)))


def _cut(said: str) -> str:
    return said if len(said) <= 40 else f"{said[:39]}…"
