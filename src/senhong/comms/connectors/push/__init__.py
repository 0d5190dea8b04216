"""Web push: an encrypted note to the push service of a browser, signed as ours.

Source: RFC 8030 (the request), RFC 8291 (what only the browser can read), RFC 8292 (who sends).
"""

import http.client
import json
import urllib.error
import urllib.request
from datetime import timedelta
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

from senhong.comms.connector import Address, Connector, Letter, NotSent
from senhong.comms.connectors.push.keys import decoded, our_key
from senhong.core import clock

_PATIENCE_S = 10
_KEPT = timedelta(days=1)  # how long the service keeps a note for a phone that is off
_SIGNED_S = 12 * 3600  # how long a signature holds; the standard allows a day
MOST_WORDS = 600  # of 4096 bytes that every push service takes

_GONE = {404, 410}
_BUSY = {408, 425, 429}


class PushConnector(Connector):
    def send(self, letter: Letter, address: Address) -> None:
        endpoint = address["endpoint"]
        # The address has been checked against PUSH_SERVICES, which are https.
        asked = urllib.request.Request(  # noqa: S310
            endpoint,
            data=_sealed(_note(letter), address),
            headers={
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(_seconds_left(letter)),
                "Urgency": "normal",
                **_signature(endpoint),
            },
            method="POST",
        )
        try:
            _WITHOUT_DETOURS.open(asked, timeout=_PATIENCE_S).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            raise _refused(answer.code) from answer
        except (OSError, http.client.HTTPException) as error:
            raise NotSent("server-away") from error


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A push service that sends us elsewhere could send us anywhere."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_WITHOUT_DETOURS = urllib.request.build_opener(_NoDetours)


def _note(letter: Letter) -> bytes:
    """What the app's service worker reads: see frontend/field/push.ts."""
    told = {
        "id": str(letter.id),
        "subject": letter.subject,
        "words": letter.words[:MOST_WORDS],
        "link": letter.link,
        "language": letter.language,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _sealed(note: bytes, address: Address) -> bytes:
    """Readable for that browser only."""
    try:
        sealed: bytes = http_ece.encrypt(
            note,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=decoded(address["p256dh"]),
            auth_secret=decoded(address["auth"]),
            version="aes128gcm",
        )
    except (ValueError, http_ece.ECEException) as error:
        raise NotSent("keys-unusable", is_final=True, is_gone=True) from error
    return sealed


def _signature(endpoint: str) -> dict[str, str]:
    """Says who sends, so that a push service knows whom to write to when something is wrong."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(clock.now().timestamp()) + _SIGNED_S,
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    signed: dict[str, str] = Vapid02(our_key()).sign(claims)
    return signed


def _seconds_left(letter: Letter) -> int:
    kept = _KEPT if letter.until is None else min(_KEPT, letter.until - clock.now())
    return max(0, int(kept.total_seconds()))


def _refused(status: int) -> NotSent:
    if status in _GONE:
        return NotSent("nobody-there", is_final=True, is_gone=True)
    if status in _BUSY or status >= http.client.INTERNAL_SERVER_ERROR:
        return NotSent("server-busy")
    return NotSent("letter-refused", is_final=True)
