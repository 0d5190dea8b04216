from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from senhong.core.command import OneLineCommand
from senhong.core.tables import make_tables, tables_are_behind
from senhong.org.queries import SYSTEM, pending_units
from senhong.org.services import import_units
from senhong.org.unit_files import LINEAGE, UNITS, read_country


class Command(OneLineCommand):
    help = "Import the country's units and the changes of its map. Again: only what is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--units", type=Path, default=UNITS, help="CSV: the units")
        parser.add_argument("--lineage", type=Path, default=LINEAGE, help="CSV: who became whom")

    def handle(self, *, units: Path, lineage: Path, **options: Any) -> None:
        country = read_country(units, lineage)
        if tables_are_behind():  # everything begins with the units, also in an empty database
            make_tables()
        pending = pending_units(country)
        if pending.kept:
            text = _("{number} dòng có tên, loại hoặc cấp trên khác, được giữ như cũ.")
            self.stdout.write(text.format(number=pending.kept))
        if not pending.units:
            self.stdout.write(_("Đơn vị đã đủ, không có gì thay đổi."))
            return
        console = Console(stderr=True)  # what is printed is the answer alone
        with Progress(console=console, disable=not console.is_terminal) as progress:
            bar = progress.add_task(_("Đơn vị hành chính"), total=pending.units)
            import_units(SYSTEM, pending, told=lambda done: progress.advance(bar, done))
        self.stdout.write(
            _("Đã nhập: {begun} đơn vị, {changes} thay đổi bản đồ.").format(
                begun=len(pending.first) + sum(len(change.begins) for change in pending.changes),
                changes=len(pending.changes),
            )
        )
