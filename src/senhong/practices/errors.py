"""Rules of practices, by the name of the rule."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class PracticeToCome(DomainError):
    """A practice has begun before it is told of."""

    since_on: date
    code = "practice-to-come"
    status = 422
    message = _("{since_on} chưa tới. Hãy ghi ngày mô hình đã bắt đầu.")


@dataclass(eq=False, kw_only=True)
class PracticeAdopted(DomainError):
    """What others have adopted is no draft, and has not begun after they did."""

    practice: str
    code = "practice-adopted"
    message = _(
        "“{practice}” đã có đơn vị áp dụng, nên không chuyển về đang soạn và không lùi ngày bắt "
        "đầu về sau ngày họ áp dụng được. Nếu thôi làm, hãy chọn đã dừng."
    )


@dataclass(eq=False, kw_only=True)
class PracticeNotShared(DomainError):
    """Only a practice that is being shared is adopted."""

    practice: str
    code = "practice-not-shared"
    message = _(
        "“{practice}” hiện không chia sẻ, nên chưa áp dụng được. Hãy hỏi đơn vị khởi xướng."
    )


@dataclass(eq=False, kw_only=True)
class OwnPractice(DomainError):
    """Who started a practice does not adopt it, nor what that unit became or was made of."""

    unit: str
    code = "own-practice"
    message = _("{unit} là nơi khởi xướng mô hình này, nên không tính là áp dụng.")


@dataclass(eq=False, kw_only=True)
class AlreadyAdopted(DomainError):
    """A unit adopts a practice once; what it was made of, or has become, adopted for it."""

    unit: str
    code = "already-adopted"
    message = _("{unit} đã áp dụng mô hình này rồi. Mỗi đơn vị được tính một lần.")


@dataclass(eq=False, kw_only=True)
class AdoptedInFuture(DomainError):
    """A practice is recorded as adopted on the day it is, never before."""

    adopted_on: date
    code = "adopted-in-future"
    status = 422
    message = _("{adopted_on} chưa tới. Hãy ghi vào ngày đơn vị bắt đầu áp dụng.")


@dataclass(eq=False, kw_only=True)
class AdoptedTooEarly(DomainError):
    """Nobody adopts a practice before it began."""

    adopted_on: date
    since_on: date
    code = "adopted-too-early"
    status = 422
    message = _("{adopted_on} đứng trước ngày mô hình bắt đầu, {since_on}. Hãy chọn ngày khác.")


@dataclass(eq=False, kw_only=True)
class AdopterNotStanding(DomainError):
    """A unit adopts on a day on which it stands."""

    unit: str
    adopted_on: date
    code = "adopter-not-standing"
    status = 422
    message = _("{unit} không hoạt động vào ngày {adopted_on}. Hãy chọn ngày hoặc đơn vị khác.")


@dataclass(eq=False, kw_only=True)
class AdoptionNotCounted(DomainError):
    """The office has ended the counting of adopted practices before this day."""

    adopted_on: date
    code = "adoption-not-counted"
    status = 422
    message = _(
        "Chỉ tiêu đếm mô hình được áp dụng không có hiệu lực vào ngày {adopted_on}. "
        "Hãy hỏi văn phòng Tỉnh đoàn."
    )


@dataclass(eq=False, kw_only=True)
class TooManyPictures(DomainError):
    """A practice has a handful of pictures."""

    most: int
    code = "too-many-pictures"
    message = _("Mỗi mô hình có nhiều nhất {most} ảnh. Hãy bỏ bớt một ảnh rồi thêm.")
