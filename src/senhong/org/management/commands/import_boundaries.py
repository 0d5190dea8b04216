from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senhong.core import clock
from senhong.core.command import OneLineCommand
from senhong.core.days import as_day, day_written
from senhong.org.boundaries import read_boundaries, simplified
from senhong.org.errors import BoundaryFileRefused
from senhong.org.queries import SYSTEM, units_with_codes
from senhong.org.services import keep_boundaries

_LISTED = 20  # unknown codes that are named


class Command(OneLineCommand):
    help = "Import boundaries of units from a GeoJSON file (EPSG:4326), for the maps of boards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON: polygons, each with a unit's code")
        parser.add_argument(
            "--property", default="code", help="the property that holds the official code"
        )
        parser.add_argument(
            "--day", metavar="YYYY-MM-DD", help="a day on which the units stand; left out: today"
        )
        parser.add_argument(
            "--skip-unknown", action="store_true", help="leave out codes that no unit has"
        )

    def handle(self, *, file: Path, skip_unknown: bool, **options: Any) -> None:
        day = _day(options["day"])
        grounds = read_boundaries(file, named=options["property"])
        units = units_with_codes(grounds.keys(), day)
        unknown = sorted(grounds.keys() - units.keys())
        if unknown and not skip_unknown:
            raise _unknown(unknown)
        shapes = simplified({code: ground for code, ground in grounds.items() if code in units})
        changed = keep_boundaries(SYSTEM, {units[code]: shape for code, shape in shapes.items()})
        self.stdout.write(
            _("Đã đọc ranh giới của {read} đơn vị, {changed} mới hoặc khác trước.").format(
                read=len(shapes), changed=changed
            )
        )
        if unknown:
            self.stdout.write(_("Bỏ qua mã: {codes}").format(codes=_listed(unknown)))


def _day(written: str | None) -> int:
    if written is None:
        return as_day(clock.today())
    try:
        return as_day(day_written(written))
    except ValueError:
        text = _("{day} không phải là một ngày. Hãy viết dạng 2025-07-01.")
        raise CommandError(text.format(day=written)) from None


def _unknown(codes: list[str]) -> BoundaryFileRefused:
    text = ngettext(
        "{number} mã không có đơn vị nào vào ngày đó: {codes}. "
        "Hãy chọn ngày khác (--day) hoặc bỏ qua (--skip-unknown).",
        "{number} mã không có đơn vị nào vào ngày đó: {codes}. "
        "Hãy chọn ngày khác (--day) hoặc bỏ qua (--skip-unknown).",
        len(codes),
    )
    return BoundaryFileRefused(reason=text.format(number=len(codes), codes=_listed(codes)))


def _listed(codes: list[str]) -> str:
    shown = ", ".join(codes[:_LISTED])
    return shown if len(codes) <= _LISTED else f"{shown}…"
