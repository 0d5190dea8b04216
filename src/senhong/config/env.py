"""What differs between installations comes from the environment, and fails loudly.

Each setting is declared once, with a default and one sentence; ``docs/reference/settings.md``
is generated from ``DECLARED``.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


@dataclass(frozen=True, slots=True)
class Declared:
    name: str
    default: str
    meaning: str


DECLARED: list[Declared] = []


def text(name: str, default: str, meaning: str) -> str:
    DECLARED.append(Declared(name, default, meaning))
    return os.environ.get(name, "") or default


def flag(name: str, default: bool, meaning: str) -> bool:
    value = text(name, "1" if default else "0", meaning)
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: say 1 or 0.")
    return value == "1"


def whole(name: str, default: int, meaning: str) -> int:
    value = text(name, str(default), meaning)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}: say a whole number.")
    return int(value)


def secret(name: str, kept_in: Path, meaning: str) -> str:
    """From NAME, or the file NAME_FILE, or made once and kept in ``kept_in``."""
    DECLARED.append(Declared(name, f"made once, kept in {kept_in.name}", meaning))
    if value := os.environ.get(name):
        return value
    file = Path(os.environ.get(f"{name}_FILE", kept_in))
    if not file.exists() and file == kept_in:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(get_random_secret_key())
    return file.read_text().strip()
