"""Who takes part, in which teams."""

from collections.abc import Iterable

from senhong.org.queries import GrantRow
from senhong.people.models import TEAM_UNIT_VERBS, TEAM_VERBS, Membership, MembershipRole


def membership_grants(user_id: int, today: int) -> Iterable[GrantRow]:
    """What the person may do as a member of her teams. One query."""
    held = Membership.objects.filter(
        member__user=user_id,
        from_day__lte=today,
        to_day__gt=today,
        team__from_day__lte=today,
        team__to_day__gt=today,
    )
    for role, team_id, unit_id in held.values_list("role", "team_id", "team__unit_id"):
        yield TEAM_VERBS[MembershipRole(role)], unit_id, f"t{team_id}/"
        yield TEAM_UNIT_VERBS, unit_id, ""
