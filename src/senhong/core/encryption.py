"""Personal text at rest: AES-256-GCM, under keys that can be changed.

What is kept begins with the id of its key: ``1.<key>.<nonce and ciphertext>``. So an older key
still reads, and what lies under one is found without being read. What the text is about, its
column, is authenticated with it: a text that was moved to another column opens nowhere.

Source: NIST SP 800-38D (2007), section 8.2.2: random nonces of 96 bits, at most 2³² texts a key.
"""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from senhong.core.errors import EncryptedTextBroken, EncryptionKeyMissing

_VERSION = "1"
_KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class FieldKey:
    """A key, and the name under which texts say that it is theirs."""

    id: str  # the beginning of its digest, which tells nothing of it
    cipher: AESGCM


def new_key() -> str:
    """A new key as it is written down."""
    return urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


@cache
def key_of(written: str) -> FieldKey:
    """The key that was written down. ValueError when it is none."""
    secret = urlsafe_b64decode(written.encode("ascii"))
    if len(secret) != _KEY_BYTES:
        raise ValueError(f"{len(secret)} bytes")
    return FieldKey(hashlib.sha256(secret).hexdigest()[:8], AESGCM(secret))


def encrypt(text: str, about: str) -> str:
    """The text as it may be kept, under the newest key."""
    key, nonce = key_of(_written()[0]), secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + key.cipher.encrypt(nonce, text.encode(), about.encode())
    return f"{newest_mark()}{urlsafe_b64encode(sealed).decode()}"


def decrypt(kept: str, about: str) -> str:
    """The text that was kept. Raises EncryptionKeyMissing, EncryptedTextBroken."""
    version, _dot, rest = kept.partition(".")
    id, _dot, sealed = rest.partition(".")
    if version != _VERSION or not sealed:
        raise EncryptedTextBroken(about=about)
    key = next((key for key in map(key_of, _written()) if key.id == id), None)
    if key is None:
        raise EncryptionKeyMissing(key=id)
    try:
        return _opened(key, urlsafe_b64decode(sealed), about)
    except (InvalidTag, ValueError) as broken:
        raise EncryptedTextBroken(about=about) from broken


def newest_mark() -> str:
    """How everything begins that is kept under the newest key."""
    return f"{_VERSION}.{key_of(_written()[0]).id}."


def _opened(key: FieldKey, sealed: bytes, about: str) -> str:
    nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    return key.cipher.decrypt(nonce, ciphertext, about.encode()).decode()


def _written() -> Sequence[str]:
    written: Sequence[str] = settings.FIELD_KEYS
    return written
