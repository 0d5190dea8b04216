"""A mail server on this machine that speaks SMTP and keeps what it was given."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings


class MailServer:
    """Refuses the addresses it is told to, each with an SMTP answer such as "550 no such"."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802  # its name in SMTP
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.refusals.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answer.startswith("2"):
            content = envelope.content or b""
            raw = content if isinstance(content, bytes) else content.encode()
            self.letters.append(BytesParser(policy=default).parsebytes(raw))
        return self.answer


def a_free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def a_mail_server(settings: Settings) -> Iterator[MailServer]:
    """Running, and where this installation sends its letters."""
    kept = MailServer()
    controller = Controller(kept, hostname="127.0.0.1", port=a_free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_URL = f"smtp://127.0.0.1:{controller.port}"
    settings.SITE_URL = "https://senhong.example"
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
