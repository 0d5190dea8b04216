"""Finds numbers of persons in what people typed."""

import re
import unicodedata
from collections.abc import Iterator

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
    return any(_is_personal(digits) for run in _RUN.findall(plain) for digits in _joined(run))


def _joined(run: str) -> Iterator[str]:
    """What neighbouring groups say together, from each group to each later one."""
    groups = _GROUP.findall(run)
    for first in range(len(groups)):
        digits = ""
        for group in groups[first:]:
            digits += group
            if len(digits) > _MOST_DIGITS:
                break
            yield digits


def _is_personal(digits: str) -> bool:
    """Twelve digits from 0 on are an identity; 0 or 84 begins a telephone number."""
    if digits.startswith("0") and len(digits) == 12:
        return True
    number = digits[2:].removeprefix("0") if digits.startswith("84") else digits[1:]
    is_called = digits.startswith(("0", "84")) and not number.startswith("0")
    return is_called and len(number) in {9, 10}
