from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from senhong.board.queries.matrix import Layout, Line, Mark, Matrix, Measure
from senhong.board.views.definitions import definitions_of_measures
from senhong.board.views.matrix import asked_matrix, frame_of
from senhong.core.days import as_date
from senhong.org.models import Level
from senhong.org.queries import boundary_digests, shapes_of
from senhong.plans.cards import TONES, WORDS, said_days
from senhong.plans.queries import PaceState
from senhong.web.charts import Chart, Grounds, Region, map_chart
from senhong.web.components import Option, Text, Tone
from senhong.web.http import PageRequest

_PLACES = 3  # fewer make no map
WITHOUT = gettext_lazy("Chưa giao chỉ tiêu")


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of the legend."""

    tone: Tone
    word: Text
    number: int


@require_safe
@login_required
def state_map(request: PageRequest, key: str) -> HttpResponse:
    """The communes below a unit, coloured by how far they are in one target."""
    asked = request.GET.get("of", "")
    found = asked_matrix(request, key, layout=Layout.COMMUNES, alone=asked)
    [measure], lines = found.measures, _communes(found)
    page = frame_of(request, found, _("Bản đồ tình trạng")) | {
        "measure": measure,
        "days": said_days(as_date(measure.first), as_date(measure.last)),
        "choices": _choices(found, measure),
        "legend": _legend([line.marks[0] for line in lines]),
        "map": _map(measure, lines),
        "definitions": definitions_of_measures([measure], found.asked.day),
        "matrix_url": reverse("board:matrix", args=[found.unit.key]),
    }
    return render(request, "board/state_map.html", page)


def _communes(found: Matrix) -> list[Line]:
    return [line for line in found.lines if line.spot and line.spot.unit.level == Level.COMMUNE]


def _choices(found: Matrix, chosen: Measure) -> list[Option]:
    """Columns of one indicator say their days, so that they are told apart."""
    titles = [measure.indicator.title for measure in found.choices]
    return [
        Option(_said(each, titles), f"?{urlencode({'of': each.key})}", each == chosen)
        for each in found.choices
    ]


def _said(measure: Measure, titles: list[str]) -> str:
    title = measure.indicator.title
    if titles.count(title) < 2:
        return title
    return f"{title} ({said_days(as_date(measure.first), as_date(measure.last))})"


def _legend(marks: list[Mark]) -> list[Kind]:
    """Each state with its number; empty where nobody has a target."""
    states = [mark.progress.state if mark.progress else None for mark in marks]
    if not any(states):
        return []
    kinds = [Kind(TONES[state], WORDS[state], states.count(state)) for state in PaceState]
    return [*kinds, Kind("neutral", WITHOUT, states.count(None))]


def _map(measure: Measure, lines: list[Line]) -> Chart | None:
    """None where too few are known by place."""
    has_targets = any(line.marks[0].progress for line in lines)
    regions = [region for line in lines if (region := _region(line, line.marks[0], has_targets))]
    if len(regions) < _PLACES:
        return None
    title = _("{name} theo xã").format(name=measure.indicator.title)
    return map_chart(
        title, regions, head=_("Đơn vị"), measure=measure.indicator.measure, grounds=_grounds(lines)
    )


def _region(line: Line, mark: Mark, has_targets: bool) -> Region | None:
    assert line.spot is not None  # one of the communes
    unit = line.spot.unit
    if unit.lat is None or unit.lon is None:
        return None
    progress = mark.progress
    note = f"{WORDS[progress.state]} · {progress.share_percent:.0f} %" if progress else ""
    return Region(
        key=unit.key, title=line.title, lat=unit.lat, lon=unit.lon, value=mark.figure,
        tone=TONES[progress.state] if progress else "neutral" if has_targets else "",
        url=reverse("board:unit", args=[unit.key]),
        note=note or (str(WITHOUT) if has_targets else ""),
    )  # fmt: skip


def _grounds(lines: list[Line]) -> Grounds | None:
    """The real grounds where every unit of the picture has one."""
    keys = {line.spot.id: line.spot.unit.key for line in lines if line.spot}
    digests = boundary_digests(keys.keys())
    if keys.keys() - digests.keys():
        return None
    mark = " ".join(digests[id] for id in sorted(digests))
    return Grounds(mark, lambda: {keys[id]: shape for id, shape in shapes_of(keys.keys()).items()})
