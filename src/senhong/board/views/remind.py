"""Everybody who needs something, and one reminder to all of them: choose, look, send."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from senhong.board.forms import RemindForm, Step
from senhong.board.queries import DayTree, Spot, UnitBoard, tree_on, unit_board
from senhong.board.queries.needs import NeedLine
from senhong.board.views.asked import view_asked
from senhong.board.views.needs import WORDS_READY, reason_of, remind_action, title_of
from senhong.board.views.unit import crumbs
from senhong.comms.models import Subject
from senhong.comms.services import About, Reminded, remind
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.org.models import Unit
from senhong.org.queries import Grouping, clusters_on, get_unit
from senhong.web.components import Crumb, Option
from senhong.web.http import PageRequest, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def needs(request: PageRequest, key: str) -> HttpResponse:
    """All units that need something, each with why; who may remind them does it here."""
    unit = get_unit(request.actor, key)
    request.actor.require("activity.view", at=unit.path)
    tree = tree_on(unit, as_day(request.reading_on()))
    if tree is None or unit not in tree:
        raise NotFound(what=_("đơn vị này vào ngày đang đọc"))
    if request.method == "POST":
        return _answer(request, unit, tree)
    return _list(request, unit, tree)


def _subject(request: PageRequest) -> Subject:
    try:
        return Subject(request.GET.get("about", ""))
    except ValueError:
        return Subject.OTHER


def _answer(request: PageRequest, unit: Unit, tree: DayTree) -> HttpResponse:
    """The preview, the form again, or, once it is sent, the page that it came from."""
    request.actor.require("reminder.send", at=unit.path)
    spots = {tree.spots[id].unit.key: tree.spots[id] for id in [unit.pk, *tree.below(unit.pk)]}
    form = RemindForm(request.POST, keys=spots)
    if not form.is_valid() or form.cleaned_data["step"] == Step.EDIT:
        return _list(request, unit, tree, form)
    chosen = [spots[key] for key in form.cleaned_data["units"]]
    if form.cleaned_data["step"] == Step.PREVIEW:
        return _preview(request, unit, tree, form, chosen)
    told = remind(
        request.actor, form.act, units=[spot.unit for spot in chosen],
        words=form.cleaned_data["words"], about=About(_subject(request)),
    )  # fmt: skip
    _say(request, told)
    return see_other(f"{reverse('board:unit', args=[unit.key])}#needs")


def _preview(
    request: PageRequest, unit: Unit, tree: DayTree, form: RemindForm, chosen: Sequence[Spot]
) -> HttpResponse:
    names = tree.names(chosen)
    page = _frame(request, unit, tree) | {
        "form": form,
        "names": [names[spot.id] for spot in chosen],
        "submit": remind_action([NeedLine(spot) for spot in chosen]),
    }
    return render(request, "board/remind.html", page)


def _say(request: PageRequest, told: Reminded) -> None:
    sent, already = len(told.sent), len(told.already)
    if sent:
        text = ngettext("Đã nhắc {number} đơn vị.", "Đã nhắc {number} đơn vị.", sent)
        messages.success(request, text.format(number=sent))
    if already:
        text = ngettext(
            "{number} đơn vị đã được nhắc việc này hôm nay nên không nhắc lại.",
            "{number} đơn vị đã được nhắc việc này hôm nay nên không nhắc lại.", already,
        )  # fmt: skip
        messages.info(request, text.format(number=already))


def _list(
    request: PageRequest, unit: Unit, tree: DayTree, form: RemindForm | None = None
) -> HttpResponse:
    """Who needs it, with the form for those who may remind them."""
    board, subject = unit_board(request.actor, unit, tree, view_asked(request)), _subject(request)
    every, clusters = _lines(request, board, subject), _clusters(board)
    lines = _within(tree, every, _chosen(request, clusters))
    waiting = {line.spot.id for line in lines} - board.needs.reminded.get(subject, set())
    keys = {line.spot.unit.key for line in lines if line.spot.id in waiting}
    ticked = form.ticked if form else _offered(request, subject, keys)
    is_wrong = form is not None and not form.is_valid()
    names = tree.names([line.spot for line in lines])
    page = _frame(request, unit, tree) | {
        "heading": title_of(subject, lines),
        "clusters": _cluster_options(request, tree, every, clusters),
        "form": form or RemindForm(keys=keys, initial={"words": WORDS_READY[subject]}),
        "lines": [_line(line, names[line.spot.id], keys, ticked) for line in lines],
        "may_remind": request.actor.can("reminder.send", at=unit.path) and bool(keys),
    }
    return render(request, "board/needs.html", page, status=422 if is_wrong else 200)


def _lines(request: PageRequest, board: UnitBoard, subject: Subject) -> Sequence[NeedLine]:
    """Who is on the list; without a need in particular, the units below."""
    if subject is not Subject.OTHER:
        return board.needs.lines.get(subject, ())
    below = board.tree.communes(board.unit.pk) or board.tree.children(board.unit.pk)
    asked = set(request.GET.getlist("units"))
    return [NeedLine(spot) for spot in below if not asked or spot.unit.key in asked]


def _clusters(board: UnitBoard) -> list[Grouping]:
    """Those of the day below a province. At most three queries."""
    return clusters_on(board.unit, board.period.last) if board.unit.is_province else []


def _chosen(request: PageRequest, clusters: Sequence[Grouping]) -> Grouping | None:
    asked = request.GET.get("cluster", "")
    return next((each for each in clusters if str(each.cluster.pk) == asked), None)


def _within(
    tree: DayTree, lines: Sequence[NeedLine], cluster: Grouping | None
) -> Sequence[NeedLine]:
    """Those of a cluster, or all; a cluster may group districts."""
    if cluster is None:
        return lines
    ids = cluster.unit_ids
    return [line for line in lines if any(s.id in ids for s in tree.way_to(line.spot.id))]


def _cluster_options(
    request: PageRequest, tree: DayTree, lines: Sequence[NeedLine], clusters: Sequence[Grouping]
) -> list[Option]:
    """All, and each cluster in which there is somebody; nothing where one has no choice."""
    chosen, asked = _chosen(request, clusters), request.GET.copy()
    found = [(each, len(_within(tree, lines, each))) for each in clusters]
    options = []
    for each, number in [(None, len(lines)), *((each, n) for each, n in found if n)]:
        asked["cluster"] = str(each.cluster.pk) if each else ""
        name = each.cluster.name if each else _("Tất cả")
        options.append(Option(f"{name} ({number})", f"?{asked.urlencode()}", each is chosen))
    return options if len(options) > 2 else []


def _offered(request: PageRequest, subject: Subject, keys: set[str]) -> set[str]:
    """Whose boxes are ticked at first: all that need it, or all that the address names."""
    return keys if subject is not Subject.OTHER else keys & set(request.GET.getlist("units"))


def _line(line: NeedLine, name: str, waiting: set[str], ticked: set[str]) -> dict[str, object]:
    key = line.spot.unit.key
    return {
        "key": key,
        "name": name,
        "url": reverse("board:unit", args=[key]),
        "reason": reason_of(line),
        "reminded": key not in waiting,
        "ticked": key in ticked,
    }


def _frame(request: PageRequest, unit: Unit, tree: DayTree) -> dict[str, object]:
    *above, here = crumbs(request.actor, tree, unit)
    page_of_unit = reverse("board:unit", args=[unit.key])
    return {
        "unit": unit,
        "title": tree.spots[unit.pk].title,
        "crumbs": [*above, Crumb(here.label, page_of_unit), Crumb(_("Cần bạn"))],
        "back_url": page_of_unit,
    }
