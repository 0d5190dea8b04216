from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from senhong.board.queries import home_of
from senhong.core.days import as_day
from senhong.org.models import Unit
from senhong.org.queries import get_installation
from senhong.web.http import PageRequest, see_other


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """On to the page where this person begins; nobody begins at the sign-in."""
    if not request.user.is_authenticated:
        return see_other("/start/" if get_installation() is None else "/accounts/login/")
    url = home_url(request)
    return see_other(url) if url else render(request, "board/nowhere.html")


def home_url(request: PageRequest) -> str:
    """The page of the person's unit or team on the day that is read; empty without either."""
    place = home_of(request.actor, as_day(request.reading_on()))
    if isinstance(place, Unit):
        return reverse("board:unit", args=[place.key])
    return reverse("board:team", args=[place.pk]) if place else ""
