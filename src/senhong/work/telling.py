"""What people are told about tasks, in words."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senhong.comms.services import Said
from senhong.core import clock
from senhong.work.models import NoticeKind, Task
from senhong.work.queries.digests import Digest
from senhong.work.queries.notices import NoticeDue
from senhong.work.queries.told import Told

_LINES = 10  # of one message
_WORDS = 300  # of what somebody wrote


def said_of_giving(told: Told) -> Said:
    words = _("{giver} giao cho {unit}. {due}")
    return _about(
        told.task,
        _("Việc mới: {title}"),
        words.format(
            giver=told.task.by_unit.title, unit=told.task.unit.title, due=due_words(told.task)
        ),
    )


def said_of_sending(told: Told) -> Said:
    """To many units at once: each finds its own task behind the link."""
    words = _("{giver} giao cho đơn vị bạn. {due}")
    due_at = told.event.facts.get("due_at") or told.task.due_at
    said = words.format(giver=told.task.unit.title, due=_due(due_at))
    return _about(told.task, _("Việc mới: {title}"), said, is_sent=True)


def said_of_handing_in(told: Told) -> Said:
    if told.event.facts.get("accepted"):
        words = _("{unit} đã nộp kết quả; việc này không cần duyệt.")
        return _about(told.task, _("Đã xong: {title}"), words.format(unit=told.task.unit.title))
    words = _("{unit} đã nộp kết quả, chờ bạn xem.")
    return _about(told.task, _("Chờ duyệt: {title}"), words.format(unit=told.task.unit.title))


def said_of_returning(told: Told) -> Said:
    lines = [_("Lý do: {reason}").format(reason=told.event.facts["reason"]), due_words(told.task)]
    return _about(told.task, _("Bị trả lại: {title}"), "\n".join(lines))


def said_of_accepting(told: Told) -> Said:
    words = _("{giver} đã nhận kết quả của {unit}.")
    return _about(
        told.task,
        _("Đã nhận kết quả: {title}"),
        words.format(giver=told.task.by_unit.title, unit=told.task.unit.title),
    )


def said_of_reaching(told: Told) -> Said:
    words = _("Số liệu của {unit} đã đạt mức giao, nhiệm vụ tự hoàn thành.")
    return _about(told.task, _("Đã đạt: {title}"), words.format(unit=told.task.unit.title))


def said_of_asking(told: Told) -> Said:
    asked = told.extension
    words = _("{unit} xin tới {until}. Lý do: {reason}")
    said = words.format(
        unit=told.task.unit.title,
        until=instant(asked.asked_due_at) if asked else "",
        reason=asked.reason if asked else "",
    )
    return _about(told.task, _("Xin gia hạn: {title}"), said)


def said_of_granting(told: Told) -> Said:
    until = told.extension.granted_due_at if told.extension else None
    said = _("Hạn mới: {due}.").format(due=instant(until) if until else "")
    return _about(told.task, _("Được gia hạn: {title}"), said)


def said_of_refusing(told: Told) -> Said:
    reason = told.extension.words if told.extension else ""
    said = _("Lý do: {reason}").format(reason=reason)
    return _about(told.task, _("Không được gia hạn: {title}"), f"{said}\n{due_words(told.task)}")


def said_of_calling(told: Told) -> Said:
    """By name, in a comment."""
    comment = told.comment
    words = f"{comment.by or ''}: {comment.words[:_WORDS]}" if comment else ""
    return _about(told.task, _("Nhắc tên bạn: {title}"), words)


def said_of_cancelling(told: Told) -> Said:
    words = _("Lý do: {reason}").format(reason=told.event.facts.get("reason", ""))
    return _about(told.task, _("Đã hủy: {title}"), words, is_sent=told.task.is_sent)


def said_of_pausing(told: Told) -> Said:
    words = _("Lý do: {reason}").format(reason=told.event.facts.get("reason", ""))
    return _about(told.task, _("Tạm dừng: {title}"), words)


def said_of_resuming(told: Told) -> Said:
    return _about(told.task, _("Làm tiếp: {title}"), due_words(told.task))


def said_of_new_deadline(told: Told) -> Said:
    return _about(told.task, _("Đổi hạn: {title}"), due_words(told.task))


def said_of_taking_over(number: int, old: str, new: str) -> Said:
    words = ngettext(
        "{number} nhiệm vụ của {old} nay do {new} làm tiếp; hạn và lịch sử giữ nguyên.",
        "{number} nhiệm vụ của {old} nay do {new} làm tiếp; hạn và lịch sử giữ nguyên.",
        number,
    )
    said = words.format(number=number, old=old, new=new)
    return Said(_("Việc chuyển từ đơn vị cũ"), said, reverse("work:tasks"))


def said_of_reminding(task: Task, words: str) -> Said:
    """What somebody above wrote."""
    return _about(task, _("Nhắc kết quả: {title}"), words, is_sent=True)


def said_in_the_morning(notices: Sequence[NoticeDue], digest: Digest | None) -> Said:
    """Reminders first, line by line; then how the day looks."""
    lines = [_line(each) for each in notices[:_LINES]]
    if len(notices) > _LINES:
        more = len(notices) - _LINES
        said = ngettext("… và {number} việc nữa.", "… và {number} việc nữa.", more)
        lines.append(said.format(number=more))
    if digest:
        lines += _day(digest)
    return Said(_subject(notices, digest), "\n".join(lines), _link(notices))


def _subject(notices: Sequence[NoticeDue], digest: Digest | None) -> str:
    if not notices:
        return _("Việc hôm nay")
    if len(notices) == 1 and digest is None:
        return _line(notices[0])
    number = len(notices)
    late = sum(each.kind == NoticeKind.ESCALATE for each in notices)
    if late == number:
        said = ngettext("Cấp dưới quá hạn: {number} việc", "Cấp dưới quá hạn: {number} việc", late)
    else:
        said = ngettext("Nhắc hạn: {number} việc", "Nhắc hạn: {number} việc", number)
    return said.format(number=number)


def _line(due: NoticeDue) -> str:
    """Which task, and how near or far its deadline is."""
    title, unit = due.task.brief.title, due.task.unit.title
    if due.kind == NoticeKind.ESCALATE:
        said = _("{unit} {late}: {title}")
        return said.format(unit=unit, late=nearness(due.task), title=title)
    return _("{late}: {title}").format(late=_capital(nearness(due.task)), title=title)


def nearness(task: Task) -> str:
    """How many days are left, or it is late."""
    if task.due_at is None:
        return ""
    now = clock.now()
    days = (clock.date_of(task.due_at) - clock.today()).days
    if task.due_at < now and days == 0:
        return _("quá hạn từ {hour}").format(hour=f"{timezone.localtime(task.due_at):%H:%M}")
    if days < 0:
        said = ngettext("quá hạn {days} ngày", "quá hạn {days} ngày", -days)
        return said.format(days=-days)
    if days == 0:
        return _("hạn hôm nay {hour}").format(hour=f"{timezone.localtime(task.due_at):%H:%M}")
    return ngettext("còn {days} ngày", "còn {days} ngày", days).format(days=days)


def _day(digest: Digest) -> list[str]:
    counts = [
        (_("Quá hạn"), digest.overdue),
        (_("Hạn hôm nay"), digest.today),
        (_("Hạn trong tuần"), digest.week),
        (_("Bị trả lại, chưa nộp lại"), digest.returned),
        (_("Kết quả chờ bạn duyệt"), digest.waiting),
    ]
    return [f"{label}: {number}" for label, number in counts if number]


def _link(notices: Sequence[NoticeDue]) -> str:
    """The task, or that from which all of them were sent; else the list."""
    ids = {each.task.pk for each in notices}
    sent = {each.task.parent_id for each in notices if each.task.is_parcel}
    if len(ids) == 1:
        return reverse("work:task", args=[*ids])
    if len(sent) == 1 and all(each.kind == NoticeKind.ESCALATE for each in notices):
        return reverse("work:task", args=[*sent])
    return reverse("work:tasks")


def due_words(task: Task) -> str:
    return _due(task.due_at)


def _due(at: datetime | str | None) -> str:
    if at is None:
        return _("Không có hạn.")
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return _("Hạn {due}.").format(due=instant(moment))


def instant(at: datetime) -> str:
    """As people say it: 17:00 27/03/2026."""
    wall = timezone.localtime(at)
    return f"{wall:%H:%M} {date_format(wall, 'SHORT_DATE_FORMAT')}"


def _about(task: Task, subject: str, words: str, *, is_sent: bool = False) -> Said:
    page = "work:ours" if is_sent else "work:task"
    return Said(subject.format(title=task.brief.title), words, reverse(page, args=[task.pk]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
