"""What of activities hangs on units that end."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from senhong.activities.models import Activity, ActivityState
from senhong.org.changes import HeirsAnswer


def planned_of_units(unit_ids: Collection[int]) -> HeirsAnswer:
    """Activities still to come whose teams belong to these units. One query."""
    planned = Activity.objects.filter(
        lead_team__unit__in=unit_ids,
        state__in=[ActivityState.PLANNED, ActivityState.RUNNING],
    )
    return HeirsAnswer(
        _("hoạt động chưa kết thúc"),
        planned.count(),
        _("Ở lại với tổ; từ ngày thay đổi được tính cho đơn vị kế thừa."),
    )
