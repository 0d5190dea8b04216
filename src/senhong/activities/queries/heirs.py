"""What of activities hangs on units that end, and on entries of members that are merged."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from senhong.activities.models import Activity, ActivityKind, ActivityState, Participant
from senhong.org.changes import HeirsAnswer


def planned_of_units(unit_ids: Collection[int]) -> HeirsAnswer:
    """Activities still to come whose teams belong to these units. One query."""
    planned = Activity.objects.filter(
        lead_team__unit__in=unit_ids,
        state__in=[ActivityState.PLANNED, ActivityState.RUNNING],
    ).exclude(kind=ActivityKind.EVERYDAY)
    return HeirsAnswer(
        _("hoạt động chưa kết thúc"),
        planned.count(),
        _("Ở lại với tổ; từ ngày thay đổi được tính cho đơn vị kế thừa."),
    )


def participants_hanging(kept: UUID, merged: UUID) -> HeirsAnswer:
    """Where the entry of a member that is to be merged was present. Two queries."""
    present = Participant.objects.filter(member=merged).there()
    both = Participant.objects.filter(member=kept).there().values("activity")
    twice = present.filter(activity__in=both).count()
    fate = gettext(
        "Chuyển sang mục được giữ. Có mặt hai lần ở cùng một hoạt động ({twice}) thì tính một lần, "
        "số lượt đoàn viên được trừ lại."
    )
    return HeirsAnswer(_("lần có mặt"), present.count(), fate.format(twice=twice))
