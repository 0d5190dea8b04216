"""The rules of plans and targets that may not be met."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class PlanInRing(DomainError):
    """A plan or directive never hangs below itself."""

    name: str
    code = "plan-in-ring"
    status = 422
    message = _("“{name}” nằm bên dưới chính mục này. Hãy chọn mục cấp trên khác.")


@dataclass(eq=False, kw_only=True)
class PlanDaysDisordered(DomainError):
    """What has dates ends on the day it begins or later."""

    first_on: date
    last_on: date
    code = "plan-days-disordered"
    status = 422
    message = _("Ngày kết thúc ({last_on}) sớm hơn ngày bắt đầu ({first_on}). Hãy sửa lại.")


@dataclass(eq=False, kw_only=True)
class TargetOutsidePlan(DomainError):
    """A plan sets targets for its own unit and the units below it."""

    unit: str
    plan: str
    code = "target-outside-plan"
    status = 422
    message = _("{unit} không thuộc đơn vị của “{plan}”. Hãy chọn đơn vị khác hoặc kế hoạch khác.")


@dataclass(eq=False, kw_only=True)
class TargetUnitNotStanding(DomainError):
    """A target is for a unit that stands on at least one day of its period."""

    unit: str
    code = "target-unit-not-standing"
    status = 422
    message = _("{unit} không tồn tại trong kỳ này. Hãy chọn đơn vị hoặc kỳ khác.")


@dataclass(eq=False, kw_only=True)
class TargetQuantityTooSmall(DomainError):
    """A target is at least one."""

    quantity: int
    code = "target-quantity-too-small"
    status = 422
    message = _("Mức chỉ tiêu là {quantity}. Hãy nhập từ 1 trở lên.")


@dataclass(eq=False, kw_only=True)
class PaceDisordered(DomainError):
    """Ahead begins above on pace, and both above nothing."""

    ahead_percent: int
    on_pace_percent: int
    code = "pace-disordered"
    status = 422
    message = _(
        "Ngưỡng vượt nhịp ({ahead_percent} %) phải cao hơn ngưỡng đúng nhịp "
        "({on_pace_percent} %), và cả hai phải lớn hơn 0."
    )


@dataclass(eq=False, kw_only=True)
class PaceNotOfProvince(DomainError):
    """The thresholds of pace are a province's."""

    unit: str
    code = "pace-not-of-province"
    status = 422
    message = _("{unit} không phải là tỉnh. Ngưỡng nhịp độ đặt chung cho cả tỉnh.")
