"""1 advisory team, 12 district and 123 commune teams; from 2025-07-01 one for each commune."""

from datetime import date

from senhong.core.days import as_date, as_day
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
    """On 2025-07-01 the old community teams end; each new commune has one team.

    Members go on in the team of the commune where theirs landed; communes of the former Tiền
    Giang begin with new members. The advisory team stays, and lands at the new province.
    """
    day = as_day(NEW_MAP)
    waiting = _members_by_new_commune(stage, day)
    for crew in stage.crews:
        disband_team(stage.actor, crew.team, on=day)
    for unit in units_below(province, day)["commune"]:
        members = waiting.get(unit.pk, [])[:TEAM_SIZE]
        stage.new_crews.append(_crew(stage, unit, TeamKind.COMMUNITY, NEW_MAP, members))


def _members_by_new_commune(stage: Stage, day: int) -> dict[int, list[Member]]:
    waiting: dict[int, list[Member]] = {}
    for crew in stage.crews:
        landed = landed_unit(crew.team.unit_id, day)
        if not landed.is_province:  # a district's members go home to their communes
            waiting.setdefault(landed.pk, []).extend(crew.members)
    return waiting


def _crew(
    stage: Stage, unit: Unit, kind: TeamKind, since: date, members: list[Member] | None = None
) -> Crew:
    members = list(members or [])
    team = form_team(
        stage.actor,
        stage.ids.next("team"),
        unit=unit,
        kind=kind,
        name=_team_name(unit, kind),
        from_day=as_day(since),
    )
    while len(members) < TEAM_SIZE:
        members.append(_member(stage, unit, since))
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
        from_day=as_day(max(member.joined_on, as_date(team.from_day))),
    )
