from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext as _

from senhong.core.command import OneLineCommand
from senhong.demo.cast import PASSWORD, SIGN_INS
from senhong.demo.pictures import laid_pictures
from senhong.demo.services import build_movement, remove_demo
from senhong.org.queries import SYSTEM


class Command(OneLineCommand):
    help = "Build the demo: the movement of the interview on the real map. Or remove it whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take the demo away again")

    def handle(self, *, remove: bool, **options: Any) -> None:
        self._remove() if remove else self._build()

    def _build(self) -> None:
        call_command("import_units")
        movement = build_movement(
            SYSTEM,
            told=lambda step: self.stdout.write(f"  {step}…"),
            pictures=laid_pictures(),
        )
        self.stdout.write(
            _("Đã dựng {teams} tổ, {activities} hoạt động.").format(
                teams=movement.teams, activities=movement.activities
            )
        )
        self.stdout.write(_("Đăng nhập thử (mật khẩu {password}):").format(password=PASSWORD))
        for who in SIGN_INS:
            self.stdout.write(f"  {who.username:<12} {who.what}")

    def _remove(self) -> None:
        remove_demo(SYSTEM)
        self.stdout.write(_("Đã xóa dữ liệu mẫu. Mở trang /start/ để bắt đầu thật."))
