"""Units, and who came from whom."""

from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.org.models import Installation, Level, Lineage, Placement, Unit


def get_unit(actor: Actor, key: str) -> Unit:
    """The unit with this key ("P87-2"), or NotFound when the actor may not see it. One query."""
    unit = Unit.objects.visible_to(actor).select_related("province").filter(key=key).first()
    if unit is None:
        raise NotFound(what=_("đơn vị này"))
    return unit


def get_installation() -> Installation | None:
    """Whose installation this is; None before the first-run page was filled in. One query."""
    return Installation.objects.select_related("province").first()


def require_not_founded() -> None:
    """Raise NotFound once there is an installation or an account: the first run is over.

    At most two queries.
    """
    if Installation.objects.exists() or User.objects.exists():
        raise NotFound(what=_("trang này"))


def standing_provinces(day: int) -> list[Unit]:
    """The provinces that stand on the day, by name; public knowledge. One query."""
    provinces = Unit.objects.filter(level=Level.PROVINCE).standing(day)
    return list(provinces.select_related("province").order_by("sort_key", "search_key"))


def came_from(unit: Unit) -> list[Lineage]:
    """The edges to this unit with their predecessors, by name. One query."""
    return list(
        Lineage.objects.filter(successor=unit)
        .select_related("predecessor__province")
        .order_by("predecessor__sort_key", "predecessor__search_key", "predecessor_id")
    )


def went_to(unit: Unit) -> list[Lineage]:
    """The edges from this unit: who took its history first, then by name. One query."""
    return list(
        Lineage.objects.filter(predecessor=unit)
        .select_related("successor__province")
        .order_by("-is_default", "successor__sort_key", "successor__search_key", "successor_id")
    )


def predecessors_of(unit: Unit) -> list[Unit]:
    """The units whose whole or part became this one, by name. One query."""
    return [edge.predecessor for edge in came_from(unit)]


def successors_of(unit: Unit) -> list[Unit]:
    """What the unit became: who took its history first, then by name. One query."""
    return [edge.successor for edge in went_to(unit)]


def unit_places(unit: Unit) -> list[Placement]:
    """The unit on every map it stood on, oldest first: map, parent and what it was called.

    One query.
    """
    return list(
        Placement.objects.filter(unit=unit)
        .select_related("map", "parent")
        .order_by("map__from_day")
    )
