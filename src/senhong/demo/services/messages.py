"""What the volunteer and the leader of the demo have been told, and what they have seen of it."""

from functools import partial

from django.utils.translation import gettext as _

from senhong.accounts.queries import get_user
from senhong.activities.queries import next_activities
from senhong.activities.telling import said_of_moving
from senhong.comms.services import Said, deliver, see_message
from senhong.core import clock
from senhong.demo.services.stage import Stage
from senhong.org.queries import actor_of


def send_messages(stage: Stage) -> None:
    """A welcome that was seen, a hint that was not; and that what is ahead has moved."""
    people = [get_user(name).pk for name in ("tinhnguyen", "totruong")]
    for message in deliver(stage.actor, people, occasion="demo:welcome", say=_welcome):
        see_message(actor_of(message.user_id), message)
    deliver(stage.actor, people, occasion="demo:hint", say=_hint)
    ahead = next_activities(stage.actor, on=clock.today(), team=stage.busiest_crew().team, limit=1)
    for activity in ahead:
        deliver(stage.actor, people, occasion="demo:moved", say=partial(said_of_moving, activity))


def _welcome() -> Said:
    return Said(
        _("Bạn đã vào tổ"),
        _("Tổ trưởng đã nhận bạn vào tổ. Lượt hỗ trợ bạn ghi từ nay được tính."),
        "/activities/",
    )


def _hint() -> Said:
    return Said(
        _("Bật thông báo để không lỡ buổi nào"),
        _("Sen Hồng nhắc bạn trước một ngày, và báo khi đổi lịch. Mở để bật trên máy bạn."),
        "/messages/settings/",
    )
