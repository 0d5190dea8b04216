"""Finds numbers of persons in what people typed."""

import re
import unicodedata

_DATE = re.compile(r"(?<!\d)[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d(?!\d|[.-]\d)")
# Twelve digits in one, or in threes or fours as they are read aloud.
_IDENTITY = re.compile(r"(?<!\d)(?:\d{12}|\d{3}(?:[ .-]\d{3}){3}|\d{4}(?:[ .-]\d{4}){2})(?!\d)")
# 0 or 84, then nine digits (ten for a landline), with spaces, dots or hyphens between.
_PHONE = re.compile(r"(?<!\d)(?:\(?\+?84\)?[ .-]?0?|0)[ .-]?[235789](?:[ .()-]{0,2}\d){8,9}(?!\d)")


def has_personal_number(text: str) -> bool:
    """Whether a text holds what looks like an identity or a telephone number.

    Dates are not taken for numbers; a price or a count of up to eight digits is none either.
    """
    plain = _DATE.sub(" ; ", unicodedata.normalize("NFKC", text))
    return bool(_IDENTITY.search(plain) or _PHONE.search(plain))
