from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class BodyUnreadable(DomainError):
    """What a phone sends is a JSON object with a list of acts."""

    code = "body-unreadable"
    status = 400
    message = _(
        "Không đọc được gói lượt ghi này. Máy chủ đã giữ lại nguyên văn cho văn phòng xem; trên "
        "máy các lượt vẫn còn, hãy gửi lại."
    )


@dataclass(eq=False, kw_only=True)
class BodyTooLarge(DomainError):
    """A sending has a largest size, unpacked."""

    most_mb: float
    code = "body-too-large"
    status = 422
    message = _("Gói lượt ghi lớn hơn {most_mb} MB. Hãy gửi ít lượt hơn mỗi lần.")


@dataclass(eq=False, kw_only=True)
class TooManyActs(DomainError):
    """One sending holds at most 200 acts; of a longer one nothing is recorded."""

    most: int
    code = "too-many-acts"
    status = 422
    message = _("Mỗi lần gửi nhiều nhất {most} lượt. Chưa ghi lượt nào: hãy chia ra rồi gửi lại.")


@dataclass(eq=False, kw_only=True)
class ActMalformed(DomainError):
    """An act has the keys of its type, each with a value of its kind."""

    key: str
    problem: str | Promise
    code = "act-malformed"
    status = 422
    message = _("Lượt ghi chưa đúng mẫu, mục “{key}”: {problem}. Cần sửa mục ấy rồi gửi lại.")


@dataclass(eq=False, kw_only=True)
class WaitsForAnother(DomainError):
    """An act that goes on from another is judged when that one has arrived."""

    act: str
    code = "waits-for-another"
    message = _("Lượt này nối tiếp lượt {act} chưa tới máy chủ. Khi lượt ấy tới, nó tự được ghi.")


@dataclass(eq=False, kw_only=True)
class WaitsForSignUp(DomainError):
    """Who confirms or cancels has signed up, though that may still be on its way."""

    activity: str
    act: UUID  # under which it is found when the sign-up comes
    code = "waits-for-sign-up"
    message = _(
        "Chưa thấy đăng ký tham gia “{activity}” trên máy chủ. Khi đăng ký ấy tới, lượt này tự "
        "được ghi."
    )


@dataclass(eq=False, kw_only=True)
class Overlaps(DomainError):
    """Nobody signs up for two places at once by a slip: the phone asks first."""

    other: str
    starts_at: datetime
    code = "overlaps"
    message = _(
        "Trùng giờ với “{other}”, bắt đầu lúc {starts_at}. Nếu vẫn muốn tham gia cả hai thì hãy "
        "xác nhận để đăng ký."
    )


@dataclass(eq=False, kw_only=True)
class TooManyKept(DomainError):
    """Of one person only so much is kept aside in a day."""

    most: int
    code = "too-many-kept"
    status = 429
    message = _(
        "Hôm nay máy chủ đã giữ lại quá nhiều lượt không ghi được của bạn (nhiều nhất {most} lượt "
        "mỗi ngày). Lượt này vẫn còn trên máy: hãy cập nhật ứng dụng, hoặc gửi lại vào ngày mai."
    )


@dataclass(eq=False, kw_only=True)
class KeptActDecided(DomainError):
    """What was kept is decided once."""

    state: str | Promise
    code = "kept-act-decided"
    message = _("Lượt giữ lại này: {state}. Không cần làm gì thêm.")


@dataclass(eq=False, kw_only=True)
class KeptActStands(DomainError):
    """A kept act that is sent on is recorded, or it stays where it is."""

    why: str
    code = "kept-act-stands"
    status = 422
    message = _("Chưa ghi được: {why} Hãy sửa nội dung rồi gửi lại, hoặc bỏ lượt này.")


@dataclass(eq=False, kw_only=True)
class ExportUnreadable(DomainError):
    """A file of acts is one that the app for phones has made."""

    code = "export-unreadable"
    status = 422
    message = _(
        "Tệp này không phải tệp lượt ghi do ứng dụng xuất ra. Trên máy của người ghi, hãy mở Hộp "
        "gửi, bấm Xuất ra tệp rồi gửi lại tệp mới."
    )


@dataclass(eq=False, kw_only=True)
class ExportOfStranger(DomainError):
    """Acts come in for somebody of one's own teams."""

    code = "export-of-stranger"
    status = 422
    message = _(
        "Tệp này của một người không ở trong tổ nào mà bạn phụ trách. Hãy gửi tệp cho tổ trưởng "
        "của người ấy."
    )


@dataclass(eq=False, kw_only=True)
class ExportChanged(DomainError):
    """What was shown is what is recorded."""

    code = "export-changed"
    status = 422
    message = _("Trang xem trước đã cũ hoặc bị thay đổi. Hãy chọn lại tệp.")
