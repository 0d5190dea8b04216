"""Kept acts in words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.activities.models import Help
from senhong.core import clock
from senhong.core.errors import DomainError
from senhong.guides.queries import help_kinds_by_code
from senhong.sync.acts import HelpAct, SignUpAct
from senhong.sync.errors import BodyUnreadable, WaitsForAnother
from senhong.sync.models import KeptAct, KeptKind
from senhong.sync.parsing import act_of
from senhong.sync.queries import KeptLine, value_of
from senhong.web.components import Fact

KINDS = {
    "help": gettext_lazy("Lượt hỗ trợ"),
    "correction": gettext_lazy("Sửa lượt hỗ trợ"),
    "check-in": gettext_lazy("Điểm danh bằng mã"),
    "attendance": gettext_lazy("Ghi có mặt"),
    "sign-up": gettext_lazy("Đăng ký tham gia"),
    "activity": gettext_lazy("Bắt đầu hoặc kết thúc hoạt động"),
}


def summary_of(kept: KeptAct) -> str:
    """What it seems to be."""
    if kept.kind == KeptKind.UNREADABLE:
        return _("Gói lượt ghi không đọc được")
    if kept.bytes_cleared_at:
        return _("Lượt ghi đã xử lý, nội dung đã xóa")
    value = value_of(kept)
    kind = value.get("type") if isinstance(value, dict) else None
    return str(KINDS[kind]) if isinstance(kind, str) and kind in KINDS else _("Lượt ghi lạ")


def problem_of(line: KeptLine) -> str:
    """Why it is kept, as its words stand today."""
    kept = line.kept
    if kept.kind == KeptKind.UNREADABLE:
        return str(BodyUnreadable())
    if kept.kind == KeptKind.CONFLICT:
        return _(
            "Điện thoại gửi một lượt khác dưới cùng một mã. Cả hai được giữ: hãy so sánh hai cột "
            "dưới đây rồi chọn."
        )
    if kept.kind == KeptKind.WAITING:
        return _waits_for(kept)
    try:
        act_of(value_of(kept))
    except DomainError as error:
        return str(error)
    return _("Lượt này nay đã đúng mẫu: bấm Gửi lại là ghi được.")


def _waits_for(kept: KeptAct) -> str:
    value = value_of(kept)
    if isinstance(value, dict) and value.get("type") == SignUpAct.kind:
        return _("Lượt này chờ đăng ký tham gia của người ghi. Khi đăng ký tới, nó tự được ghi.")
    return str(WaitsForAnother(act=str(kept.waits_for)))


def facts_of(kept: KeptAct) -> list[Fact]:
    """Who sent it, when, and what became of it."""
    facts = [
        Fact(_("Người ghi"), str(kept.sender) if kept.sender else None),
        Fact(_("Tổ"), f"{kept.team.name} · {kept.team.unit.title}" if kept.team else None),
        Fact(_("Nhận lúc"), _at(kept.received_at)),
        Fact(_("Mã lượt"), str(kept.act) if kept.act else None),
    ]
    facts += _said(kept)
    if not kept.is_open:
        facts.append(Fact(_("Xử lý lúc"), _at(kept.decided_at) if kept.decided_at else None))
        facts.append(Fact(_("Người xử lý"), str(kept.decided_by or _("tự động"))))
    if kept.bytes_cleared_at:
        facts.append(Fact(_("Nội dung xóa lúc"), _at(kept.bytes_cleared_at)))
    if kept.reason:
        facts.append(Fact(_("Lý do"), kept.reason))
    return facts


def _said(kept: KeptAct) -> list[Fact]:
    """What a help says that can be read."""
    try:
        act = act_of(value_of(kept))
    except DomainError:
        return []
    if not isinstance(act, HelpAct):
        return []
    return [
        Fact(_("Việc được giúp"), _titles(act.services)),
        Fact(_("Số lượng"), act.citizens),
        Fact(_("Ngày"), clock.date_of(act.at)),
        Fact(_("Ghi chú"), act.note or None),
    ]


def _titles(codes: Iterable[str]) -> str:
    kinds = help_kinds_by_code()
    return ", ".join(kinds[code].title if code in kinds else code for code in codes)


def help_facts(help: Help) -> list[Fact]:
    """The help that stands under the same id."""
    url = reverse("activities:help", args=[help.pk])
    return [
        Fact(_("Lượt đang có"), help.get_state_display(), url),
        Fact(_("Hoạt động"), help.activity.name),
        Fact(_("Việc được giúp"), _titles(help.services)),
        Fact(_("Số lượng"), help.people),
        Fact(_("Ngày"), help.given_on),
        Fact(_("Ghi chú"), help.note or None),
        Fact(_("Ghi lúc"), _at(help.recorded_at)),
    ]


def _at(instant: object) -> str:
    return date_format(localtime(instant), "SHORT_DATETIME_FORMAT")  # type: ignore[arg-type]  # a datetime
