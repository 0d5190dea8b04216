"""What a change of the map means for plans and targets: asked by its dry run."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.days import as_day
from senhong.org.changes import HeirsAnswer
from senhong.plans.models import Plan, Target


def plans_hanging(unit_ids: Collection[int]) -> HeirsAnswer:
    """Plans of these units that are not over today. One query."""
    today = as_day(clock.today())
    number = Plan.objects.filter(unit__in=unit_ids, to_day__gt=today).count()
    return HeirsAnswer(_("kế hoạch"), number, _("Đơn vị kế thừa tiếp tục thực hiện và đọc được."))


def targets_hanging(unit_ids: Collection[int]) -> HeirsAnswer:
    """Targets of these units that are not over today. One query."""
    today = as_day(clock.today())
    number = Target.objects.asked().filter(unit__in=unit_ids, to_day__gt=today).count()
    fate = _("Giữ nguyên, tính đến ngày đơn vị kết thúc; đơn vị kế thừa đặt chỉ tiêu mới.")
    return HeirsAnswer(_("chỉ tiêu"), number, fate)
