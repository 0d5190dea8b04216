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


@dataclass(eq=False, kw_only=True)
class TargetIsShare(DomainError):
    """A share changes only with the split that it comes from, so that the whole stays its sum."""

    unit: str
    code = "target-is-share"
    message = _(
        "Chỉ tiêu này là một phần chỉ tiêu của {unit}. Hãy chia lại từ chỉ tiêu đó, "
        "để các phần vẫn cộng đúng."
    )


@dataclass(eq=False, kw_only=True)
class TargetIsSplit(DomainError):
    """The quantity of a target that was split changes together with its shares."""

    code = "target-is-split"
    message = _("Chỉ tiêu này đã chia. Hãy đổi mức trong trang “Chia chỉ tiêu”, cùng với các phần.")


@dataclass(eq=False, kw_only=True)
class SplitNotExact(DomainError):
    """Shares add up to the whole, to the last unit."""

    whole: int
    total: int
    code = "split-not-exact"
    status = 422
    message = _("Các phần cộng lại là {total}, khác mức chung {whole}. Hãy sửa cho bằng nhau.")


@dataclass(eq=False, kw_only=True)
class ShareNotBelow(DomainError):
    """A target is split among the units directly below and the unit itself, each once."""

    unit: str
    code = "share-not-below"
    status = 422
    message = _("{unit} không nằm ngay dưới đơn vị có chỉ tiêu này, hoặc có tên hai lần.")


@dataclass(eq=False, kw_only=True)
class ShareOutOfRange(DomainError):
    """A share is a whole number from 0 on."""

    quantity: int
    code = "share-out-of-range"
    status = 422
    message = _("Một phần là {quantity}. Hãy nhập số nguyên từ 0 trở lên.")


@dataclass(eq=False, kw_only=True)
class ShareOfAnother(DomainError):
    """A unit's target for a plan, an indicator and a period is a share of one whole."""

    unit: str
    code = "share-of-another"
    message = _("Chỉ tiêu của {unit} đã là một phần của chỉ tiêu khác. Hãy bỏ phần chia đó trước.")


@dataclass(eq=False, kw_only=True)
class SplitOvertaken(DomainError):
    """Somebody changed the target while a split of it was being prepared."""

    code = "split-overtaken"
    message = _("Vừa có người đổi chỉ tiêu này. Hãy mở lại trang để xem mức mới rồi chia tiếp.")


@dataclass(eq=False, kw_only=True)
class NothingToSplit(DomainError):
    """A target is split where units stand below its unit."""

    unit: str
    code = "nothing-to-split"
    status = 422
    message = _("{unit} không có đơn vị nào bên dưới trong kỳ này để chia.")
