"""Who can be named for a task. Services ask, too."""

from typing import Any

from django.db.models import Q, QuerySet

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.days import as_day
from senhong.core.text import search_key
from senhong.org.models import Landing, RoleGrant, Unit, UnitMap
from senhong.people.models import Membership, Stay

_MOST = 300


def people_at(unit: Unit, *, text: str = "") -> list[User]:
    """Who can be named for a task of the unit: with a role at it or above it, or taking part at or
    below it, and with an account that is open. By name; at most 300. One query."""
    found = User.objects.filter(_there(unit), is_active=True)
    for word in search_key(text).split():
        found = found.filter(member__search_key__contains=word)
    return list(found.order_by("full_name", "pk").distinct()[:_MOST])


def is_there(user: User, unit: Unit) -> bool:
    """Whether the person can be named for a task of the unit. One query."""
    return User.objects.filter(_there(unit), pk=user.pk, is_active=True).exists()


def _there(unit: Unit) -> Q:
    day = as_day(clock.today())
    above = [int(id) for id in unit.path.rstrip("/").split("/")]
    held = RoleGrant.objects.filter(from_day__lte=day, to_day__gt=day)
    held = held.filter(unit__in=_landing(Q(landed__in=above), unit, day))
    below = _landing(Q(landed__path__startswith=unit.path), unit, day)
    stays = Stay.objects.standing(day).filter(unit__in=below)
    places = Membership.objects.standing(day).filter(team__unit__in=below)
    return (
        Q(pk__in=held.values("user"))
        | Q(member__in=stays.values("member"))
        | Q(member__in=places.values("member"))
    )


def _landing(rule: Q, unit: Unit, day: int) -> QuerySet[Landing, Any]:
    maps = UnitMap.objects.filter(province=unit.province_id, from_day__lte=day, to_day__gt=day)
    return Landing.objects.filter(rule, map__in=maps.values("pk")).values("unit")
