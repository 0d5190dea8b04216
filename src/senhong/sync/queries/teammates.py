"""Who else is in a person's teams."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from senhong.core import clock
from senhong.core.days import as_day
from senhong.people.models import Member, Membership


def teammates(teams: Collection[UUID]) -> dict[UUID, list[Member]]:
    """The members of these teams today, by given name. One query."""
    rows = Membership.objects.standing(as_day(clock.today())).filter(team__in=teams)
    found: defaultdict[UUID, list[Member]] = defaultdict(list)
    for row in rows.select_related("member").order_by("member__sort_key", "pk"):
        found[row.team_id].append(row.member)
    return found
