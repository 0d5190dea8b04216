from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class PersonalNumber(DomainError):
    """A text must not hold what looks like an identity or telephone number."""

    code = "personal-number"
    status = 422
    message = _(
        "Nội dung có dãy số giống số căn cước hoặc số điện thoại. Sen Hồng không lưu những số này: "
        "hãy bỏ dãy số đó rồi ghi lại."
    )


@dataclass(eq=False, kw_only=True)
class GivenInFuture(DomainError):
    """Help is recorded after it was given, never before."""

    given_on: date
    code = "given-in-future"
    status = 422
    message = _("Ngày {given_on} chưa tới. Hãy ghi sau khi đã hỗ trợ.")


@dataclass(eq=False, kw_only=True)
class GivenBeforeActivity(DomainError):
    """Help is given from the first day of its activity on."""

    given_on: date
    first_on: date
    code = "given-before-activity"
    status = 422
    message = _(
        "Hoạt động bắt đầu ngày {first_on}, sau ngày {given_on}. Hãy xem lại ngày, hoặc chọn "
        "đúng hoạt động."
    )


@dataclass(eq=False, kw_only=True)
class PeopleOutOfRange(DomainError):
    """One tally counts from 1 to 1,000 people."""

    people: int
    most: int
    code = "people-out-of-range"
    status = 422
    message = _("Một lượt ghi được từ 1 đến {most} người. Nhiều hơn thì hãy ghi thành nhiều lần.")


@dataclass(eq=False, kw_only=True)
class NoService(DomainError):
    """Help is help with at least one service."""

    code = "no-service"
    status = 422
    message = _("Hãy chọn ít nhất một việc đã giúp.")


@dataclass(eq=False, kw_only=True)
class ServiceNotOffered(DomainError):
    """Help is given with services of the catalogue that are offered."""

    service: str
    code = "service-not-offered"
    status = 422
    message = _(
        "Việc “{service}” không có trong danh mục đang hướng dẫn. Hãy chọn việc khác, hoặc "
        "“Việc khác”."
    )


@dataclass(eq=False, kw_only=True)
class ActivityCancelled(DomainError):
    """Nothing is recorded in a cancelled activity."""

    activity: str
    code = "activity-cancelled"
    message = _("Hoạt động “{activity}” đã hủy. Hãy mở lại hoạt động, hoặc chọn hoạt động khác.")


@dataclass(eq=False, kw_only=True)
class ActivityClosed(DomainError):
    """What a closing counted is not changed while the activity is closed."""

    activity: str
    code = "activity-closed"
    message = _("Hoạt động “{activity}” đã kết thúc. Muốn sửa thì hãy mở lại hoạt động trước.")


@dataclass(eq=False, kw_only=True)
class ActivityNotBegun(DomainError):
    """An activity starts and ends when its time has come."""

    activity: str
    starts_at: datetime
    code = "activity-not-begun"
    message = _(
        "Hoạt động “{activity}” bắt đầu lúc {starts_at}, chưa tới giờ. Nếu làm sớm hơn, "
        "hãy sửa giờ."
    )


@dataclass(eq=False, kw_only=True)
class TeamNotInActivity(DomainError):
    """Those who act in an activity do so with one of its teams."""

    activity: str
    code = "team-not-in-activity"
    status = 422
    message = _(
        "Tổ này không tham gia hoạt động “{activity}”. Hãy thêm tổ vào hoạt động, hoặc chọn "
        "tổ khác."
    )


@dataclass(eq=False, kw_only=True)
class TeamNotStanding(DomainError):
    """A team acts on days on which it stands."""

    day: date
    code = "team-not-standing"
    status = 422
    message = _("Ngày {day} tổ này không hoạt động. Hãy xem lại ngày, hoặc chọn tổ khác.")


@dataclass(eq=False, kw_only=True)
class EndsBeforeStart(DomainError):
    """An activity ends after it starts."""

    code = "ends-before-start"
    status = 422
    message = _("Giờ kết thúc phải sau giờ bắt đầu. Hãy sửa lại giờ.")


@dataclass(eq=False, kw_only=True)
class HoursOutOfRange(DomainError):
    """An activity takes place in the years that Sen Hồng keeps: 2000 to 2099."""

    code = "hours-out-of-range"
    status = 422
    message = _("Hoạt động phải nằm trong các năm từ 2000 đến 2099. Hãy xem lại ngày.")


@dataclass(eq=False, kw_only=True)
class ActivityTooLong(DomainError):
    """An activity is one session: it lasts at most 31 days."""

    most_days: int
    code = "activity-too-long"
    status = 422
    message = _(
        "Một hoạt động kéo dài nhiều nhất {most_days} ngày. Hãy xem lại giờ kết thúc, hoặc chia "
        "thành nhiều hoạt động."
    )


@dataclass(eq=False, kw_only=True)
class NameMissing(DomainError):
    """An activity has a name that can be read."""

    code = "name-missing"
    status = 422
    message = _("Hãy ghi tên hoạt động.")


@dataclass(eq=False, kw_only=True)
class PlaceNotStanding(DomainError):
    """An activity takes place in a unit that stands on its day."""

    place: str
    day: date
    code = "place-not-standing"
    status = 422
    message = _("Ngày {day} không có đơn vị {place}. Hãy chọn đơn vị của ngày đó.")


@dataclass(eq=False, kw_only=True)
class TeamHasRecords(DomainError):
    """A team for which something is recorded stays part of the activity."""

    team: str
    code = "team-has-records"
    message = _(
        "{team} đã có lượt hỗ trợ hoặc người có mặt trong hoạt động này, nên không bỏ ra được. "
        "Hãy sửa những lượt ghi đó trước."
    )


@dataclass(eq=False, kw_only=True)
class HelpBeforeActivity(DomainError):
    """An activity does not begin after help that was given in it."""

    given_on: date
    code = "help-before-activity"
    message = _("Đã có lượt hỗ trợ ngày {given_on}. Hoạt động không thể bắt đầu sau ngày đó.")


@dataclass(eq=False, kw_only=True)
class NotMemberOfTeam(DomainError):
    """Those present with a team are members of it on the day."""

    team: str
    day: date
    code = "not-member-of-team"
    status = 422
    message = _("Có người không phải thành viên của {team} vào ngày {day}. Hãy thêm vào tổ trước.")


@dataclass(eq=False, kw_only=True)
class ListOrNumber(DomainError):
    """Those present are listed, or counted with a reason, not both."""

    code = "list-or-number"
    message = _(
        "Chỉ dùng một cách: danh sách có mặt, hoặc con số kèm lý do. Hãy bỏ cách kia trước."
    )


@dataclass(eq=False, kw_only=True)
class ReasonMissing(DomainError):
    """What takes figures back, or counts without a list, needs a reason."""

    code = "reason-missing"
    status = 422
    message = _("Hãy ghi lý do.")


@dataclass(eq=False, kw_only=True)
class PresentOutOfRange(DomainError):
    """A number of people present is from 1 to 10,000."""

    number: int
    most: int
    code = "present-out-of-range"
    status = 422
    message = _("Số người có mặt từ 1 đến {most}.")


@dataclass(eq=False, kw_only=True)
class GroupTooSmall(DomainError):
    """Further services go to people of the first tally, so to no more than it counted."""

    people: int
    most: int
    code = "group-too-small"
    status = 422
    message = _(
        "Lượt đầu ghi {most} người, lượt ghi thêm cho chính những người đó không thể là {people}. "
        "Người mới thì hãy ghi thành lượt mới."
    )


@dataclass(eq=False, kw_only=True)
class OtherGroup(DomainError):
    """Further services go to the same people, in the same activity."""

    code = "other-group"
    status = 422
    message = _(
        "Lượt ghi thêm phải cùng hoạt động và cùng đối tượng với lượt đầu. Hãy ghi thành lượt mới."
    )


@dataclass(eq=False, kw_only=True)
class HelpNotCounted(DomainError):
    """What was withdrawn or corrected is not corrected or followed up again."""

    state: str | Promise
    code = "help-not-counted"
    message = _("Lượt hỗ trợ này: {state}. Hãy mở lượt đang tính rồi làm tiếp.")


@dataclass(eq=False, kw_only=True)
class OwnHelp(DomainError):
    """Where help counts after acceptance, somebody else accepts it than who recorded it, or who
    brought it in for her.
    """

    code = "own-help"
    message = _(
        "Không ai tự duyệt lượt mình ghi, hoặc lượt mình đưa vào thay người khác. Hãy nhờ người "
        "khác, hoặc cấp trên, duyệt giúp."
    )


@dataclass(eq=False, kw_only=True)
class EverydayNotPlanned(DomainError):
    """The activity of a team's everyday help is made by itself and not planned or changed."""

    code = "everyday-not-planned"
    status = 422
    message = _(
        "Hoạt động “Hỗ trợ hằng ngày” tự có khi tổ ghi lượt hỗ trợ ngoài buổi. Hãy chọn loại khác "
        "để lên lịch."
    )


@dataclass(eq=False, kw_only=True)
class ReturnWordsMissing(DomainError):
    """Who returns a help for another reason than those listed says it in words."""

    code = "return-words-missing"
    status = 422
    message = _("Hãy ghi vài lời để người ghi biết cần sửa gì.")


@dataclass(eq=False, kw_only=True)
class TooManyHelps(DomainError):
    """One batch holds at most 200 helps."""

    most: int
    code = "too-many-helps"
    status = 422
    message = _("Mỗi lần gửi nhiều nhất {most} lượt. Hãy chia ra nhiều lần.")


@dataclass(eq=False, kw_only=True)
class NotExpected(DomainError):
    """Only who is expected at an activity says whether she comes."""

    code = "not-expected"
    status = 403
    message = _("Bạn chưa có tên trong hoạt động này. Hãy đăng ký, hoặc hỏi tổ trưởng.")


@dataclass(eq=False, kw_only=True)
class ActivityNotToCome(DomainError):
    """Whether somebody comes is said before the activity begins."""

    activity: str
    code = "activity-not-to-come"
    message = _("{activity} đã bắt đầu. Nếu có việc đột xuất, hãy gọi cho tổ trưởng.")
