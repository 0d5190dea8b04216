"""The partners that a unit keeps, what they were called before, and what they did."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.core.places import around
from senhong.org.models import Partner, Unit
from senhong.org.queries import landed_unit
from senhong.people.queries.teams import last_places

_MOST = 500
_MOST_STEPS = 20  # a department is merged now and then, not every year


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Something that a partner took part in, and under which of its names."""

    kind: str | Promise  # "Kế hoạch", "Hoạt động"
    title: str
    url: str
    partner_id: UUID
    part: str  # in words; may be empty
    from_day: int
    to_day: int


# "In what did these partners take part?" Each upper app answers for its own tables, with what
# the actor may see; latest first.
DOINGS: list[Callable[[Actor, Collection[UUID]], Sequence[Doing]]] = []


def partners_at(actor: Actor, unit: Unit) -> list[Partner]:
    """The partners that the unit keeps, also those of units that have become it, by name.

    Those that have ended too. One query.
    """
    kept = last_places(unit, as_day(clock.today()))
    found = Partner.objects.filter(unit__in=kept).filter(unit__in=Unit.objects.visible_to(actor))
    return list(found.select_related("successor").order_by("-to_day", "name", "pk")[:_MOST])


def get_partner(actor: Actor, id: UUID) -> Partner:
    """A partner with its unit and successor, for who works at, below or above the unit.

    A province's partner is met in every commune's plans. Raises NotFound. One query.
    """
    near = around(actor.paths("unit.view"), "unit__path")
    found = Partner.objects.filter(near).select_related("unit__province", "successor__unit")
    partner = found.filter(pk=id).first()
    if partner is None:
        raise NotFound(what=_("đối tác này"))
    return partner


def partner_line(partner: Partner) -> list[Partner]:
    """The partner with all whose work it carries on, and all who carry on its own, by day.

    One query for each step of the way.
    """
    before: list[Partner] = []
    nearest = {partner.pk}
    for _step in range(_MOST_STEPS):
        found = list(Partner.objects.filter(successor__in=nearest).order_by("-to_day", "name"))
        if not found:
            break
        before += found
        nearest = {row.pk for row in found}
    after: list[Partner] = []
    later = partner.successor
    while later is not None and len(after) < _MOST_STEPS:
        after.append(later)
        later = later.successor
    return [*sorted(before, key=lambda row: (row.to_day, row.name)), partner, *after]


def possible_successors(actor: Actor, partner: Partner) -> list[Partner]:
    """Who could carry on a partner's work: the others that the same unit keeps now. Two queries."""
    keeper = landed_unit(partner.unit_id, as_day(clock.today()))
    return [other for other in partners_at(actor, keeper) if other.pk != partner.pk]


def doings_of(actor: Actor, partners: Iterable[Partner]) -> list[Doing]:
    """What the partners took part in, latest first. One query for each question in ``DOINGS``."""
    ids = {partner.pk for partner in partners}
    found = [doing for question in DOINGS for doing in question(actor, ids)]
    return sorted(found, key=lambda doing: (-doing.from_day, doing.title))
