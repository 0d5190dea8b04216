"""Units, and who came from whom."""

from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.org.models import Installation, Placement, Unit


def get_unit(actor: Actor, key: str) -> Unit:
    """The unit with this key ("P87-2"), or NotFound when the actor may not see it. One query."""
    unit = Unit.objects.visible_to(actor).select_related("province").filter(key=key).first()
    if unit is None:
        raise NotFound(what=_("đơn vị này"))
    return unit


def get_installation() -> Installation | None:
    """Whose installation this is; None before the first-run page was filled in. One query."""
    return Installation.objects.select_related("province").first()


def predecessors_of(unit: Unit) -> list[Unit]:
    """The units whose whole or part became this one, by name. One query."""
    return list(
        Unit.objects.filter(successions__successor=unit)
        .select_related("province")
        .order_by("sort_key", "search_key", "pk")
    )


def successors_of(unit: Unit) -> list[Unit]:
    """What the unit became: who took its history first, then by name. One query."""
    return list(
        Unit.objects.filter(predecessions__predecessor=unit)
        .select_related("province")
        .order_by("-predecessions__is_default", "sort_key", "search_key", "pk")
    )


def unit_places(unit: Unit) -> list[Placement]:
    """The unit on every map it stood on, oldest first: map, parent and what it was called.

    One query.
    """
    return list(
        Placement.objects.filter(unit=unit)
        .select_related("map", "parent")
        .order_by("map__from_day")
    )
