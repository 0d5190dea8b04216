"""Lists of members as workbooks: read however they were laid out, written as they are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.core.text import nfc, search_key
from senhong.people.listed import Listed
from senhong.people.models import Member, Membership
from senhong.web.errors import WorkbookColumnsMissing
from senhong.web.workbooks import CellMistake, Column, Line, Sheet, Table, read_table

NUMBER = Column(
    "number", gettext_lazy("STT"), also=("TT", "Số TT", "Số thứ tự"), is_needed=False, width=6
)
NAME = Column(
    "full_name",
    gettext_lazy("Họ và tên"),
    also=("Họ tên", "Họ và tên đoàn viên", "Họ và tên thành viên", "Họ tên thành viên"),
    width=30,
)
FAMILY = Column(
    "family", gettext_lazy("Họ đệm"), also=("Họ và đệm", "Họ và tên đệm", "Họ lót", "Họ")
)
GIVEN = Column("given", gettext_lazy("Tên"))
DISTINCTION = Column(
    "distinction",
    gettext_lazy("Phân biệt"),
    also=("Phân biệt người trùng tên",),
    is_needed=False,
    width=16,
)
SINCE = Column(
    "joined_on",
    gettext_lazy("Tham gia từ ngày"),
    also=("Tham gia từ", "Ngày tham gia", "Ngày vào tổ"),
    is_needed=False,
    width=18,
)
TEAM = Column(
    "team",
    gettext_lazy("Tổ, đội hình"),
    also=("Tổ", "Tên tổ", "Đội hình", "Tổ/đội", "Tổ công nghệ số cộng đồng"),
    is_needed=False,
    width=40,
)
ROLE = Column(
    "role",
    gettext_lazy("Vai trò trong tổ"),
    also=("Vai trò", "Chức vụ", "Chức danh", "Nhiệm vụ"),
    is_needed=False,
    width=18,
)
WRITTEN = (NUMBER, NAME, DISTINCTION, SINCE, TEAM, ROLE)
_IN_TWO = (NUMBER, FAMILY, GIVEN, DISTINCTION, SINCE, TEAM, ROLE)

# Words in the names of columns that are never read: nobody is asked for these numbers.
_PERSONAL = {
    "cccd", "cmnd", "cmt", "can cuoc", "dinh danh", "ho chieu", "sdt", "so dt", "dien thoai",
    "di dong", "zalo", "email", "phone", "bhxh", "bhyt", "tai khoan",
}  # fmt: skip
_SUMS = ("tổng cộng", "tổng số", "tổng:", "cộng:")


@dataclass
class ListRead:
    """The rows of a list, and what was passed over in reading it."""

    rows: list[Listed] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)  # columns that must not be there
    unread: list[str] = field(default_factory=list)  # other columns that are not asked for
    passed: list[str] = field(default_factory=list)  # rows that are nobody, in sentences


def read_list(upload: File[bytes]) -> ListRead:
    """What a workbook says of the members of a unit.

    Raises WorkbookOld, WorkbookUnreadable, WorkbookTooLarge, WorkbookColumnsMissing.
    """
    table = _table(upload)
    found = ListRead(
        personal=[name for name in table.unknown if _is_personal(name)],
        unread=[name for name in table.unknown if not _is_personal(name)],
    )
    is_numbered = any(_number(line) for line in table)
    for line in table:
        if _is_sum(line):
            sentence = _("Từ dòng {line}: dòng tổng và chữ ký.")
            found.passed.append(sentence.format(line=line.number))
            break
        if _is_blank(line):
            continue
        if said := _heading(line, is_numbered=is_numbered):
            sentence = _("Dòng {line}: “{said}” không có số thứ tự, không tính là người.")
            found.passed.append(sentence.format(line=line.number, said=said))
        else:
            found.rows.append(_listed(line))
    return found


def list_sheet(title: str, members: Sequence[Member], places: Iterable[Membership]) -> Sheet:
    """The members with their teams of a day, in the columns that are read."""
    of_member: dict[object, Membership] = {}
    for place in places:
        of_member.setdefault(place.member_id, place)
    rows = [
        _row(number, member, of_member.get(member.pk))
        for number, member in enumerate(members, start=1)
    ]
    return Sheet(title, WRITTEN, rows)


def _row(
    number: int, member: Member, place: Membership | None
) -> tuple[int, str, str, date, str, str]:
    team = place.team.name if place else ""
    role = str(place.get_role_display()) if place else ""
    return (number, member.full_name, member.distinction, member.joined_on, team, role)


def _table(upload: File[bytes]) -> Table:
    try:
        return read_table(upload, WRITTEN)
    except WorkbookColumnsMissing as missing:
        try:
            return read_table(upload, _IN_TWO)
        except WorkbookColumnsMissing:
            raise missing from None


def _is_personal(title: str) -> bool:
    said = f" {search_key(title)} "
    return any(f" {word} " in said for word in _PERSONAL)


def _number(line: Line) -> str:
    return line.text("number")


def _name(line: Line) -> str:
    parts = (line.across("full_name"), line.text("family"), line.text("given"))
    return nfc(" ".join(part for part in parts if part))


def _is_sum(line: Line) -> bool:
    said = [text.lower() for text in (_number(line), _name(line)) if text]
    return any(text in {"tổng", "cộng"} or text.startswith(_SUMS) for text in said)


def _heading(line: Line, *, is_numbered: bool) -> str:
    """What a row says that is no person: one text alone, in a list whose people are numbered."""
    others = [line.text(key) for key in ("joined_on", "team", "role", "distinction")]
    number, name = _number(line), _name(line)
    if any(others) or (name and number.rstrip(".").isdigit()):
        return ""
    return number if not name else name if is_numbered else ""


def _is_blank(line: Line) -> bool:
    """A row that only has a number, or says something in columns that are not read."""
    keys = ("joined_on", "team", "role", "distinction")
    number = _number(line)
    return not any([_name(line), *map(line.text, keys)]) and (not number or number.isdigit())


def _listed(line: Line) -> Listed:
    mistakes = []
    try:
        joined_on = line.day("joined_on")
    except CellMistake as mistake:
        joined_on = None
        mistakes.append(str(mistake))
    return Listed(
        line=line.number,
        full_name=_name(line),
        distinction=line.text("distinction"),
        joined_on=joined_on,
        team=line.text("team"),
        role=line.text("role"),
        mistakes=tuple(mistakes),
    )
