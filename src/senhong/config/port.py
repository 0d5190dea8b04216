"""Whether the address is free, asked before anything slow. Needs nothing but Python."""

import os
import socket
import sys


def why_not_free(host: str, port: str) -> str | None:
    """One sentence for a person when nothing can be served there, else None."""
    if not (port.isascii() and port.isdigit() and len(port) < 6) or not 0 < int(port) < 65536:
        return f"PORT is {port!r}: say a number from 1 to 65535."
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(
            host, int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return f"Cannot serve at {host}:{port} ({reason}). Choose another: PORT={int(port) + 1}"
    return None


def refuse_a_taken_port() -> None:
    """Stop this process with one line when its address is not free."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if reason := why_not_free(host, port):
        sys.exit(reason)


if __name__ == "__main__":
    refuse_a_taken_port()
