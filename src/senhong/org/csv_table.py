"""A CSV file that is read whole, or refused with its line and the reason."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from senhong.org.errors import UnitFileMissing, UnitFileRefused

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A file with a header line that names at least these columns."""

    path: Path
    columns: tuple[str, ...]

    def refused(self, line: int, reason: str) -> UnitFileRefused:
        return UnitFileRefused(file=self.path.name, line=str(line), reason=reason)

    def records(self) -> Iterator[tuple[int, Record]]:
        """Each record with the number of its line; fields without spaces around them."""
        reader = csv.reader(io.StringIO(self._text(), newline=""), strict=True)
        try:
            names = [name.strip() for name in next(reader, [])]
            if missing := [name for name in self.columns if name not in names]:
                raise self.refused(1, _("Thiếu cột {name}.").format(name=", ".join(missing)))
            for values in filter(None, reader):
                yield reader.line_num, self._record(reader.line_num, names, values)
        except csv.Error:
            text = _("Không đọc được như tệp CSV.")
            raise self.refused(reader.line_num, text) from None

    def _record(self, line: int, names: list[str], values: list[str]) -> Record:
        if len(values) != len(names):
            text = _("Có {found} ô, cần {needed} ô.")
            raise self.refused(line, text.format(found=len(values), needed=len(names)))
        record = dict(zip(names, map(str.strip, values), strict=True))
        for name in self.columns:
            if any(unicodedata.category(letter) == "Cc" for letter in record[name]):
                raise self.refused(line, _("Cột {name} có ký tự lạ.").format(name=name))
        return record

    def _text(self) -> str:
        try:
            content = self.path.read_bytes()
        except OSError:
            raise UnitFileMissing(file=str(self.path)) from None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as mistake:
            line = content.count(b"\n", 0, mistake.start) + 1
            raise self.refused(line, _("Không phải chữ UTF-8.")) from None
