"""Which rules of the demo can be broken."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class AlreadyFounded(DomainError):
    """A demo is built only where nothing has been founded."""

    code = "already-founded"
    message = _(
        "Nơi này đã có dữ liệu. Dữ liệu mẫu chỉ dựng trên cơ sở dữ liệu trống: "
        "đặt SENHONG_HOME sang thư mục khác rồi chạy lại."
    )


@dataclass(eq=False, kw_only=True)
class NotADemo(DomainError):
    """Only demo data can be removed as a whole."""

    code = "not-a-demo"
    message = _("Đây là bản cài đặt thật, không có dữ liệu mẫu để xóa.")
