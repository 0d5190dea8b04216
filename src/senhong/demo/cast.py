"""Who appears in the demo: plainly invented people, and the sign-ins they use.

Given names are flowers, birds and rivers of the Đồng Tháp Mười, so that nobody can take them
for a real person, let alone an official.
"""

from dataclasses import dataclass
from itertools import product
from random import Random

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "sen-hong-2023"  # noqa: S105  # printed at every start of a demo

_FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
)
_FIRST = (
    "Bông",
    "Lá",
    "Nắng",
    "Mây",
    "Sông",
    "Gió",
    "Trăng",
    "Sao",
    "Đồng",
    "Bến",
    "Rặng",
    "Hương",
)
_SECOND = ["Sen", "Súng", "Lúa", "Xoài", "Quýt", "Mận", "Tràm", "Sếu", "Cò", "Đước", "Sậy", "Mai"]


def invented_names(random: Random) -> list[str]:
    """Every name once, in an order that the seed decides: 1,728 names."""
    names = [" ".join(parts) for parts in product(_FAMILIES, _FIRST, _SECOND)]
    random.shuffle(names)
    return names


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demo: who it is, and what it may do, in words."""

    username: str
    full_name: str
    what: str | Promise


SIGN_INS = (
    SignIn("tinhdoan", "Văn phòng Tỉnh đoàn (mẫu)", _("văn phòng Tỉnh đoàn")),
    SignIn("bithu", "Bí thư xã (mẫu)", _("bí thư một xã")),
    SignIn("totruong", "Tổ trưởng (mẫu)", _("tổ trưởng")),
    SignIn("tinhnguyen", "Tình nguyện viên (mẫu)", _("thành viên tổ")),
    SignIn("doitac", "Đối tác (mẫu)", _("đối tác, chỉ xem số liệu tổng")),
    SignIn("kiemtra", "Kiểm tra (mẫu)", _("kiểm tra, xem mọi ghi nhận")),
    SignIn("quantri", "Quản trị (mẫu)", _("quản trị hệ thống")),
)
