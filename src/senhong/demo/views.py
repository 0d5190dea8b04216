from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from senhong.core.errors import NotFound
from senhong.demo.cast import PASSWORD, SIGN_INS
from senhong.demo.queries import demo_installation
from senhong.demo.services import remove_demo
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest


@require_GET
def about_demo(request: PageRequest) -> HttpResponse:
    """What the demo is, its sign-ins, and how to take it away. 404 in a real installation."""
    installation = demo_installation()
    if installation is None:
        raise NotFound(what=_("trang này"))
    page = {
        "sign_ins": _sign_ins(),
        "password": PASSWORD,
        "may_remove": request.actor.can("demo.remove", at=installation.province.path),
    }
    return render(request, "demo/about.html", page)


@require_POST
def remove(request: PageRequest) -> HttpResponse:
    remove_demo(request.actor)
    messages.success(request, _("Đã xóa dữ liệu mẫu. Mời bạn bắt đầu với tỉnh của mình."))
    return redirect("/start/")


def _sign_ins() -> Table:
    return Table(
        caption=_("Tài khoản dùng thử"),
        columns=[Column(_("Tên đăng nhập")), Column(_("Là ai"))],
        rows=[Row([Cell(who.username, is_header=True), Cell(str(who.what))]) for who in SIGN_INS],
    )
