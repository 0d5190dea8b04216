"""Rules of the ledger, by the name of the rule."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class UnitNotOnMap(DomainError):
    """The unit does not stand on the map that was asked for."""

    unit: str
    on: date
    related: str  # the units it became or came from, with their keys
    code = "unit-not-on-map"
    status = 422
    message = _(
        "{unit} không có trên bản đồ đơn vị ngày {on}. Hãy xem đơn vị kế thừa hoặc tiền thân: "
        "{related}."
    )


@dataclass(eq=False, kw_only=True)
class UnknownIndicator(DomainError):
    """There is no indicator with this code."""

    indicator: str
    code = "unknown-indicator"
    status = 422
    message = _("Không có chỉ tiêu đếm “{indicator}”. Hãy chọn mã trong danh sách chỉ tiêu.")


@dataclass(eq=False, kw_only=True)
class IndicatorCodeTaken(DomainError):
    """A code names one indicator for ever."""

    indicator: str
    code = "indicator-code-taken"
    message = _("Mã “{indicator}” đã dùng cho chỉ tiêu khác. Hãy chọn mã khác.")


@dataclass(eq=False, kw_only=True)
class IndicatorFixed(DomainError):
    """Code and nature of an indicator never change: figures already read would mean another
    thing."""

    indicator: str
    code = "indicator-fixed"
    status = 422
    message = _("Mã và cách đọc của chỉ tiêu “{indicator}” không đổi được. Hãy lập chỉ tiêu mới.")


@dataclass(eq=False, kw_only=True)
class PeriodReversed(DomainError):
    """A period ends on or after the day it begins."""

    first: date
    last: date
    code = "period-reversed"
    status = 422
    message = _("Ngày cuối {last} đứng trước ngày đầu {first}. Hãy đổi lại.")


@dataclass(eq=False, kw_only=True)
class TooManyFigures(DomainError):
    """One answer holds a limited number of figures."""

    limit: int
    code = "too-many-figures"
    status = 422
    message = _(
        "Câu hỏi có hơn {limit} số liệu. Hãy chọn kỳ ngắn hơn, ít chỉ tiêu hơn hoặc gộp theo tháng."
    )
