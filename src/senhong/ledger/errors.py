"""Rules of the ledger, by the name of the rule."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError
from senhong.org.models import Unit


class Relatives(tuple[Unit, ...]):
    """The units that a unit became or came from; said with their keys."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(f"{unit.title} ({unit.key})" for unit in self) or "–"


@dataclass(eq=False, kw_only=True)
class UnitNotOnMap(DomainError):
    """The unit does not stand on the map that was asked for, or on any day of the period."""

    unit: str
    on: date
    related: Relatives
    code = "unit-not-on-map"
    status = 422
    message = _(
        "{unit} không có trên bản đồ đơn vị ngày {on}. Hãy xem đơn vị kế thừa hoặc tiền thân: "
        "{related}."
    )


@dataclass(eq=False, kw_only=True)
class MapEnded(UnitNotOnMap):
    """The whole period lies after the last day of the map that was asked for."""

    until: date
    code = "map-ended"
    message = _(
        "Bản đồ đơn vị ngày {on} chỉ có đến hết {until}, trước kỳ này. Hãy đọc trên bản đồ của "
        "ngày: {related}."
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
    advice: str | Promise  # what to choose instead, fitting what was asked
    code = "too-many-figures"
    status = 422
    message = _("Câu hỏi có hơn {limit} số liệu. Hãy chọn {advice}.")


@dataclass(eq=False, kw_only=True)
class PeriodTooLong(DomainError):
    """A period that is broken down in time has a limited number of years."""

    years: int
    code = "period-too-long"
    status = 422
    message = _("Kỳ dài hơn {years} năm thì không chia nhỏ được. Hãy chọn kỳ ngắn hơn.")


@dataclass(eq=False, kw_only=True)
class VersionToCome(DomainError):
    """A new definition holds from today or from a day before, never from a day to come."""

    indicator: str
    from_on: date
    code = "version-to-come"
    status = 422
    message = _(
        "{from_on} chưa tới. Bản định nghĩa mới của “{indicator}” bắt đầu từ hôm nay hoặc một ngày "
        "đã qua; hãy đổi vào đúng ngày ấy."
    )


@dataclass(eq=False, kw_only=True)
class VersionOutOfOrder(DomainError):
    """A definition is followed by a later one; what is between two that were is not rewritten."""

    indicator: str
    newest_on: date
    code = "version-out-of-order"
    status = 422
    message = _(
        "“{indicator}” đã có bản định nghĩa từ {newest_on}. Hãy chọn ngày ấy để sửa chính bản đó, "
        "hoặc một ngày sau đó."
    )
