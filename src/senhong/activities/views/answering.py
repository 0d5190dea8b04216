"""Two big buttons: I come, I do not."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from senhong.activities import queries, services
from senhong.activities.forms import AnswerForm
from senhong.activities.queries.reminding import is_expected
from senhong.activities.services import Answer
from senhong.activities.telling import hours, place
from senhong.activities.views.frame import crumbs_to, page_of
from senhong.core import clock
from senhong.web.components import Fact
from senhong.web.http import PageRequest, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PageRequest, id: UUID) -> HttpResponse:
    """Where messages lead. Who works in the phone's app has no session here, and a link cannot
    know it: she is shown the page for everybody, from which the app is one tap away."""
    if request.user.is_authenticated or request.method == "POST":
        return _asked(request, id)
    return redirect("public:activity", queries.short_name(id))


@login_required
def _asked(request: PageRequest, id: UUID) -> HttpResponse:
    """What it is, when and where; and whether the reader comes."""
    activity = queries.get_activity(request.actor, id)
    form = AnswerForm(request.POST or None)
    if not form.is_valid():
        page = {
            "activity": activity,
            "crumbs": crumbs_to(activity, _("Bạn đi được không?")),
            "facts": [Fact(_("Khi nào"), hours(activity)), Fact(_("Ở đâu"), place(activity))],
            "may_answer": activity.is_open
            and activity.starts_at > clock.now()
            and is_expected(request.actor.user_id, activity),
        }
        status = 422 if form.is_bound else 200
        return render(request, "activities/answer.html", page, status=status)
    said = Answer(form.cleaned_data["answer"])
    services.answer_activity(request.actor, activity, said)
    thanks = _("Đã ghi: bạn sẽ đến. Hẹn gặp bạn.")
    if said == Answer.CANCEL:
        thanks = _("Đã ghi: lần này bạn không đến được. Cảm ơn bạn đã báo.")
    messages.success(request, thanks)
    return see_other(page_of(activity))
