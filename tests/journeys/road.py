"""The road between a phone and the server. It breaks as real ones do, without any emulation."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
_NOT_ASKED = _HOP_BY_HOP | {"accept-encoding"}  # the worker is written on to
_SENT = ("/api/v1/sync", "/api/v1/field/photos")  # what a phone sends goes there
_LOOK_S = 0.05  # between two looks of a listener that is to end
_PATIENCE_S = 60


class Road:
    """An address at which the site is reached, for as long as the road is up."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.lose_every = 0  # each second answer to what a phone sends, after the server committed
        self.busy = False  # the site's API says that it cannot now; pages come
        self.release = ""  # makes the worker another one, as a release does
        self.asked = self.lost = 0
        self.speaks = threading.Event()  # clear: everything is accepted, nothing answered
        self.speaks.set()
        self._lock = threading.Lock()
        # Bound and never listening: keeps the port ours while the road is down.
        self._place = _bound(0)
        host, port = self._place.getsockname()
        self.address = f"http://{host}:{port}"
        self._server: _Server | None = None
        self.up()

    def up(self) -> None:
        if self._server is not None:
            return
        port = self._place.getsockname()[1]
        handler = type("Handler", (_Handler,), {"road": self})
        self._server = _Server(("127.0.0.1", port), handler)
        listen = self._server.serve_forever
        threading.Thread(target=listen, args=(_LOOK_S,), daemon=True).start()

    def down(self) -> None:
        """Connections that stand are cut, new ones refused."""
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server.cut()
        self._server = None

    def fall_silent(self) -> None:
        """A signal that is only shown: the server accepts, and never answers."""
        self.speaks.clear()

    def close(self) -> None:
        self.speaks.set()
        self.down()
        self._place.close()

    def loses(self, path: str) -> bool:
        if not path.startswith(_SENT) or not self.lose_every:
            return False
        with self._lock:
            self.asked += 1
            is_lost = self.asked % self.lose_every == 0
            self.lost += is_lost
        return is_lost

    def turns_away(self, path: str) -> bool:
        return self.busy and path.startswith("/api/")


def _bound(port: int) -> socket.socket:
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.bind(("127.0.0.1", port))
    return place


@contextmanager
def road_to(target: str) -> Iterator[Road]:
    road = Road(target)
    try:
        yield road
    finally:
        road.close()


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, *arguments: Any) -> None:
        self._standing: set[socket.socket] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._standing.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._standing.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: a connection that was cut is what a journey asked for."""

    def cut(self) -> None:
        for one in list(self._standing):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    road: Road
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        path = urlsplit(self.path).path
        self.road.speaks.wait()
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.road.turns_away(path):
            self.send_error(503)
            return
        try:
            answer, body = self._ask(sent)
        except (OSError, HTTPException):  # the server itself was killed
            self.close_connection = True
            return
        if self.road.loses(path):
            self.close_connection = True
            return
        if path == "/field/sw.js":
            body += f"\n// {self.road.release}\n".encode()
        self._answer(answer, body)

    def _answer(self, answer: HTTPResponse, body: bytes) -> None:
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _ask(self, sent: bytes) -> tuple[HTTPResponse, bytes]:
        target = urlsplit(self.road.target)
        connection = HTTPConnection(target.hostname or "", target.port, timeout=_PATIENCE_S)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in _NOT_ASKED}
        connection.request(self.command, self.path, sent or None, headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    do_GET = do_HEAD = do_POST = do_PATCH = do_DELETE = _pass_on  # noqa: N815  # its names

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the server has its own log."""
