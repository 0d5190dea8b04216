"""Where a person begins: the page of her unit, or of her team."""

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.ledger.queries import relatives_on
from senhong.org.models import Level, RoleGrant, Unit
from senhong.people.models import Team
from senhong.people.queries import home_unit, own_teams, teams_waited_for

_ORDER = [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.BRANCH]


def home_of(actor: Actor, day: int) -> Unit | Team | None:
    """The unit of the person's highest role as it was on the day; else her team; else None.

    A newcomer begins at the team for which she waits.

    A role given at a unit that has ended since begins at that unit on its own days, and at
    what it became afterwards; one given at a unit that had not begun, at what it came from.
    At most five queries.
    """
    units = _role_units(actor, as_day(clock.today()))
    if units:
        return _as_it_stood(units[0], day)
    teams = own_teams(actor, as_day(clock.today())) or teams_waited_for(actor)
    return teams[0] if teams else home_unit(actor, day)


def _role_units(actor: Actor, today: int) -> list[Unit]:
    held = RoleGrant.objects.filter(user=actor.user_id, from_day__lte=today, to_day__gt=today)
    units = [grant.unit for grant in held.select_related("unit").order_by("from_day", "pk")]
    return sorted(units, key=lambda unit: _ORDER.index(Level(unit.level)))


def _as_it_stood(unit: Unit, day: int) -> Unit:
    if unit.from_day <= day < unit.to_day:
        return unit
    found = relatives_on(unit, day)
    namesakes = [each for each in found if each.name == unit.name]
    return next(iter(namesakes or found), unit)
