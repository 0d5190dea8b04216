import os
from argparse import ArgumentParser
from getpass import GetPassWarning, getpass
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _

from senhong.core.command import OneLineCommand
from senhong.core.ids import uuid7
from senhong.core.text import plain
from senhong.org.queries import SYSTEM, get_unit
from senhong.org.services import start_installation

IN_ENVIRONMENT = "SENHONG_INIT_PASSWORD"  # in the environment, for scripts


class Command(OneLineCommand):
    help = (
        "Found a real installation: choose its province, make its first administrator. Asks for a "
        f"password, or takes it from --password-file or {IN_ENVIRONMENT}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--province", required=True, help="key of a province, such as P82-3")
        parser.add_argument(
            "--username", required=True, help="with which the first administrator signs in"
        )
        parser.add_argument(
            "--full-name", default="", help="the administrator's; the user name when left out"
        )
        parser.add_argument("--password-file", type=Path, help="a file with the password alone")

    def handle(
        self,
        *,
        province: str,
        username: str,
        full_name: str,
        password_file: Path | None,
        **options: Any,
    ) -> None:
        password = plain(_password(password_file))  # asked before anything slow; spelt as on pages
        call_command("import_units", stdout=self.stdout)
        unit = get_unit(SYSTEM, province)
        start_installation(
            SYSTEM,
            uuid7(),
            province=unit,
            username=username,
            full_name=full_name or username,
            password=password,
        )
        self.stdout.write(
            _("Đã khởi tạo cho {title}. Người quản trị: {username}.").format(
                title=unit.title, username=username
            )
        )


def _password(file: Path | None) -> str:
    if file is None:
        return os.environ.get(IN_ENVIRONMENT) or _asked()
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as mistake:
        raise CommandError(
            _("Không đọc được tệp mật khẩu {file}. Hãy xem lại đường dẫn và quyền đọc.").format(
                file=file
            )
        ) from mistake


def _asked() -> str:
    try:
        with catch_warnings():
            simplefilter("error", GetPassWarning)  # what is typed would be seen
            return getpass(_("Mật khẩu: "))
    except (EOFError, GetPassWarning) as nobody:
        raise CommandError(
            _("Không có ai ở bàn phím. Hãy đặt mật khẩu bằng --password-file hoặc {name}.").format(
                name=IN_ENVIRONMENT
            )
        ) from nobody
