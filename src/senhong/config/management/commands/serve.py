"""Prepares the database, then serves pages and works jobs until it is told to stop."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from senhong.config import queries, services
from senhong.config.serving import WORKER
from senhong.core.command import OneLineCommand
from senhong.core.tables import make_tables, tables_are_behind
from senhong.demo.cast import PASSWORD, SIGN_INS
from senhong.org.queries import get_installation

_LAST_REQUESTS_S = 10  # how long requests under way may take once we are told to stop


class Command(OneLineCommand):
    help = "Serve pages and work jobs. Prepares the database first; Ctrl-C stops it."
    requires_system_checks = []  # a start must be quick; `make check` runs them

    def handle(self, **options: Any) -> None:
        has_just_told = self._prepare()
        self._say_where(with_sign_ins=not has_just_told)
        # The workers are forked: a connection, or the pool's threads, must not go with them.
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper only
        server().serve()

    def _prepare(self) -> bool:
        """Make ready what is missing; whether the demo was made, which then told its sign-ins."""
        if tables_are_behind():
            self.stdout.write(_("Đang chuẩn bị cơ sở dữ liệu…"))
            make_tables()
        makes_demo = settings.DEMO and queries.takes_a_demo()
        if makes_demo:
            run_command("demo")
        elif not queries.has_units():
            run_command("import-units")
        services.take_up_jobs(WORKER)
        services.take_up_recurrences(WORKER)
        return makes_demo

    def _say_where(self, *, with_sign_ins: bool) -> None:
        host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
        address = f"http://{host}:{settings.PORT}/"
        self.stdout.write(
            "\n" + _("Sen Hồng: {address}   (Ctrl-C để dừng)").format(address=address)
        )
        installation = get_installation()
        if installation is None:
            self.stdout.write(_("Chưa ai khởi tạo: hãy mở /start/"))
        elif installation.demo_reading_on and with_sign_ins:
            self.stdout.write(_("Đăng nhập thử (mật khẩu {password}):").format(password=PASSWORD))
            for person in SIGN_INS:
                self.stdout.write(f"  {person.username:<12}{person.what}")
        self.stdout.write("")
        self.stdout.flush()


def run_command(name: str) -> None:
    """Run one of our commands in a process of its own, so that its memory goes with it."""
    done = subprocess.run([sys.executable, "-m", "senhong.config.command", name], check=False)  # noqa: S603
    if done.returncode:
        raise CommandError(
            _("Lệnh “senhong {name}” không xong nên chưa phục vụ được.").format(name=name)
        )


def server() -> MPServer:
    """One worker with one thread on SQLite, which has one writer; two on PostgreSQL.

    Source: docs/adr/0003, measured.
    """
    return MPServer(
        "senhong.config.serving:start",
        factory=True,
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=2 if connection.vendor == "postgresql" else 1,
        blocking_threads=1,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_LAST_REQUESTS_S,
    )
