"""Directives, plans and targets: the interview's for 2022–2023, illustrative ones after."""

from dataclasses import dataclass
from datetime import date

from senhong.core.days import LAST_DAY, as_day, day_after
from senhong.demo.services.splits import split_turns
from senhong.demo.services.stage import Stage, district_above
from senhong.ledger.queries import get_indicator
from senhong.org.models import Partner, Unit
from senhong.org.queries import landed_unit
from senhong.org.services import add_partner
from senhong.plans.models import Directive, DirectiveKind, Plan, PlanKind, Wording
from senhong.plans.services import (
    DirectiveFacts,
    PlanFacts,
    make_plan,
    register_directive,
    set_target,
    take_part,
)

_ISSUER = "BTV Tỉnh đoàn Đồng Tháp"
_DEPARTMENT = "Sở Thông tin và Truyền thông Đồng Tháp"
_ILLUSTRATIVE = "(minh họa)"
_JOINT = "Chương trình phối hợp chuyển đổi số 2022–2026"


def make_plans_of_2023(stage: Stage, province: Unit) -> None:
    """The plan tree and the three targets of the interview."""
    plan_300 = _directives_of_2022(stage, province)
    _joint_programme(stage, province, plan_300)
    year = _plan(
        stage,
        PlanFacts(
            unit=province,
            directive=plan_300,
            kind=PlanKind.PROGRAMME,
            name="Năm CĐS các hoạt động của Đoàn",
            from_day=20230101,
            to_day=20240101,
        ),
    )
    _plan(
        stage,
        PlanFacts(
            unit=province,
            parent=year,
            kind=PlanKind.CAMPAIGN,
            name="Tháng Thanh niên 2023: Tuổi trẻ Đồng Tháp tiên phong CĐS",
            from_day=20230301,
            to_day=20230401,
        ),
    )
    _targets(stage, year, {"activities.province": 4, "sorties": 200, "platform-turns": 50_000})
    split_turns(stage, year)
    stage.plans.append(year)


@dataclass(frozen=True, slots=True)
class LaterYear:
    """A programme after the interview's: whose, when, and its illustrative targets."""

    province: Unit
    first: date
    last: date
    sorties: int
    turns: int


def make_plans_of_later_years(stage: Stage, old: Unit, new: Unit) -> None:
    """Illustrative programmes: 2024, 2025 until the merger, and from it to the end of 2026."""
    for year in (
        LaterYear(old, date(2024, 1, 1), date(2024, 12, 31), 70, 3_000),
        LaterYear(old, date(2025, 1, 1), date(2025, 6, 30), 35, 1_500),
        LaterYear(new, date(2025, 7, 1), date(2026, 12, 31), 140, 6_000),
    ):
        _later_plan(stage, year)


@dataclass(frozen=True, slots=True)
class CrewTargets:
    """What each team's unit is to reach in a plan of the demo's own."""

    name: str
    from_day: int
    to_day: int
    on: int  # the day whose map says who stands above a commune
    each: dict[str, int]  # indicator → quantity for one team; a district has its communes' sum


YOUTH_MONTH_PLAN = CrewTargets(
    name=f"Chỉ tiêu các đơn vị trong Tháng Thanh niên 2023 {_ILLUSTRATIVE}",
    from_day=20230301,
    to_day=20230401,
    on=20230301,
    each={"sorties": 2, "citizen-turns": 120},
)
PLAN_OF_NEW_MAP = CrewTargets(
    name=f"Chỉ tiêu các xã, phường 07/2025–12/2026 {_ILLUSTRATIVE}",
    from_day=20250701,
    to_day=20270101,
    on=20250701,
    each={"sorties": 2, "citizen-turns": 60},
)


def set_targets_of_crews(stage: Stage, province: Unit, wanted: CrewTargets) -> None:
    """A target for each unit with a team; a district's is the sum of those below and its own."""
    plan = _plan(
        stage,
        PlanFacts(
            unit=province,
            kind=PlanKind.CAMPAIGN,
            name=wanted.name,
            from_day=wanted.from_day,
            to_day=wanted.to_day,
        ),
    )
    for unit, teams in _teams_by_unit(stage, wanted.on).items():
        _set_targets(stage, plan, unit, {code: n * teams for code, n in wanted.each.items()})


def _teams_by_unit(stage: Stage, on: int) -> dict[Unit, int]:
    """How many teams each commune and district has at and below itself."""
    teams: dict[Unit, int] = {}
    for crew in stage.new_crews or stage.crews:
        unit = landed_unit(crew.team.unit_id, on)
        for each in [unit, *district_above(unit)]:
            teams[each] = teams.get(each, 0) + 1
    return teams


def _later_plan(stage: Stage, year: LaterYear) -> None:
    directive = _directive(
        stage,
        DirectiveFacts(
            unit=year.province,
            number=f"{year.first:%m%y}-KH/TĐTN-PT",
            kind=DirectiveKind.PLAN,
            issuer=_ISSUER,
            subject=f"Chuyển đổi số trong công tác Đoàn từ {year.first:%m/%Y} {_ILLUSTRATIVE}",
            issued_on=year.first,
        ),
    )
    plan = _plan(
        stage,
        PlanFacts(
            unit=year.province,
            directive=directive,
            kind=PlanKind.PROGRAMME,
            name=f"Tuổi trẻ với chuyển đổi số {year.first:%m/%Y}–{year.last:%m/%Y} (minh họa)",
            from_day=as_day(year.first),
            to_day=day_after(as_day(year.last)),
        ),
    )
    targets = {"activities.province": 2, "sorties": year.sorties, "platform-turns": year.turns}
    _targets(stage, plan, targets)
    stage.plans.append(plan)


def _directives_of_2022(stage: Stage, province: Unit) -> Directive:
    resolution = _directive(
        stage,
        DirectiveFacts(
            unit=province,
            number="04-NQ/TU",
            kind=DirectiveKind.RESOLUTION,
            issuer="BCH Đảng bộ tỉnh Đồng Tháp khóa XI",
            subject="Chuyển đổi số tỉnh Đồng Tháp",
            issued_on=date(2021, 12, 31),
        ),
    )
    return _directive(
        stage,
        DirectiveFacts(
            unit=province,
            number="300-KH/TĐTN-PT",
            kind=DirectiveKind.PLAN,
            issuer=_ISSUER,
            subject="Tuổi trẻ Đồng Tháp tham gia chuyển đổi số",
            issued_on=date(2022, 6, 30),
            parent=resolution,
        ),
    )


def _joint_programme(stage: Stage, province: Unit, parent: Directive) -> None:
    """2022–2026 with the department. The interview gives the years; the days illustrate."""
    directive = _directive(
        stage,
        DirectiveFacts(
            unit=province,
            number="",
            kind=DirectiveKind.JOINT_PROGRAMME,
            issuer=f"{_ISSUER} và {_DEPARTMENT}",
            subject=_JOINT,
            issued_on=date(2022, 6, 30),
            parent=parent,
        ),
    )
    plan = _plan(
        stage,
        PlanFacts(
            unit=province,
            directive=directive,
            kind=PlanKind.JOINT_PROGRAMME,
            name=_JOINT,
            from_day=20220630,
            to_day=20270101,
        ),
    )
    take_part(
        stage.actor,
        stage.ids.next("part"),
        plan=plan,
        partner=_partner(stage, province, _DEPARTMENT),
        part="Cùng chủ trì",
        from_day=20220630,
        to_day=LAST_DAY,
    )


def _partner(stage: Stage, unit: Unit, name: str) -> Partner:
    return add_partner(stage.actor, stage.ids.next("partner"), unit=unit, name=name)


def _directive(stage: Stage, facts: DirectiveFacts) -> Directive:
    return register_directive(stage.actor, stage.ids.next("directive"), facts)


def _plan(stage: Stage, facts: PlanFacts) -> Plan:
    return make_plan(stage.actor, stage.ids.next("plan"), facts)


def _targets(stage: Stage, plan: Plan, quantities: dict[str, int]) -> None:
    _set_targets(stage, plan, plan.unit, quantities)


def _set_targets(stage: Stage, plan: Plan, unit: Unit, quantities: dict[str, int]) -> None:
    """Targets for the plan's whole period; turns are striven for, as in 2023."""
    for code, quantity in quantities.items():
        set_target(
            stage.actor,
            stage.ids.next("target"),
            plan=plan,
            unit=unit,
            indicator=get_indicator(code),
            wording=Wording.STRIVING_FOR if code.endswith("turns") else Wording.AT_LEAST,
            quantity=quantity,
            from_day=plan.from_day,
            to_day=plan.to_day,
        )
