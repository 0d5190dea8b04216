"""A push service and a browser on this machine: it checks who sends, and reads what it got.

Written from the standards and not with the sender's libraries, so that both cannot be wrong in
the same way. Source: RFC 8030, RFC 8188, RFC 8291, RFC 8292.
"""

import json
import secrets
import struct
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pytest_django import Settings

from senhong.core import clock

P256 = ec.SECP256R1()


def unbase64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


class Browser:
    """Holds the keys with which it alone reads its notes."""

    def __init__(
        self, private: ec.EllipticCurvePrivateKey | None = None, auth: bytes = b""
    ) -> None:
        self.private = private or ec.generate_private_key(P256)
        self.auth = auth or secrets.token_bytes(16)
        public = self.private.public_key()
        self.point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": base64(self.point), "auth": base64(self.auth)}

    def read(self, sealed: bytes) -> bytes:
        """RFC 8291, section 3.4, and RFC 8188, section 2: one record."""
        salt, (size, length) = sealed[:16], struct.unpack("!LB", sealed[16:21])
        theirs, record = sealed[21 : 21 + length], sealed[21 + length :]
        assert len(record) <= size
        shared = self.private.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(P256, theirs)
        )
        info = b"WebPush: info\x00" + self.point + theirs
        secret = HKDF(SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(secret)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(secret)
        padded = AESGCM(key).decrypt(nonce, record, None)
        return padded.rstrip(b"\x00").removesuffix(b"\x02")


def sender_of(authorization: str, origin: str) -> dict[str, Any]:
    """What the signature says of the sender, once it has been checked: RFC 8292."""
    scheme, _space, rest = authorization.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    raw = unbase64(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(P256, unbase64(parts["k"]))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    said: dict[str, Any] = json.loads(unbase64(claims))
    now = clock.now().timestamp()
    assert scheme.lower() == "vapid"
    assert json.loads(unbase64(head))["alg"] == "ES256"
    assert said["aud"] == origin
    assert now < said["exp"] <= now + timedelta(days=1).total_seconds()
    assert said["sub"].startswith("mailto:")
    return said | {"key": parts["k"]}


class PushService:
    """Serves browsers by the path of their endpoints; answers as it is told."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.browsers: dict[str, Browser] = {}
        self.answers: dict[str, int] = {}  # path → status; else 201
        self.notes: list[tuple[str, dict[str, Any]]] = []
        self.senders: list[dict[str, Any]] = []
        self.faults: list[str] = []

    def subscribe(self, name: str = "an") -> dict[str, str]:
        """A browser's subscription, as it tells us."""
        browser = self.browsers.setdefault(f"/push/{name}", Browser())
        return {"endpoint": f"{self.origin}/push/{name}", **browser.keys}

    def take(self, path: str, headers: Any, body: bytes) -> int:
        try:
            assert headers["Content-Encoding"] == "aes128gcm"
            assert int(headers["TTL"]) >= 0
            self.senders.append(sender_of(headers["Authorization"], self.origin))
            if path in self.answers:
                return self.answers[path]
            self.notes.append((path, json.loads(self.browsers[path].read(body))))
        except Exception as fault:  # noqa: BLE001  # told by the test
            self.faults.append(repr(fault))
            return 400
        return 201


@contextmanager
def a_push_service(settings: Settings) -> Iterator[PushService]:
    """Running, and the only one that this installation writes to."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = service.take(self.path, self.headers, body)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{service.origin}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        service = PushService(f"http://127.0.0.1:{server.server_port}")
        settings.PUSH_SERVICES = [service.origin]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield service
        server.shutdown()
        thread.join()
    assert service.faults == []
