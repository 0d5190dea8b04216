from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senhong.board.errors import ReadingDayNotAllowed
from senhong.board.forms import ReadingDateForm
from senhong.board.views.home import home_url
from senhong.core import clock
from senhong.core.days import day_written
from senhong.core.errors import NotFound
from senhong.org.middleware import READ_TODAY, READING_KEY
from senhong.org.queries import get_installation
from senhong.web.http import PageRequest, see_other

FIRST = date(2020, 1, 1)


@require_POST
@login_required
def set_reading_date(request: PageRequest) -> HttpResponse:
    """Set the demo clock for this session, and go back to where the reader was.

    Who was at the page where she begins goes to where she begins on the new day: the map may
    have changed in between.
    """
    installation = get_installation()
    if installation is None or installation.demo_reading_on is None:
        raise NotFound(what=_("đồng hồ trình diễn"))
    form = ReadingDateForm(request.POST)
    back = form.data.get("next", "/") if form.is_valid() else "/"
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    if back.partition("?")[0] == home_url(request):
        back = "/"
    request.session[READING_KEY] = _kept(form.data.get("reading_on", ""))
    return see_other(back)


def _kept(said: str) -> str:
    """What the session keeps of a day; today goes on with the real clock."""
    today = clock.today()
    if said in {READ_TODAY, today.isoformat()}:
        return READ_TODAY
    try:
        day = day_written(said)
    except ValueError:
        day = date.min
    if not FIRST <= day <= today:
        raise ReadingDayNotAllowed(first_on=FIRST, last_on=today)
    return day.isoformat()
