"""For the office: what did not arrive, why, and sending it anew."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from senhong.comms import queries, services
from senhong.comms.views.frame import after_of, ways
from senhong.web.http import PageRequest, see_other

# By the code of an error: what happened, in words for those who can mend it.
REASONS: dict[str, str | Promise] = {
    "address-refused": gettext_lazy("Máy chủ thư nói không có địa chỉ này."),
    "keys-unusable": gettext_lazy("Khóa của trình duyệt không dùng được; máy ấy cần bật lại."),
    "letter-refused": gettext_lazy("Nơi nhận từ chối nội dung."),
    "nobody-there": gettext_lazy("Không còn nơi nhận: đã tắt thông báo hoặc thôi nhận thư."),
    "sender-refused": gettext_lazy("Máy chủ thư không nhận người gửi EMAIL_FROM."),
    "server-away": gettext_lazy("Không kết nối được với máy chủ thư hoặc dịch vụ thông báo."),
    "server-busy": gettext_lazy("Máy chủ báo bận, đã thử lại nhiều lần."),
    "sign-in-refused": gettext_lazy("Máy chủ thư không nhận tên và mật khẩu trong EMAIL_URL."),
    "too-late": gettext_lazy("Chưa gửi được thì đã quá giờ, gửi nữa không còn ích gì."),
}


@require_safe
@login_required
def given_up(request: PageRequest) -> HttpResponse:
    """Newest first, with the person, the channel and the reason."""
    found = queries.given_up_deliveries(request.actor, after=after_of(request))
    page = {
        "ways": ways(request),
        "lines": [(each, REASONS.get(each.error, each.error)) for each in found.items],
        "next_url": f"?after={found.next}" if found.next else "",
    }
    return render(request, "comms/given_up.html", page)


@require_POST
@login_required
def retry(request: PageRequest, id: UUID) -> HttpResponse:
    services.retry_delivery(request.actor, queries.get_given_up(request.actor, id))
    messages.success(request, _("Sẽ gửi lại trong nửa phút."))
    return see_other("comms:given-up")
