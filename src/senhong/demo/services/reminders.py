"""What the office has asked of some communes today, and what one of them has seen."""

from senhong.accounts.queries import get_user
from senhong.comms.models import Subject
from senhong.comms.services import About, remind, see_reminder
from senhong.core import clock
from senhong.core.days import as_day
from senhong.demo.services.stage import Stage, units_below
from senhong.org.models import Unit
from senhong.org.queries import actor_of, landed_unit

_COMMUNES = 5  # that are reminded beside the one of the demo's secretary
_WORDS = {
    Subject.QUIET_TEAMS: "Có tổ đã lâu chưa hoạt động. Mời tổ lên lịch buổi tới trong tuần này.",
    Subject.SILENT: (
        "Mấy ngày nay chưa thấy đơn vị ghi hoạt động nào. Nếu đã làm, mời ghi vào hệ thống; nếu "
        "vướng điều gì, mời báo lại để cùng gỡ."
    ),
}


def send_reminders(stage: Stage, province: Unit) -> None:
    """Two sendings of the office; the secretary has seen the first, and the bell rings for one."""
    today = as_day(clock.today())
    hers = landed_unit(stage.busiest_crew().team.unit_id, today)
    communes = [hers, *(u for u in units_below(province, today)["commune"] if u != hers)]
    office, secretary = (actor_of(get_user(name).pk) for name in ("tinhdoan", "bithu"))
    for kind, words in _WORDS.items():
        told = remind(
            office, stage.ids.next("reminder"), units=communes[: 1 + _COMMUNES], words=words,
            about=About(kind),
        )  # fmt: skip
        if kind is Subject.QUIET_TEAMS:
            see_reminder(secretary, told.sent[0])
