"""The list "Cần bạn": what asks for the reader, and what she can do about it."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from senhong.activities.queries import waiting_number
from senhong.board.queries import DayTree, Spot, UnitBoard
from senhong.board.queries.needs import QUIET_DAYS, SILENT_DAYS, NeedLine
from senhong.board.queries.period import Period
from senhong.comms.models import Subject
from senhong.core.actor import Actor
from senhong.core.days import as_date
from senhong.org.models import Level, Unit
from senhong.plans.cards import WORDS
from senhong.web.components import Need

NAMED = 4  # units that are named before "và … khác"
LATE = 3  # targets that are listed

TITLES: dict[Subject, str | Promise] = {
    Subject.BEHIND: ngettext_lazy(
        "{number} đơn vị chậm chỉ tiêu", "{number} đơn vị chậm chỉ tiêu", "number"
    ),
    Subject.IDLE: ngettext_lazy(
        "{number} xã, phường có tổ nhưng chưa có hoạt động nào trong kỳ",
        "{number} xã, phường có tổ nhưng chưa có hoạt động nào trong kỳ", "number",
    ),
    Subject.SILENT: ngettext_lazy(
        "{number} xã, phường im lặng từ {days} ngày trở lên",
        "{number} xã, phường im lặng từ {days} ngày trở lên", "number",
    ),
    Subject.TEAMLESS: ngettext_lazy(
        "{number} xã, phường chưa có tổ thanh niên CĐS cộng đồng",
        "{number} xã, phường chưa có tổ thanh niên CĐS cộng đồng", "number",
    ),
    Subject.QUIET_TEAMS: ngettext_lazy(
        "{number} tổ chưa hoạt động từ {quiet} ngày trở lên",
        "{number} tổ chưa hoạt động từ {quiet} ngày trở lên", "number",
    ),
    Subject.OTHER: ngettext_lazy("{number} đơn vị", "{number} đơn vị", "number"),
}  # fmt: skip
# What may be sent as it stands.
WORDS_READY: dict[Subject, str | Promise] = {
    Subject.BEHIND: gettext_lazy(
        "Đơn vị ta đang chậm chỉ tiêu so với mốc hôm nay. Mời xem lại kế hoạch và lên lịch hoạt "
        "động trong tuần này."
    ),
    Subject.IDLE: gettext_lazy(
        "Từ đầu kỳ đến nay chưa thấy hoạt động nào của đơn vị. Nếu đã làm, mời ghi vào hệ thống; "
        "nếu chưa, mời lên lịch trong tuần này."
    ),
    Subject.SILENT: gettext_lazy(
        "Mấy ngày nay chưa thấy đơn vị ghi hoạt động nào. Nếu đã làm, mời ghi vào hệ thống; nếu "
        "vướng điều gì, mời báo lại để cùng gỡ."
    ),
    Subject.TEAMLESS: gettext_lazy(
        "Đơn vị chưa có tổ thanh niên CĐS cộng đồng. Mời lập tổ và ghi vào hệ thống để bắt đầu "
        "ghi lượt hỗ trợ."
    ),
    Subject.QUIET_TEAMS: gettext_lazy(
        "Có tổ đã lâu chưa hoạt động. Mời tổ lên lịch buổi tới; nếu tổ không còn người, mời đơn "
        "vị báo lại."
    ),
    Subject.OTHER: "",
}


def needs_shown(actor: Actor, board: UnitBoard) -> list[Need]:
    """Worst first; empty when nothing asks for anybody."""
    if not actor.can("activity.view", at=board.unit.path):
        return []
    may_remind = actor.can("reminder.send", at=board.unit.path)
    return [
        *_waiting(actor, board),
        *_late(board),
        *(_need(board, subject, may_remind=may_remind) for subject in board.needs.lines),
    ]


def _waiting(actor: Actor, board: UnitBoard) -> Iterator[Need]:
    """Help that counts only when somebody accepts it."""
    unit = board.unit
    if not actor.can("help.review", at=unit.path):
        return
    if number := waiting_number(actor, unit=unit, on=as_date(board.period.last)):
        said = ngettext("{number} lượt chờ duyệt", "{number} lượt chờ duyệt", number)
        yield Need(
            title=said.format(number=number_format(number)),
            text=_("Chỉ được tính vào số liệu sau khi duyệt."),
            url=reverse("activities:review-unit", args=[unit.key]),
            action=_("Duyệt"),
        )


def _late(board: UnitBoard) -> Iterator[Need]:
    for each in board.needs.late[:LATE]:
        target = each.target
        text = _("{word}. Cần thêm {missing} {measure} để kịp mốc hôm nay.").format(
            word=WORDS[each.state],
            missing=number_format(each.expected - each.figure),
            measure=target.indicator.measure,
        )
        url = reverse("plans:target", args=[target.pk])
        yield Need(title=target.indicator.title, text=text, url=url, action=_("Xem"))


def _need(board: UnitBoard, subject: Subject, *, may_remind: bool) -> Need:
    needs, list_url = board.needs, needs_url(board.unit, subject, board.period)
    lines, waiting = needs.lines[subject], needs.waiting(subject)
    return Need(
        title=title_of(subject, lines),
        text=named(board.tree, lines),
        note=_done(len(lines) - len(waiting), len(lines)) if may_remind else "",
        list_url=list_url,
        url=f"{list_url}#remind" if may_remind and waiting else "",
        action=remind_action(waiting),
    )


def needs_url(unit: Unit, subject: Subject, period: Period) -> str:
    """Everybody who needs it, seen as the first page sees it."""
    view = "" if period.span == "plan" else f"&period={period.span}"
    view += "&map=today" if period.on else ""
    return f"{reverse('board:needs', args=[unit.key])}?about={subject}{view}"


def title_of(subject: Subject, lines: Sequence[NeedLine]) -> str:
    """ "9 xã, phường im lặng từ 7 ngày trở lên"."""
    quiet = sum(len(line.teams) for line in lines)
    number = quiet if subject is Subject.QUIET_TEAMS else len(lines)
    facts = {"number": number, "days": SILENT_DAYS, "quiet": QUIET_DAYS}
    return str(TITLES[subject] % {"number": number}).format(**facts)


def remind_action(lines: Sequence[NeedLine]) -> str:
    """ "Nhắc 9 xã"; of other levels "Nhắc 9 đơn vị"."""
    number = len(lines)
    if all(line.spot.unit.level == Level.COMMUNE for line in lines):
        return ngettext("Nhắc {number} xã", "Nhắc {number} xã", number).format(number=number)
    said = ngettext("Nhắc {number} đơn vị", "Nhắc {number} đơn vị", number)
    return said.format(number=number)


def _done(number: int, of: int) -> str:
    """How many were reminded today."""
    if not number:
        return ""
    if number == of:
        return _("Hôm nay đã nhắc tất cả.")
    said = ngettext("Đã nhắc {number} đơn vị hôm nay.", "Đã nhắc {number} đơn vị hôm nay.", number)
    return said.format(number=number)


def named(tree: DayTree, lines: Sequence[NeedLine]) -> str:
    """ "Bình Thạnh (12 ngày), An Phước (9 ngày) và 5 nơi khác"."""
    called = tree.names([line.spot for line in lines], short=True)
    names = ", ".join(_with_days(called, line.spot, line.days) for line in lines[:NAMED])
    more = len(lines) - NAMED
    return _("{names} và {more} nơi khác").format(names=names, more=more) if more > 0 else names


def _with_days(called: dict[int, str], spot: Spot, days: int | None) -> str:
    if days is None:
        return called[spot.id]
    said = ngettext("{unit} ({days} ngày)", "{unit} ({days} ngày)", days)
    return said.format(unit=called[spot.id], days=days)


def reason_of(line: NeedLine) -> str:
    """Why the unit is on the list, for who looks at it alone."""
    if line.late:
        return ", ".join(each.target.indicator.title for each in line.late)
    if line.teams:
        return "; ".join(_team(each.team.name, each.last_on) for each in line.teams)
    if line.days is not None:
        said = ngettext("im lặng {days} ngày", "im lặng {days} ngày", line.days)
        return said.format(days=line.days)
    return ""


def _team(name: str, last_on: object) -> str:
    if last_on is None:
        return _("{team}: chưa có hoạt động nào").format(team=name)
    day = date_format(last_on, "SHORT_DATE_FORMAT")  # type: ignore[arg-type]  # a date
    return _("{team}: lần cuối {day}").format(team=name, day=day)
