"""Two big buttons: I come, I do not."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
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


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PageRequest, id: UUID) -> HttpResponse:
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
