"""Into a team by its word: without an account, in any browser, also inside Zalo."""

from uuid import UUID

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.accounts.limits import count_try
from senhong.accounts.queries import find_link
from senhong.accounts.services import make_link
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.org.queries import unit_names
from senhong.people import queries, services
from senhong.people.errors import JoinCodeUnknown
from senhong.people.forms import AskForm, OnceForm
from senhong.people.models import JoinCode, Newcomer, NewcomerState, Team
from senhong.people.words import as_heard
from senhong.web.browsers import is_in_app, way_out
from senhong.web.http import PageRequest, see_other

_SIGNED_IN_S = 90 * 24 * 3600  # for who stays in a browser and has no password


@require_safe
def type_word(request: PageRequest) -> HttpResponse:
    """Asks for the word that was said; scanning the code leads past this page."""
    if word := as_heard(request.GET.get("word", "")):
        return see_other("people:join", word[:20])
    return render(request, "people/join_word.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: PageRequest, word: str) -> HttpResponse:
    """Two fields for a stranger, one button for who is signed in; then the way to the app."""
    code = queries.find_code(word)
    if code is None:
        count_try(request, "join_missed")
        wrong = {"error": str(JoinCodeUnknown())}
        return render(request, "people/join_word.html", wrong, status=404)
    if request.user.is_authenticated:
        return _join_as_oneself(request, code)
    form = AskForm(request.POST or None)
    if not form.is_valid():
        page = {"form": form, **_team(code.team)}
        return render(request, "people/ask.html", page, status=422 if form.is_bound else 200)
    count_try(request, "join")
    newcomer = services.ask_to_join(request.actor, *form.read(code))
    if not _may_sign_in(newcomer):
        return see_other("account_login")
    login(request, newcomer.user)
    request.session.set_expiry(_SIGNED_IN_S)
    return _hand_over(request, newcomer)


@never_cache
@login_required
@require_POST
def hand_over(request: PageRequest, id: UUID) -> HttpResponse:
    """Another link for who asked, when the first has run out."""
    return _hand_over(request, queries.get_own_newcomer(request.actor, id))


@never_cache
@require_safe
def open_field(request: PageRequest, secret: str) -> HttpResponse:
    """A button that takes the link into the app; inside another app, first out of that one.

    Looking at this page uses nothing up.
    """
    link = find_link(secret)
    over = link is None or link.used_at is not None or link.expires_at <= clock.now()
    out = way_out(request, request.path if is_in_app(request) else f"/field/#link={secret}")
    page = {"over": over, "out": out, "is_used": link is not None and link.used_at is not None}
    answer = render(request, "people/open_field.html", page, status=404 if link is None else 200)
    answer["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return answer


def _join_as_oneself(request: PageRequest, code: JoinCode) -> HttpResponse:
    team = code.team
    if queries.is_in_team(request.actor, team):
        return see_other(_team_page(team))
    waits = team in queries.teams_waited_for(request.actor)
    form = OnceForm(request.POST or None)
    if waits or not form.is_valid():
        page = {"form": form, "waits": waits, **_team(team)}
        return render(request, "people/ask_own.html", page)
    newcomer = services.ask_to_join(request.actor, form.cleaned_data["id"], code)
    return _hand_over(request, newcomer)


def _may_sign_in(newcomer: Newcomer) -> bool:
    """Who sends her own form again comes in again, until she has a password of her own."""
    user = newcomer.user
    waits = newcomer.state == NewcomerState.WAITING
    return waits and user.is_active and user.has_joined and not user.has_usable_password()


def _hand_over(request: PageRequest, newcomer: Newcomer) -> HttpResponse:
    user = newcomer.user
    secret = make_link(Actor(user.pk), uuid7(), user)
    page = {
        "newcomer": newcomer,
        "out": way_out(request, reverse("people:open-field", args=[secret])),
        "team_url": _team_page(newcomer.team),
        **_team(newcomer.team),
    }
    return render(request, "people/joined.html", page, status=201)


def _team(team: Team) -> dict[str, object]:
    [unit_name] = unit_names([team.unit]).values()
    return {"team": team, "unit_name": unit_name}


def _team_page(team: Team) -> str:
    return f"/teams/{team.pk}/"
