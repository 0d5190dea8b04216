"""What an answer is to hold, checked and added up. No tables here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.core.text import nfc
from senhong.work.errors import AnswerNotFitting, ColumnsUnusable

MOST_COLUMNS = 12
MOST_ROWS = 200
_MOST_CHARS = 300
_LARGEST = Decimal(10) ** 15


class AnswerKind(TextChoices):
    """What an answer holds beside its words and files, which it may always hold."""

    WORDS = "words", _("Lời và tệp")
    NUMBER = "number", pgettext_lazy("kiểu trả lời", "Một con số")
    TABLE = "table", pgettext_lazy("kiểu trả lời", "Một bảng nhỏ")
    FILES = "files", pgettext_lazy("kiểu trả lời", "Phải có tệp")


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of the table that is asked for."""

    title: str
    is_number: bool = False  # then it adds up


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What is asked for. ``label`` says what the number is."""

    kind: str = AnswerKind.WORDS
    label: str = ""
    columns: tuple[AnswerColumn, ...] = ()

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(column) for column in self.columns]

    @classmethod
    def read(cls, kind: str, label: str, columns: Iterable[Mapping[str, Any]]) -> "AnswerForm":
        return cls(kind, label, tuple(AnswerColumn(**column) for column in columns))


def checked_form(form: AnswerForm) -> AnswerForm:
    """The form with tidy titles. Raises ColumnsUnusable."""
    if form.kind != AnswerKind.TABLE:
        return AnswerForm(form.kind, nfc(form.label))
    columns = tuple(AnswerColumn(nfc(each.title), each.is_number) for each in form.columns)
    titles = [column.title.lower() for column in columns]
    if not 0 < len(columns) <= MOST_COLUMNS or not all(titles) or len({*titles}) < len(titles):
        raise ColumnsUnusable(most=MOST_COLUMNS)
    return AnswerForm(form.kind, nfc(form.label), columns)


def number_of(text: str) -> Decimal:
    """What somebody wrote as a number: "1.250,5", as people write it here.

    Raises AnswerNotFitting.
    """
    said = text.strip().replace(" ", "")
    if "," in said:
        said = said.replace(".", "").replace(",", ".")
    elif said.count(".") > 1 or (said.count(".") == 1 and len(said.rpartition(".")[2]) == 3):
        said = said.replace(".", "")
    try:
        number = Decimal(said)
    except InvalidOperation as unreadable:
        raise AnswerNotFitting(said=text[:40]) from unreadable
    if not number.is_finite() or abs(number) > _LARGEST:
        raise AnswerNotFitting(said=text[:40])
    return number


def checked_rows(form: AnswerForm, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows as they are kept: numbers in plain digits, empty rows left out.

    Raises AnswerNotFitting.
    """
    kept = []
    for row in rows:
        cells = [nfc(str(cell)) for cell in row]
        if any(cells):
            kept.append(_checked_row(form, cells))
    if len(kept) > MOST_ROWS:
        raise AnswerNotFitting(said=f"{len(kept)}")
    return kept


def _checked_row(form: AnswerForm, cells: list[str]) -> list[str]:
    if len(cells) != len(form.columns):
        raise AnswerNotFitting(said=" · ".join(cells)[:40])
    return [
        f"{number_of(cell):f}" if column.is_number and cell else cell[:_MOST_CHARS]
        for column, cell in zip(form.columns, cells, strict=True)
    ]


def sums_of(form: AnswerForm, rows: Iterable[Sequence[str]]) -> list[Decimal | None]:
    """What each column adds up to; None for columns of words."""
    sums = [Decimal(0) if column.is_number else None for column in form.columns]
    for row in rows:
        for place, cell in enumerate(row[: len(sums)]):
            said = sums[place]
            if said is not None and cell:
                sums[place] = said + Decimal(cell)
    return sums
