"""Rules of signing up, waiting, checking in and being there."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class SeatsOutOfRange(DomainError):
    """An activity has from 1 to 1,000 seats, or no limit."""

    most: int
    code = "seats-out-of-range"
    status = 422
    message = _("Số chỗ từ 1 đến {most}. Không giới hạn thì hãy để trống.")


@dataclass(eq=False, kw_only=True)
class CancelHoursOutOfRange(DomainError):
    """Own cancellation ends from 0 to 336 hours before the start."""

    most: int
    code = "cancel-hours-out-of-range"
    status = 422
    message = _("Hạn tự hủy từ 0 đến {most} giờ trước khi bắt đầu.")


@dataclass(eq=False, kw_only=True)
class SeatsTaken(DomainError):
    """Seats are not taken away from those who hold them."""

    taken: int
    code = "seats-taken"
    message = _(
        "Đã có {taken} người giữ chỗ, nên số chỗ không thể ít hơn. Hãy báo và hủy đăng ký của "
        "người thừa trước."
    )


@dataclass(eq=False, kw_only=True)
class SignUpOver(DomainError):
    """One signs up before the activity starts; then one simply comes."""

    activity: str
    code = "sign-up-over"
    message = _(
        "Hoạt động “{activity}” đã bắt đầu nên không đăng ký nữa. Hãy đến nơi và điểm danh với "
        "tổ trưởng."
    )


@dataclass(eq=False, kw_only=True)
class OverlapsOther(DomainError):
    """Nobody is at two places at once, unless she says that she knows."""

    other: str
    starts_at: datetime
    code = "overlaps-other"
    message = _(
        "Trùng giờ với “{other}”, bắt đầu lúc {starts_at}. Nếu vẫn muốn đăng ký thì hãy xác nhận."
    )


@dataclass(eq=False, kw_only=True)
class CancelTooLate(DomainError):
    """After the deadline only the leader cancels a sign-up: others had counted on it."""

    until: datetime
    code = "cancel-too-late"
    message = _("Hạn tự hủy là {until}, đã qua. Hãy gọi cho tổ trưởng để báo.")


@dataclass(eq=False, kw_only=True)
class NotSignedUp(DomainError):
    """Only who is in the list can be changed in it."""

    activity: str
    code = "not-signed-up"
    message = _("Chưa có đăng ký trong hoạt động “{activity}”. Hãy đăng ký trước.")


@dataclass(eq=False, kw_only=True)
class StateNotPossible(DomainError):
    """A participant goes from state to state as the table of states allows."""

    state: str | Promise
    wanted: str | Promise
    code = "state-not-possible"
    message = _("Đang là “{state}”, không chuyển sang “{wanted}” được. Hãy tải lại trang rồi xem.")


@dataclass(eq=False, kw_only=True)
class NotInMovement(DomainError):
    """Who takes part stands in the list of a team."""

    code = "not-in-movement"
    message = _(
        "Tài khoản này chưa gắn với thành viên nào. Nếu bạn vừa xin vào tổ, hãy chờ tổ trưởng xác "
        "nhận."
    )


@dataclass(eq=False, kw_only=True)
class CheckInCodeWrong(DomainError):
    """The code is the one that the leader's screen showed."""

    code = "check-in-code-wrong"
    status = 422
    message = _("Mã điểm danh không đúng. Hãy nhìn lại màn hình của tổ trưởng rồi nhập lại.")


@dataclass(eq=False, kw_only=True)
class CheckInCodeExpired(DomainError):
    """A code is valid for a minute and a little."""

    code = "check-in-code-expired"
    status = 422
    message = _("Mã điểm danh đã cũ. Hãy nhập mã đang hiện trên màn hình của tổ trưởng.")


@dataclass(eq=False, kw_only=True)
class SeriesOutOfRange(DomainError):
    """A series goes on for 1 to 52 weeks."""

    most: int
    code = "series-out-of-range"
    status = 422
    message = _("Lặp lại từ 1 đến {most} tuần. Hãy xem lại số tuần hoặc ngày cuối.")
