"""What differs between installations comes from the environment, and fails loudly.

Each setting is declared once, with a default and one sentence; ``docs/reference/settings.md``
is generated from ``DECLARED``.
"""

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from senhong.core.encryption import key_of, new_key


@dataclass(frozen=True, slots=True)
class Declared:
    name: str
    default: str
    meaning: str


DECLARED: list[Declared] = []
_MOST_DIGITS = 10
_POSTGRES = ("postgres://", "postgresql://")
# How many points the curve P-256 has. Source: FIPS 186-4, appendix D.1.2.3.
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


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
    if not (value.isascii() and value.isdigit() and len(value) < _MOST_DIGITS):
        raise ImproperlyConfigured(f"{name} is {value!r}: say a whole number.")
    return int(value)


def folder(name: str, default: Path, meaning: str) -> Path:
    """A folder of ours, made when it is missing."""
    path = Path(text(name, str(default), meaning)).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}: cannot make {path} ({error.strerror}). Choose another folder."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"{name}: cannot write in {path}. Give yourself the right to, or choose another folder."
        )
    return path


def secret(
    name: str,
    kept_in: Path,
    meaning: str,
    made_by: Callable[[], str] = get_random_secret_key,
) -> str:
    """From NAME, or the file NAME_FILE, or made once and kept in ``kept_in``."""
    DECLARED.append(Declared(name, f"made once, kept in {kept_in.name}", meaning))
    if value := os.environ.get(name):
        return value
    if given := os.environ.get(f"{name}_FILE"):
        return _content(Path(given), f"{name}_FILE")
    try:
        if not kept_in.exists():
            _keep(kept_in, made_by())
    except OSError as error:
        raise ImproperlyConfigured(
            f"SENHONG_HOME: cannot write {kept_in} ({error.strerror}). Choose another folder."
        ) from error
    return _content(kept_in, "SENHONG_HOME")


def field_keys(name: str, kept_in: Path, meaning: str) -> list[str]:
    """The keys of encrypted fields, newest first: one a line, or with spaces between."""
    keys = secret(name, kept_in, meaning, made_by=new_key).split()
    for number, key in enumerate(keys, 1):
        try:
            key_of(key)
        except ValueError as error:  # never shows the key
            raise ImproperlyConfigured(
                f"{name}: number {number} is no key. Make one with `senhong rotate-keys --new`."
            ) from error
    if not keys:
        raise ImproperlyConfigured(f"{name} is empty: say the key under which fields are kept.")
    return keys


def _keep(file: Path, value: str) -> None:
    file.touch(mode=0o600)
    file.write_text(value)


def _content(file: Path, name: str) -> str:
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text"
        raise ImproperlyConfigured(f"{name}: cannot read {file} ({reason}).") from error


def p256_key() -> str:
    """A new private key of the curve that web push signs with, base64url."""
    number = secrets.randbelow(_P256_ORDER - 1) + 1
    return urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("=")


def mail_server(url: str) -> dict[str, Any]:
    """Django's settings for a mail server. A mistake never shows the url: passwords."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or port == -1:
        raise ImproperlyConfigured(
            "EMAIL_URL: say smtp://user:password@host:port (smtps:// for TLS from the start, "
            "smtp+tls:// for STARTTLS), with special characters as %XX, or nothing for no e-mail."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or _MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def database(url: str) -> dict[str, Any]:
    """What Django wants to know of a PostgreSQL. A mistake never shows the url: passwords."""
    if not url.startswith(_POSTGRES):
        raise ImproperlyConfigured(
            "DATABASE_URL: say postgres://user:password@host/name, or nothing for SQLite."
        )
    try:
        return dict(dj_database_url.parse(url))
    except ValueError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: say postgres://user:password@host/name, with special "
            "characters of the password as %XX."
        ) from error
