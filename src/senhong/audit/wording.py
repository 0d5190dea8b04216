"""Events in words: what happened, about what, and what its facts are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# By the name of the event; docs/reference/events.md lists them all.
HAPPENINGS: dict[str, str | Promise] = {
    "account.changed": _("Tự đổi mật khẩu"),
    "account.closed": _("Khóa tài khoản"),
    "account.made": _("Lập tài khoản"),
    "account.opened": _("Mở lại tài khoản"),
    "account.reset": _("Đặt lại mật khẩu"),
    "activity.cancelled": _("Hủy hoạt động"),
    "activity.changed": _("Sửa hoạt động"),
    "activity.closed": _("Kết thúc hoạt động"),
    "activity.part-said": _("Ghi vai trò của đối tác trong hoạt động"),
    "activity.planned": _("Lập hoạt động"),
    "activity.present-counted": _("Ghi số người có mặt"),
    "activity.reopened": _("Mở lại hoạt động"),
    "activity.started": _("Bắt đầu hoạt động"),
    "attendance.marked": _("Ghi có mặt"),
    "attendance.unmarked": _("Bỏ ghi có mặt"),
    "demo.built": _("Dựng dữ liệu mẫu"),
    "demo.removed": _("Xóa dữ liệu mẫu"),
    "directive.changed": _("Sửa văn bản chỉ đạo"),
    "directive.registered": _("Ghi văn bản chỉ đạo"),
    "file.kept": _("Lưu tệp"),
    "help.corrected": _("Sửa lượt hỗ trợ"),
    "help.recorded": _("Ghi lượt hỗ trợ"),
    "help.withdrawn": _("Rút lượt hỗ trợ"),
    "indicator.added": _("Thêm chỉ tiêu đếm"),
    "indicator.changed": _("Sửa chỉ tiêu đếm"),
    "installation.founded": _("Khởi tạo hệ thống"),
    "ledger.emptied": _("Xóa sổ ghi của dữ liệu mẫu"),
    "map.changed": _("Thay đổi bản đồ đơn vị"),
    "map.founded": _("Đưa đơn vị vào bản đồ"),
    "member.added": _("Thêm thành viên"),
    "member.changed": _("Sửa thông tin thành viên"),
    "member.left": _("Thành viên thôi tham gia"),
    "member.linked": _("Gắn thành viên với tài khoản"),
    "member.returned": _("Thành viên tham gia lại"),
    "pace-rule.set": _("Đặt cách đánh giá tiến độ"),
    "partner.added": _("Thêm đối tác"),
    "partner.ended": _("Đối tác thôi tham gia"),
    "plan.changed": _("Sửa kế hoạch"),
    "plan.made": _("Lập kế hoạch"),
    "plan.partner-joined": _("Đối tác tham gia kế hoạch"),
    "plan.partner-left": _("Đối tác thôi tham gia kế hoạch"),
    "role.ended": _("Vai trò hết hạn theo đơn vị"),
    "role.granted": _("Giao vai trò"),
    "role.withdrawn": _("Thu lại vai trò"),
    "service.added": _("Thêm việc được giúp"),
    "service.changed": _("Sửa việc được giúp"),
    "target.changed": _("Sửa chỉ tiêu kế hoạch"),
    "target.set": _("Đặt chỉ tiêu kế hoạch"),
    "target.withdrawn": _("Rút chỉ tiêu kế hoạch"),
    "team.changed": _("Sửa thông tin tổ"),
    "member.merged": _("Gộp hai mục thành viên"),
    "team.disbanded": _("Giải thể tổ"),
    "member.transferred": _("Thành viên chuyển đơn vị"),
    "members.imported": _("Nhập danh sách thành viên"),
    "team.formed": _("Lập tổ"),
    "team.joined": _("Vào tổ"),
    "partner.changed": _("Sửa đối tác"),
    "team.left": _("Thôi ở tổ"),
    "partner.handed-on": _("Đối tác có nơi kế thừa"),
    "token.issued": _("Cấp mã truy cập"),
    "token.revoked": _("Thu hồi mã truy cập"),
    "totals.repaired": _("Tính lại các tổng"),
    "units.wanted": _("Yêu cầu tải danh mục đơn vị"),
}

# By the model that an event is about: its noun, and its page, if there is one.
SUBJECTS: dict[str, tuple[str | Promise, str]] = {
    "accounts.user": (_("Tài khoản"), ""),
    "accounts.apitoken": (_("Mã truy cập"), ""),
    "activities.activity": (pgettext_lazy("một", "Hoạt động"), "/activities/{}/"),
    "activities.attendance": (_("Lượt có mặt"), ""),
    "activities.help": (_("Lượt hỗ trợ"), "/activities/help/{}/"),
    "files.storedfile": (_("Tệp"), "/files/{}/"),
    "guides.helpkind": (pgettext_lazy("một", "Việc được giúp"), "/services/"),
    "ledger.indicator": (pgettext_lazy("một", "Chỉ tiêu đếm"), "/indicators/"),
    "org.installation": (_("Hệ thống"), ""),
    "org.mapchange": (_("Thay đổi bản đồ"), "/maps/changes/{}/"),
    "org.partner": (_("Đối tác"), "/people/partners/{}/"),
    "org.rolegrant": (_("Vai trò"), ""),
    "org.unit": (_("Đơn vị"), ""),
    "org.unitmap": (_("Bản đồ đơn vị"), ""),
    "people.member": (pgettext_lazy("một", "Thành viên"), "/people/members/{}/"),
    "people.membership": (_("Chỗ trong tổ"), ""),
    "people.team": (pgettext_lazy("một", "Tổ"), "/people/teams/{}/"),
    "plans.directive": (_("Văn bản chỉ đạo"), "/directives/{}/"),
    "plans.pacerule": (_("Cách đánh giá tiến độ"), "/plans/pace/"),
    "plans.plan": (pgettext_lazy("một", "Kế hoạch"), "/plans/{}/"),
    "plans.planpartner": (_("Đối tác trong kế hoạch"), ""),
    "plans.target": (_("Chỉ tiêu kế hoạch"), "/targets/{}/"),
}

# By the name of a fact. One that is not here is shown by its own name.
FACTS: dict[str, str | Promise] = {
    "act": _("lần gửi"),
    "activities": pgettext_lazy("nhiều", "hoạt động"),
    "ahead_percent": _("vượt từ (%)"),
    "by": _("lượt thay"),
    "closing": _("lần kết thúc"),
    "code": _("mã"),
    "content_type": _("loại tệp"),
    "day": _("ngày"),
    "from_day": _("từ ngày"),
    "indicator": pgettext_lazy("điều được đếm", "chỉ tiêu"),
    "kind": _("loại"),
    "new_maps": _("bản đồ mới"),
    "number": _("số"),
    "old_maps": _("bản đồ cũ"),
    "on": _("ngày"),
    "on_pace_percent": _("kịp từ (%)"),
    "partner": _("đối tác"),
    "people": _("số người"),
    "plan": _("kế hoạch"),
    "quantity": _("số lượng"),
    "reason": _("lý do"),
    "role": _("vai trò"),
    "service": _("việc được giúp"),
    "teams": _("tổ"),
    "title": _("tên"),
    "to_day": _("đến trước ngày"),
    "unit": _("đơn vị"),
    "unit_id": _("đơn vị số"),
    "user_id": _("tài khoản số"),
    "wording": _("cách nêu"),
}


def subject_seen(subject: str) -> tuple[str, str]:
    "changed": _("bổ sung"),
    """The noun of what "app.model:key" names, and the address of its page or nothing."""
    kind, _colon, key = subject.partition(":")
    noun, page = SUBJECTS.get(kind, (kind, ""))
    return str(noun), page.format(key)


def facts_seen(facts: dict[str, object]) -> str:
    """Facts as "name: value", in one line; what is empty is left out.
    "kept": _("mục giữ lại"),

    "merged": _("mục được gộp"),
    In the order of their own names: the two databases keep them in different orders.
    """
    told = sorted((name, value) for name, value in facts.items() if value not in (None, "", []))
    return "; ".join(f"{FACTS.get(name, name)}: {_value(value)}" for name, value in told)


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    "to": _("sang"),
