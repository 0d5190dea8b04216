"""The figures on top of the page of a unit: drawn with the page, and again when one moves.

A page that is open asks ``live`` for one word, again and again. It names what it shows by a token
that was signed when the page was drawn, so that nothing about units and grants is looked up then.
"""

import hashlib
from dataclasses import astuple, dataclass, replace

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.board.queries import tree_on
from senhong.board.queries.cards import Cards, unit_cards
from senhong.board.views.asked import address, period_url, view_asked
from senhong.board.views.compared import compared
from senhong.core import clock
from senhong.core.days import as_date, as_day
from senhong.core.errors import NotFound
from senhong.ledger.queries import Watched, pulse_of
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.plans.cards import definition_of, progress_card, said_days
from senhong.plans.queries import Progress
from senhong.web.components import FigureCard
from senhong.web.http import PageRequest

AGAIN = "again"  # the word that sends a page to ask for its figures anew, whatever they are
_TOKEN_S = 600  # after it who asks is looked up again
_KEPT_S = 60
# While help is recorded without a pause all who look share one drawing for so long: with the time
# between two looks it is still less than the two seconds after which a posting must be seen.
_SHARED_S = 0.5
_SALT = "board.live"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The cards as HTML, and what they were drawn of."""

    html: str
    watched: Watched
    pulse: str
    at: float  # seconds since 1970

    @property
    def is_fresh(self) -> bool:
        """Just drawn, or nothing has moved since. At most one query."""
        age_s = clock.now().timestamp() - self.at
        return 0 <= age_s < _SHARED_S or pulse_of(self.watched) == self.pulse


@require_safe
@login_required
def live(request: PageRequest, key: str) -> HttpResponse:
    """A word, with an ETag, that is another one when a figure of the page has moved."""
    watched = _watched_by(request)
    if watched is None:
        get_unit(request.actor, key)
    word = pulse_of(watched) if watched else AGAIN
    tag = f'"{word}"'
    is_known = request.headers.get("If-None-Match") == tag
    answer = HttpResponse("" if is_known else word, status=304 if is_known else 200)
    answer["Content-Type"] = "text/plain; charset=utf-8"
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


@require_safe
@login_required
def cards(request: PageRequest, key: str) -> HttpResponse:
    """The cards alone. Many who look at one page share what was drawn for the first of them."""
    unit = get_unit(request.actor, key)
    request.actor.require("figure.view", at=unit.path)
    kept_as = _kept_as(request, unit)
    drawn: Drawn | None = cache.get(kept_as)
    if drawn is None or not drawn.is_fresh:
        drawn = draw(_cards_now(request, unit))
        cache.set(kept_as, drawn, _KEPT_S)
    return render(request, "board/_live.html", {"live": frame(request, unit, drawn)})


def draw(shown: Cards) -> Drawn:
    page = {
        "cards": _target_cards(shown, is_now=True),
        "other_cards": _target_cards(shown, is_now=False),
        "plain_cards": _plain_cards(shown),
    }
    html = render_to_string("board/_figures.html", page)
    return Drawn(html, shown.watched, shown.pulse, clock.now().timestamp())


def frame(request: PageRequest, unit: Unit, drawn: Drawn) -> dict[str, str]:
    """What keeps the cards of an open page up to date."""
    user_id = request.user.pk
    token = signing.dumps([user_id, *drawn.watched], salt=_SALT, compress=True)
    cards_url = reverse("board:cards", args=[unit.key]) + address(request).rstrip("?")
    return {
        "html": drawn.html,
        "pulse": drawn.pulse,
        "url": f"{reverse('board:live', args=[unit.key])}?of={token}",
        "cards_url": cards_url,
    }


def _watched_by(request: PageRequest) -> Watched | None:
    """What the page shows that asks; None when it was drawn too long ago, or for another."""
    try:
        said = signing.loads(request.GET.get("of", ""), salt=_SALT, max_age=_TOKEN_S)
    except signing.BadSignature:
        return None
    user_id, province, on_map, units, span, indicators, first, last = said
    if user_id != request.user.pk:
        return None
    return Watched(province, on_map, tuple(units), span, tuple(indicators), first, last)


def _kept_as(request: PageRequest, unit: Unit) -> str:
    """Where a drawing is kept: under how the reader looks, and what she may see."""
    may_view_plans = request.actor.can("plan.view", at=unit.path)
    view = astuple(view_asked(request))
    said = repr((unit.pk, unit.key, view, get_language(), may_view_plans))
    return f"board.cards.{hashlib.sha256(said.encode()).hexdigest()}"


def _cards_now(request: PageRequest, unit: Unit) -> Cards:
    tree = tree_on(unit, as_day(request.reading_on()))
    if tree is None or unit not in tree:
        raise NotFound(what=_("đơn vị này vào ngày đang đọc"))
    return unit_cards(request.actor, unit, tree, view_asked(request))


def _target_cards(shown: Cards, *, is_now: bool) -> list[FigureCard]:
    return [
        _target_card(shown, each)
        for each in shown.targets
        if each.target.is_current(shown.period.last) is is_now
    ]


def _target_card(shown: Cards, each: Progress) -> FigureCard:
    url = reverse("plans:target", args=[each.target.pk])
    card = progress_card(each, url=url, versions=shown.versions)
    return replace(card, compared=compared(shown.beside.get(each.target.pk)))


def _plain_cards(shown: Cards) -> list[FigureCard]:
    """What no target asks for; where units below are listed, their table says it."""
    asked = {each.target.indicator.code for each in shown.targets}
    if asked and shown.has_below:
        return []
    first, last = shown.period.first, shown.period.last
    return [
        FigureCard(
            name=each.title,
            value=shown.whole[each.code],
            measure=each.measure,
            period=said_days(as_date(first), as_date(last)),
            url=period_url(shown.period, shown.unit, each, by="week"),
            definition=definition_of(
                each, each.code.replace(".", "-"), shown.versions, (first, last)
            ),
            compared=compared(shown.beside.get(each.code)),
        )
        for each in shown.columns
        if each.code not in asked
    ]
