"""Finds numbers of persons in what people typed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from senhong.core.text import nfc

# What is no number of a person: dates, months, days, hours; prices and counts with their dots.
_ALONE = r"(?!\d|[./,_-]\d)"
_DATE = re.compile(rf"(?<!\d)[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d{_ALONE}")
_MONTH = re.compile(rf"(?<![\d./])[01]?\d/(?:19|20)\d\d{_ALONE}")
_DAY = re.compile(rf"(?<![\d./])[0-3]?\d/[01]?\d{_ALONE}")
_HOUR = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
_AMOUNT = re.compile(
    r"(?<![\d+])(?<!\d[ ./,_-])[1-9]\d{0,2}(?:\.\d{3})+(?=\s*(?:đồng|vnđ|vnd|đ\b|lượt|người))"
    r"|(?<![\d+])(?<!\d[ ./,_-])(?!84)[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?![.,]?\d)",
    re.IGNORECASE,
)
# Groups of digits that may belong to one number, as people part them when they write it down.
_SPACED = re.compile(r" ?([./_-]) ?")
_RUN = re.compile(r"\d+(?:(?:[./_,-]|[ ()]{1,3})\d+)*")
_GROUP = re.compile(r"\d+")
_MOST_DIGITS = 13  # 84, then a number with its 0
_IDENTITY_DIGITS = 12


def has_personal_number(text: str) -> bool:
    """Whether a text holds what looks like an identity or a telephone number.

    Dates, prices and counts are not taken for one, however long; signs that nobody sees do not
    hide one.
    """
    if not text:
        return False
    plain = nfc("".join(c for c in text if unicodedata.category(c) != "Cf"))
    plain = unicodedata.normalize("NFKC", plain)
    for harmless in (_DATE, _MONTH, _DAY, _HOUR):
        plain = harmless.sub(" ; ", plain)
    plain = _AMOUNT.sub(" ; ", _SPACED.sub(r"\1", plain))
    return any(map(_holds_personal, _RUN.findall(plain)))


def _holds_personal(run: str) -> bool:
    """Twelve digits written as one are an identity, whatever they begin with."""
    groups = _GROUP.findall(run)
    as_one = any(len(group) == _IDENTITY_DIGITS for group in groups)
    return as_one or any(map(_is_personal, _joined(groups)))


def _joined(groups: Sequence[str]) -> Iterator[str]:
    """What neighbouring groups say together, from each group to each later one."""
    for first in range(len(groups)):
        digits = ""
        for group in groups[first:]:
            digits += group
            if len(digits) > _MOST_DIGITS:
                break
            yield digits


def _is_personal(digits: str) -> bool:
    """Twelve digits from 0 on are an identity, as all are that are issued; 0 or 84 begins a
    telephone number."""
    if digits.startswith("0") and len(digits) == _IDENTITY_DIGITS:
        return True
    number = digits[2:].removeprefix("0") if digits.startswith("84") else digits[1:]
    is_called = digits.startswith(("0", "84")) and not number.startswith("0")
    return is_called and len(number) in {9, 10}
