"""The activities, the help given in them and who was there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from senhong.activities.models import Activity, ActivityKind, ActivityLevel
from senhong.activities.services import (
    ActivityFacts,
    GivenHelp,
    Present,
    close_activity,
    mark_present,
    plan_activity,
    record_helps,
    sign_up,
)
from senhong.core import clock
from senhong.core.days import as_day
from senhong.demo.calendar import NEW_MAP, Session, shares_of
from senhong.demo.services.stage import Crew, Stage
from senhong.org.queries import landed_unit

_PROVINCE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
_BATCH = 200  # what one sending may hold
_CITIZENS_A_TALLY = 18
_SEATS_AHEAD = 8
_SEATS_OF_THE_EVENING = 5
EVENING = "Chợ đêm: cài đặt VNeID cho tiểu thương"

# What people were helped with, as often as the weight says; the first of a pair is the main one.
_SERVICES: tuple[tuple[tuple[str, ...], int], ...] = (
    (("vneid",), 24),
    (("online-public-services", "vneid"), 16),
    (("cashless-payment",), 16),
    (("online-public-services",), 17),
    (("y-te-dong-thap",), 8),
    (("e-dong-thap",), 8),
    (("administrative-procedure",), 11),
    (("thanh-nien-viet-nam",), 4),
    (("email-account",), 4),
    (("e-commerce",), 3),
    (("other",), 2),
)
_PLACES = (
    "Chợ",
    "Nhà văn hóa",
    "Bộ phận Một cửa",
    "Trường học",
    "Bến phà",
    "Hội quán",
    "Công viên",
)
_THEMES = {
    ActivityKind.SORTIE: (
        "cài đặt VNeID", "thanh toán không tiền mặt", "nộp hồ sơ trực tuyến", "sổ sức khỏe điện tử",
        "đi từng ngõ, gõ từng nhà",
    ),
    ActivityKind.TRAINING: ("kỹ năng số cho đoàn viên", "an toàn trên mạng", "bán hàng trực tuyến"),
    ActivityKind.EVENT: ("ngày hội thanh niên số", "tuyên truyền chuyển đổi số"),
    ActivityKind.DESK_SHIFT: ("trực bàn hỗ trợ một cửa", "hỗ trợ nộp hồ sơ tại chỗ"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """An activity that was planned, with its crew and how it goes."""

    activity: Activity
    crew: Crew
    session: Session


def hold(stage: Stage, sessions: Sequence[Session]) -> int:
    """Plan, run and close every session, in the order of their days. How many were held."""
    held = [_planned(stage, session) for session in sessions]
    _record(stage, [help for one in held for help in _help_given(stage, one)])
    for one in held:
        mark_present(stage.actor, one.activity, list(_present(stage, one)))
        close_activity(stage.actor, one.activity)
    return len(held)


def look_ahead(stage: Stage, sessions: Sequence[Session]) -> None:
    """Plan what has not been held yet; some have signed up."""
    for number, session in enumerate(sessions):
        one = _planned(stage, session, seats=_SEATS_AHEAD)
        for member in one.crew.members[: 2 + number % 4]:
            sign_up(stage.actor, stage.ids.next("sign-up"), one.activity, member=member)


def fill_an_evening(stage: Stage) -> None:
    """The sortie of the demo's own team in two days: all seats are taken, and one waits."""
    crew = stage.busiest_crew()
    unit = landed_unit(crew.team.unit_id, as_day(clock.today()))
    on = clock.today() + timedelta(days=2)
    starts_at = datetime.combine(on, time(18), _PROVINCE_TIME).astimezone(UTC)
    facts = ActivityFacts(
        kind=ActivityKind.SORTIE,
        level=ActivityLevel(unit.level),
        name=EVENING,
        lead_team=crew.team,
        place_unit=unit,
        place_text=f"Chợ đêm {unit.name}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        seats=_SEATS_OF_THE_EVENING,
    )
    evening = plan_activity(stage.actor, stage.ids.next("activity"), facts)
    for member in crew.members[2 : 3 + _SEATS_OF_THE_EVENING]:
        sign_up(stage.actor, stage.ids.next("sign-up"), evening, member=member, anyway=True)


def _planned(stage: Stage, session: Session, *, seats: int | None = None) -> Held:
    on_new_map = session.on >= NEW_MAP
    crew = stage.crew(session.team, on_new_map=on_new_map)
    stage.held[crew.team.pk, on_new_map] += 1
    unit = landed_unit(crew.team.unit_id, as_day(session.on))
    starts_at = datetime.combine(session.on, time(7, 30), _PROVINCE_TIME).astimezone(UTC)
    place = f"{stage.random.choice(_PLACES)} {unit.name}"
    facts = ActivityFacts(
        kind=session.kind,
        level=ActivityLevel(unit.level),
        name=f"{place}: {stage.random.choice(_THEMES[session.kind])}",
        lead_team=crew.team,
        plan=stage.plan_on(as_day(session.on)),
        place_unit=unit,
        place_text=place,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        seats=seats,
    )
    return Held(plan_activity(stage.actor, stage.ids.next("activity"), facts), crew, session)


def _help_given(stage: Stage, one: Held) -> Iterable[GivenHelp]:
    """The session's citizens as tallies of a few people each."""
    if not one.session.citizens:
        return
    tallies = max(1, one.session.citizens // _CITIZENS_A_TALLY)
    choices, weights = zip(*_SERVICES, strict=True)
    for people in shares_of(stage.random, one.session.citizens, tallies):
        (services,) = stage.random.choices(choices, weights)
        yield GivenHelp(
            id=stage.ids.next("help"),
            activity_id=one.activity.pk,
            team_id=one.crew.team.pk,
            services=services,
            people=people,
            given_on=one.session.on,
        )


def _record(stage: Stage, given: list[GivenHelp]) -> None:
    for start in range(0, len(given), _BATCH):
        for answer in record_helps(stage.actor, given[start : start + _BATCH]):
            if answer.error is not None:
                raise answer.error


def _present(stage: Stage, one: Held) -> Iterable[Present]:
    for member in one.crew.members[: one.session.present]:
        yield Present(id=stage.ids.next("attendance"), member=member, team=one.crew.team)
