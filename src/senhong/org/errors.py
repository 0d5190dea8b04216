"""What can be wrong with a change of the map, and with the first day of an installation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError

_SHOWN = 10  # units named in a message


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    if len(names) <= _SHOWN:
        return shown
    return gettext("{shown} và {more} đơn vị khác").format(shown=shown, more=len(names) - _SHOWN)


@dataclass(eq=False, kw_only=True)
class ChangeRefused(DomainError):
    """The change of the map cannot be as it is written."""

    code: ClassVar[str] = "change-refused"
    status: ClassVar[int] = 422
    message: ClassVar[str | Promise] = _("Thay đổi này chưa thực hiện được.")


@dataclass(eq=False, kw_only=True)
class UnitsRefused(ChangeRefused):
    """The change cannot be because of the units it names."""

    units: str  # named for people: "Xã A (W1-2), Xã B (W2-2)"

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        return cls(units=_listed(sorted(names)))


@dataclass(eq=False, kw_only=True)
class NothingChanges(ChangeRefused):
    """A change names at least one unit."""

    code = "nothing-changes"
    message = _("Thay đổi này không nêu đơn vị nào. Hãy nêu đơn vị kết thúc, bắt đầu hoặc đổi.")


@dataclass(eq=False, kw_only=True)
class DayTooEarly(ChangeRefused):
    """The changes of a province are entered in the order of their days."""

    day: str
    units: str  # the provinces
    after: str
    code = "day-too-early"
    status = 409
    message = _(
        "Bản đồ hiện nay của {units} có từ {after}, nên không nhận thay đổi từ {day}. "
        "Hãy chọn một ngày sau {after}."
    )


@dataclass(eq=False, kw_only=True)
class NoSuchDay(ChangeRefused):
    """The day of a change is a day of the calendar."""

    day: str
    code = "no-such-day"
    message = _("{day} không phải là một ngày có thật. Hãy viết ngày theo dạng năm-tháng-ngày.")


class UnitsUnknown(UnitsRefused):
    """A change names units that exist."""

    code = "units-unknown"
    message = _("Không có đơn vị nào mang mã định danh: {units}. Hãy kiểm tra lại mã.")


class UnitsNotStanding(UnitsRefused):
    """Only a unit that stands can end, change or take in others."""

    code = "units-not-standing"
    status = 409
    message = _(
        "Không còn trên bản đồ: {units}. Hãy chọn đơn vị đang hoạt động trước ngày thay đổi."
    )


class KeyUsed(UnitsRefused):
    """A key names one unit for ever."""

    code = "unit-key-used"
    status = 409
    message = _("Mã định danh đã dùng: {units}. Hãy đặt mã khác cho đơn vị mới.")


class EndsAndStays(UnitsRefused):
    """A unit that ends is not changed by the same change."""

    code = "unit-ends-and-stays"
    message = _("Vừa kết thúc vừa đổi: {units}. Hãy bỏ một trong hai.")


class HangsOnEnded(UnitsRefused):
    """What stays hangs on something that stands."""

    code = "unit-hangs-on-ended"
    message = _(
        "Sẽ không còn đơn vị cấp trên: {units}. "
        "Hãy chuyển các đơn vị này sang cấp trên khác, hoặc cho kết thúc cùng ngày."
    )


class PassesToAnotherProvince(UnitsRefused):
    """A unit never changes its province."""

    code = "unit-passes-to-another-province"
    message = _(
        "Sẽ sang tỉnh khác: {units}. "
        "Hãy cho đơn vị cũ kết thúc và lập đơn vị mới kế thừa toàn bộ ở tỉnh kia."
    )


class TreeIsARing(UnitsRefused):
    """No unit is above itself."""

    code = "tree-is-a-ring"
    message = _("Các đơn vị này thuộc về nhau theo vòng tròn: {units}. Hãy xem lại cấp trên.")


class NotAProvince(UnitsRefused):
    """A province stands at the top, and only a province."""

    code = "not-a-province"
    message = _("Cấp tỉnh không có cấp trên, cấp khác phải có. Hãy sửa: {units}.")


class TwoDefaults(UnitsRefused):
    """A unit's history goes to one successor."""

    code = "two-defaults"
    message = _("Có hai nơi nhận lịch sử: {units}. Mỗi đơn vị chỉ chọn một nơi.")


class EdgeTwice(UnitsRefused):
    """Who became whom is said once."""

    code = "edge-twice"
    message = _("Kế thừa được nêu hai lần: {units}. Hãy bỏ bớt một dòng.")


class EdgeFromStanding(UnitsRefused):
    """Only a unit that ends has successors."""

    code = "edge-from-standing"
    message = _(
        "Có nơi kế thừa nhưng không kết thúc: {units}. "
        "Hãy cho các đơn vị này kết thúc, hoặc bỏ dòng kế thừa."
    )


class EdgeNotOnMap(UnitsRefused):
    """A successor stands on the new map."""

    code = "edge-not-on-map"
    message = _("Nơi kế thừa không có trên bản đồ mới: {units}. Hãy chọn đơn vị khác.")


class ProvinceEndsWithoutSuccessor(UnitsRefused):
    """A province that ends leaves its history to a successor."""

    code = "province-ends-without-successor"
    message = _("Tỉnh kết thúc mà chưa có nơi kế thừa: {units}. Hãy nêu nơi nhận lịch sử.")


class MapHasChanged(UnitsRefused):
    """Units are added to a first map only while it is the only one."""

    code = "map-has-changed"
    status = 409
    message = _(
        "Bản đồ của tỉnh đã thay đổi, không thêm đơn vị từ đầu được: {units}. "
        "Hãy ghi một thay đổi bản đồ."
    )


@dataclass(eq=False, kw_only=True)
class ClustersDrawnLater(DomainError):
    """Clusters are drawn in the order of days."""

    day: str
    code = "clusters-drawn-later"
    message = _("Cụm đã được xếp lại vào {day}. Hãy chọn ngày đó hoặc một ngày sau.")


class UnitsNotBelow(UnitsRefused):
    """A cluster groups units that stand directly below the province on the day."""

    code = "units-not-below"
    message = _("Không trực thuộc tỉnh vào ngày đó: {units}. Hãy bỏ khỏi cụm hoặc chọn ngày khác.")


class UnitsInTwoClusters(UnitsRefused):
    """A unit is in one cluster at a time."""

    code = "units-in-two-clusters"
    message = _("Đứng ở hai cụm: {units}. Mỗi đơn vị chỉ ở một cụm.")


@dataclass(eq=False, kw_only=True)
class ClusterNameTwice(DomainError):
    """Clusters of one time are told apart by name."""

    names: str
    code = "cluster-name-twice"
    status = 422
    message = _("Hai cụm cùng tên: {names}. Hãy đặt tên khác nhau.")


@dataclass(eq=False, kw_only=True)
class ClusterNameless(DomainError):
    """A cluster has a name."""

    code = "cluster-nameless"
    status = 422
    message = _("Có cụm chưa có tên. Hãy đặt tên cho mỗi cụm.")


@dataclass(eq=False, kw_only=True)
class BoundaryFileRefused(DomainError):
    """A file of boundaries is read whole or not at all."""

    reason: str
    code = "boundary-file-refused"
    status = 422
    message = _("Chưa nhập được ranh giới: {reason} Chưa có gì được thay đổi.")


@dataclass(eq=False, kw_only=True)
class PeriodTurned(DomainError):
    """What is granted or joined begins before it ends."""

    code = "period-turned"
    status = 422
    message = _("Ngày kết thúc phải sau ngày bắt đầu. Hãy chọn lại ngày.")


@dataclass(eq=False, kw_only=True)
class OwnRole(DomainError):
    """Nobody takes a role from herself: so the last administrator always stays."""

    code = "own-role"
    message = _("Bạn không tự thôi vai trò của mình được. Hãy nhờ một người quản trị khác.")


@dataclass(eq=False, kw_only=True)
class NoSuchSuccessor(DomainError):
    """A partner's work passes on to another partner, never back to itself."""

    name: str
    code = "no-such-successor"
    status = 422
    message = _("{name} không thể kế thừa đối tác này. Hãy chọn đối tác khác.")


@dataclass(eq=False, kw_only=True)
class AlreadyHandedOn(DomainError):
    """A partner's work passes on once."""

    name: str
    code = "already-handed-on"
    message = _("Đối tác này đã có nơi kế thừa là {name}. Hãy xem trang của nơi kế thừa.")


@dataclass(eq=False, kw_only=True)
class PartnerNotThere(DomainError):
    """Who goes on with a partner's work takes part on that day."""

    name: str
    on: date
    code = "partner-not-there"
    status = 422
    message = _("{name} chưa tham gia vào ngày {on}. Hãy chọn ngày khác hoặc sửa ngày bắt đầu.")


@dataclass(eq=False, kw_only=True)
class InstallationFounded(DomainError):
    """An installation is founded once."""

    code = "installation-founded"
    message = _("Hệ thống này đã được khởi tạo. Hãy đăng nhập.")


@dataclass(eq=False, kw_only=True)
class ProvinceNotStanding(DomainError):
    """An installation is founded for a province that stands."""

    title: str
    code = "province-not-standing"
    status = 422
    message = _("{title} không phải là tỉnh, thành phố đang hoạt động. Hãy chọn tỉnh khác.")


@dataclass(eq=False, kw_only=True)
class UnitFileRefused(DomainError):
    """A file of units is read whole or not at all."""

    file: str
    line: str  # a number as text: it is not to be grouped
    reason: str
    code = "unit-file-refused"
    status = 422
    message = _("{file}, dòng {line}: {reason} Chưa có gì được thay đổi.")


@dataclass(eq=False, kw_only=True)
class UnitFileMissing(DomainError):
    """A file of units is there and may be read."""

    file: str
    code = "unit-file-missing"
    status = 422
    message = _("Không mở được tệp {file}. Hãy kiểm tra đường dẫn. Chưa có gì được thay đổi.")


class UnitsLeaveTeams(UnitsRefused):
    """A unit on which teams hang has a successor."""

    code = "units-leave-teams"
    status = 409
    message = _(
        "Kết thúc mà chưa có nơi kế thừa, trong khi còn tổ, đội hình: {units}. "
        "Hãy chọn nơi kế thừa, hoặc giải thể các tổ này trước."
    )


@dataclass(eq=False, kw_only=True)
class OwnProposal(DomainError):
    """A change of the map is confirmed by a second person."""

    code = "own-proposal"
    message = _("Người đề nghị không tự duyệt được. Hãy nhờ một người khác có quyền duyệt.")


@dataclass(eq=False, kw_only=True)
class NotAtThisStep(DomainError):
    """A change of the map goes from draft to proposal, confirmation and done, step by step."""

    step: str
    code = "not-at-this-step"
    message = _("Thay đổi này đang ở bước “{step}”, chưa làm được việc đó. Hãy tải lại trang.")


class NotLatestChange(UnitsRefused):
    """Only the latest change of a province's map can be taken back."""

    code = "not-latest-change"
    status = 409
    message = _(
        "Chỉ hoàn tác được thay đổi mới nhất. Sau đó bản đồ đã đổi tiếp hoặc đã hoàn tác: {units}. "
        "Hãy lập một thay đổi mới."
    )


@dataclass(eq=False, kw_only=True)
class NewUnitsInUse(DomainError):
    """A change of the map is taken back only while nothing is recorded at its new units."""

    what: str  # "3 ghi nhận, 1 tổ, đội hình"
    code = "new-units-in-use"
    message = _(
        "Ở đơn vị mới đã có: {what}. Nay không hoàn tác được nữa; hãy lập một thay đổi mới."
    )
