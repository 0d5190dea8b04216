"""The keys of web push, as text."""

import base64
import binascii
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

_POINT_BYTES = 65  # an uncompressed point of P-256: 4, x, y
_SECRET_BYTES = 16


def our_key() -> ec.EllipticCurvePrivateKey:
    return _private(settings.VAPID_KEY)


@cache
def _private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(text)), ec.SECP256R1())


def public_key() -> str:
    """What a browser must be told when it subscribes: our public key, base64url."""
    point = our_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return encoded(point)


def are_usable(p256dh: str, auth: str) -> bool:
    """Whether these are a browser's keys: a point of the curve, and a secret of 16 bytes."""
    try:
        point, secret = decoded(p256dh), decoded(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, binascii.Error):
        return False
    return len(point) == _POINT_BYTES and len(secret) == _SECRET_BYTES


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
