from collections.abc import Iterable

from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.org.queries import GrantRow
from senhong.people.models import TEAM_UNIT_VERBS, TEAM_VERBS, Membership, MembershipRole


def membership_grants(user_id: int, today: int) -> Iterable[GrantRow]:
    """What the person may do as a member of her teams. One query."""
    held = Membership.objects.standing(today).filter(
        member__user=user_id, team__from_day__lte=today, team__to_day__gt=today
    )
    for role, team_id, unit_id in held.values_list("role", "team_id", "team__unit_id"):
        yield TEAM_VERBS[MembershipRole(role)], unit_id, f"t{team_id}/"
        yield TEAM_UNIT_VERBS, unit_id, ""


def home_unit(actor: Actor, day: int) -> Unit | None:
    """The highest unit of that day's map that the actor may view; None without any. One query."""
    mine = Unit.objects.visible_to(actor).standing(day).select_related("province")
    # As words the levels stand in this order too: province, district, commune, branch.
    return mine.order_by("-level", "sort_key").first()
