"""The main navigation: plain paths, so that no page depends on another app being there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere the navigation leads. ``also`` are further paths that belong to it.

    ``verb``: shown to whoever may do it somewhere; empty: to everybody who is signed in.
    ``of_teams``: only to who may do it because she is in a team.
    """

    label: str | Promise
    path: str
    verb: str = ""
    also: tuple[str, ...] = ()
    inside: tuple["Place", ...] = ()
    of_teams: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as this reader sees it from this page."""

    label: str | Promise
    url: str
    is_current: bool
    inside: Sequence["Entry"] = ()


PLACES = (
    Place(_("Tổng quan"), "/", also=("/units/", "/teams/")),
    Place(_("Kế hoạch"), "/plans/", also=("/targets/", "/directives/")),
    Place(_("Nhiệm vụ"), "/tasks/", "task.view"),
    Place(_("Hoạt động"), "/activities/", "activity.view"),
    Place(_("Ghi lượt"), "/field/", "activity.view", of_teams=True),
    Place(_("Số liệu"), "/figures/"),
    Place(_("Con người"), "/people/", "team.view"),
    Place(
        _("Danh mục"),
        "",
        inside=(
            Place(_("Chỉ tiêu đếm"), "/indicators/"),
            Place(_("Việc được giúp"), "/services/"),
            Place(_("Mô hình"), "/practices/"),
            Place(_("Bản đồ đơn vị"), "/maps/changes/", "map.change", also=("/maps/",)),
            Place(_("Lượt giữ lại"), "/sync/kept/", "help.correct", also=("/sync/",)),
            Place(pgettext_lazy("nhiều", "Cụm"), "/clusters/", "cluster.edit"),
            Place(_("Nhật ký"), "/audit/", "event.view"),
        ),
    ),
)


def navigation_for(actor: Actor | None, path: str) -> list[Entry]:
    """Where a signed-in reader can go from ``path``; nobody has nowhere to go."""
    if actor is None or actor.user_id is None:
        return []
    return [_entry(place, path, actor) for place in PLACES if _is_open(place, actor)]


def _is_open(place: Place, actor: Actor) -> bool:
    if place.of_teams:
        return any(verb == place.verb and "t" in path for verb, path in actor.grants)
    return not place.verb or any(True for _path in actor.paths(place.verb))


def _entry(place: Place, path: str, actor: Actor) -> Entry:
    inside = [_entry(each, path, actor) for each in place.inside if _is_open(each, actor)]
    is_current = _covers(place, path) or any(each.is_current for each in inside)
    return Entry(place.label, place.path, is_current, inside)


def _covers(place: Place, path: str) -> bool:
    if place.path == "/" and path == "/":
        return True
    roots = (place.path, *place.also)
    return any(path.startswith(root) for root in roots if root not in {"", "/"})
