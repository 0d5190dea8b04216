"""What people write of themselves, tidied, or the rule that it breaks."""

import re

from senhong.core.text import nfc
from senhong.people.errors import NotAName, NotAPhone

_BETWEEN = re.compile(r"[\s.()-]+")
_PHONE = re.compile(r"(?:\+?84|0)([1-9][0-9]{8,9})")


def checked_name(full_name: str) -> str:
    """A name as its owner writes it. Raises NotAName."""
    name = nfc(full_name)
    if not any(char.isalpha() for char in name) or any(char.isdigit() for char in name):
        raise NotAName
    return name


def checked_phone(said: str) -> str | None:
    """A number as it is called within the country, or None for none. Raises NotAPhone."""
    digits = _BETWEEN.sub("", said)
    if not digits:
        return None
    found = _PHONE.fullmatch(digits)
    if found is None:
        raise NotAPhone
    return f"0{found[1]}"
