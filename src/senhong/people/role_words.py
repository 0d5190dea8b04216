"""What each role may do, in words, for those who give it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.org.models import ROLE_VERBS, Role

# In the order in which they are told. Verbs that one act needs together share their words.
VERB_WORDS: dict[str, str | Promise] = {
    "unit.view": _("xem đơn vị"),
    "figure.view": _("xem số liệu tổng"),
    "plan.view": _("xem kế hoạch, chỉ tiêu"),
    "team.view": _("xem các tổ"),
    "member.view": _("xem tên thành viên"),
    "activity.view": _("xem hoạt động"),
    "posting.view": _("xem từng ghi nhận sau số liệu"),
    "event.view": _("xem nhật ký"),
    "team.edit": _("lập, sửa, giải thể tổ"),
    "member.edit": _("thêm, sửa, chuyển, gộp thành viên"),
    "activity.edit": _("lập, kết thúc hoạt động"),
    "activity.join": _("ghi tên tham gia hoạt động"),
    "newcomer.confirm": _("mở mã vào tổ, xác nhận người mới"),
    "device.edit": _("xem, đăng xuất thiết bị; cho liên kết đăng nhập một lần"),
    "help.record": _("ghi lượt hỗ trợ"),
    "help.propose": _("ghi lượt hỗ trợ chờ duyệt"),
    "help.correct": _("sửa, rút lượt hỗ trợ"),
    "help.review": _("duyệt, trả lại lượt hỗ trợ"),
    "counting-rule.set": _("chọn khi nào lượt hỗ trợ được tính"),
    "plan.edit": _("lập, sửa kế hoạch của đơn vị"),
    "target.set": _("đặt, chia chỉ tiêu"),
    "reminder.read": _("đọc nhắc việc"),
    "reminder.send": _("nhắc đơn vị bên dưới"),
    "delivery.retry": _("gửi lại tin không gửi được"),
    "task.view": _("xem nhiệm vụ"),
    "task.edit": _("lập, sửa nhiệm vụ của đơn vị"),
    "task.assign": _("giao nhiệm vụ xuống đơn vị"),
    "task.answer": _("làm, nộp kết quả nhiệm vụ, phân công người"),
    "task.review": _("duyệt, trả lại kết quả nhiệm vụ"),
    "practice.edit": _("ghi mô hình"),
    "directive.edit": _("ghi văn bản chỉ đạo"),
    "indicator.edit": _("sửa chỉ tiêu đếm"),
    "service.edit": _("sửa danh mục việc được giúp"),
    "partner.edit": _("quản lý đối tác"),
    "cluster.edit": _("xếp cụm"),
    "map.change": _("soạn thay đổi bản đồ đơn vị"),
    "map.confirm": _("xác nhận thay đổi bản đồ do người khác soạn"),
    "user.edit": _("mở, khóa tài khoản"),
    "user.reset": _("đặt lại mật khẩu"),
    "token.issue": _("cấp mã truy cập cho chương trình"),
    "role.pass-on": _("giao vai trò mình có ở đơn vị bên dưới"),
    "role.grant": _("giao vai trò mình có, cả ở đơn vị mình"),
    "role.appoint": _("giao mọi vai trò"),
    "demo.remove": _("xóa dữ liệu mẫu"),
}


def words_of(role: Role) -> str:
    """What the role may do, in one line."""
    verbs = ROLE_VERBS[role]
    return ", ".join(str(words) for verb, words in VERB_WORDS.items() if verb in verbs)
