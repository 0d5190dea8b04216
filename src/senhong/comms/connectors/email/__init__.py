"""Plain letters through the mail server of EMAIL_URL."""

import smtplib
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from senhong.comms.connector import Address, Connector, Letter, NotSent

_PATIENCE_S = 10
_FINAL_FROM = 500  # an SMTP answer of 4xx means "not now", of 5xx "never"


class EmailConnector(Connector):
    """Keeps one connection to the server for a round of letters."""

    def __init__(self) -> None:
        self._server: Any = None

    def send(self, letter: Letter, address: Address) -> None:
        try:
            self._opened().send_messages([_written(letter, address["email"])])
        except OSError as error:  # smtplib's own are of this kind, too
            self.close()
            raise _not_sent(error) from error

    def _opened(self) -> Any:
        if self._server is None:
            server = get_connection(timeout=_PATIENCE_S)
            server.open()
            self._server = server
        return self._server

    def close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


def _written(letter: Letter, to: str) -> EmailMessage:
    """A letter that tells mail programs which one it is: tried twice, it is shown once."""
    with override(letter.language):
        parts = [letter.words]
        if letter.link:
            parts.append(f"{settings.SITE_URL}{letter.link}")
        parts.append("--\n" + _footer())
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    headers = {"Message-ID": f"<{letter.id}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        " ".join(letter.subject.split()), "\n\n".join(parts), to=[to], headers=headers
    )


def _footer() -> str:
    said = _("Thư tự động của Sen Hồng. Đổi cách nhận tin, hoặc thôi nhận thư: {address}")
    return said.format(address=f"{settings.SITE_URL}/messages/settings/")


def _not_sent(error: OSError) -> NotSent:
    """Ours for smtplib's; the order matters, since some are kinds of others."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return _answered("address-refused", max(codes, default=_FINAL_FROM))
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return NotSent("sign-in-refused")  # the office can mend it
    if isinstance(error, smtplib.SMTPSenderRefused):
        return NotSent("sender-refused")
    if isinstance(error, smtplib.SMTPDataError):
        return _answered("letter-refused", error.smtp_code)
    return NotSent("server-away")


def _answered(code: str, status: int) -> NotSent:
    return NotSent(code, is_final=True) if status >= _FINAL_FROM else NotSent("server-busy")
