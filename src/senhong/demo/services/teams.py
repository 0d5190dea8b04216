"""1 advisory team, 12 district and 123 commune teams; from 2025-07-01 one for each commune."""

from datetime import date

from senhong.core.days import as_day
from senhong.demo.calendar import NEW_MAP, PLAN_BEGINS
from senhong.demo.services.stage import Crew, Stage, units_below
from senhong.org.models import Unit
from senhong.org.queries import landed_unit
from senhong.people.models import Member, MembershipRole, Team, TeamKind
from senhong.people.services import add_member, disband_team, form_team, join_team

COMMUNE_TEAMS = 123
TEAM_SIZE = 15


def form_first_teams(stage: Stage, province: Unit) -> None:
    """The teams of the plan of 2022-06-30. Twenty communes have none, as it was."""
    day = as_day(PLAN_BEGINS)
    below = units_below(province, day)
    stage.advisory = _crew(stage, province, TeamKind.ADVISORY, PLAN_BEGINS)
    with_team = sorted(stage.random.sample(range(len(below["commune"])), COMMUNE_TEAMS))
    units = [*below["district"], *(below["commune"][n] for n in with_team)]
    stage.crews = [_crew(stage, unit, TeamKind.COMMUNITY, PLAN_BEGINS) for unit in units]


def form_teams_of_new_map(stage: Stage, province: Unit) -> None:
    """On 2025-07-01 each new commune goes on with one team.

    Where old teams landed the first of them stays, as it is, and the others end; communes of
    the former Tiền Giang begin with new teams. District teams end with their tier. The
    advisory team stays, and lands at the new province.
    """
    day = as_day(NEW_MAP)
    landed = _crews_by_new_commune(stage, day)
    for unit in units_below(province, day)["commune"]:
        staying = landed.get(unit.pk)
        stage.new_crews.append(staying or _crew(stage, unit, TeamKind.COMMUNITY, NEW_MAP))
    kept = {crew.team.pk for crew in stage.new_crews}
    for crew in stage.crews:
        if crew.team.pk not in kept:
            disband_team(stage.actor, crew.team, on=day)


def _crews_by_new_commune(stage: Stage, day: int) -> dict[int, Crew]:
    """The first team that landed in each; a district's team lands at the province, and ends."""
    found: dict[int, Crew] = {}
    for crew in stage.crews:
        landed = landed_unit(crew.team.unit_id, day)
        if not landed.is_province:
            found.setdefault(landed.pk, crew)
    return found


def _crew(stage: Stage, unit: Unit, kind: TeamKind, since: date) -> Crew:
    team = form_team(
        stage.actor,
        stage.ids.next("team"),
        unit=unit,
        kind=kind,
        name=_team_name(unit, kind),
        from_day=as_day(since),
    )
    members = [_member(stage, unit, since) for _ in range(TEAM_SIZE)]
    for index, member in enumerate(members):
        _join(stage, team, member, leads=index == 0)
    return Crew(team, members)


def _team_name(unit: Unit, kind: TeamKind) -> str:
    if kind == TeamKind.ADVISORY:
        return f"Tổ tham vấn chuyển đổi số {unit.title}"
    return f"Tổ thanh niên CĐS cộng đồng {unit.title}"


def _member(stage: Stage, unit: Unit, since: date) -> Member:
    return add_member(
        stage.actor,
        stage.ids.next("member"),
        unit=unit,
        full_name=stage.name(),
        joined_on=since,
    )


def _join(stage: Stage, team: Team, member: Member, *, leads: bool) -> None:
    join_team(
        stage.actor,
        stage.ids.next("membership"),
        member=member,
        team=team,
        role=MembershipRole.LEADER if leads else MembershipRole.MEMBER,
        from_day=as_day(member.joined_on),
    )
