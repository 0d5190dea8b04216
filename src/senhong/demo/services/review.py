"""What a team leader finds to review: a morning's acts, some of them odd, and one he returned."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from senhong.accounts.queries import get_user
from senhong.activities.models import Help, ReturnReason
from senhong.activities.services import (
    GivenHelp,
    everyday_activities,
    record_helps,
    return_helps,
    set_counting_rule,
)
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.demo.services.stage import Crew, Stage
from senhong.files.services import PhotoFacts, begin_upload, finish_upload
from senhong.files.storage import Stored
from senhong.org.queries import actor_of, landed_unit

_PROVINCE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
_WORDS = "Ghi 50 người một lần, em tách theo dịch vụ giúp anh."  # as the design shows it

# Minutes after eight, services, people, and the picture behind it.
_MORNING: tuple[tuple[int, tuple[str, ...], int, str], ...] = (
    (5, ("vneid",), 1, ""),
    (12, ("vneid",), 1, "nha"),
    (20, ("online-public-services", "vneid"), 1, ""),
    (31, ("cashless-payment",), 2, ""),
    (40, ("cashless-payment",), 1, ""),
    (52, ("y-te-dong-thap",), 3, ""),
    (66, ("administrative-procedure",), 1, ""),
    (75, ("vneid",), 2, ""),
    (88, ("cashless-payment",), 4, "cho"),
    (103, ("e-dong-thap",), 3, "cho"),  # the same photo again
    (130, ("other",), 60, ""),  # more than fifty at once
)
_RETURNED = (150, ("vneid", "cashless-payment"), 50, "")


def leave_acts_to_review(stage: Stage, pictures: Mapping[str, Stored]) -> None:
    """Yesterday's acts of the volunteer's phone, and a commune that counts after acceptance."""
    crew = stage.busiest_crew()
    volunteer, leader = (actor_of(get_user(name).pk) for name in ("tinhnguyen", "totruong"))
    recorded = [
        _recorded(stage, volunteer, crew, each, pictures) for each in (*_MORNING, _RETURNED)
    ]
    return_helps(leader, [recorded[-1]], reason=ReturnReason.TOO_MANY, words=_WORDS)
    _let_a_commune_wait(stage, crew)


def _recorded(
    stage: Stage,
    who: Actor,
    crew: Crew,
    act: tuple[int, tuple[str, ...], int, str],
    pictures: Mapping[str, Stored],
) -> Help:
    minutes, services, people, picture = act
    yesterday = clock.today() - timedelta(days=1)
    at = datetime.combine(yesterday, time(8), _PROVINCE_TIME) + timedelta(minutes=minutes)
    activity_id = everyday_activities(who, {(crew.team.pk, yesterday)})[crew.team.pk, yesterday]
    given = GivenHelp(
        id=stage.ids.next("help"),
        activity_id=activity_id,
        team_id=crew.team.pk,
        services=services,
        people=people,
        given_on=yesterday,
        given_at=at.astimezone(UTC),
    )
    (answer,) = record_helps(who, [given])
    if answer.help is None:
        raise answer.error or LookupError(given.id)
    if stored := pictures.get(picture):
        _photographed(stage, who, given.id, stored, at)
    return answer.help


def _photographed(stage: Stage, who: Actor, act: UUID, stored: Stored, at: datetime) -> None:
    facts = PhotoFacts(act=act, size_bytes=stored.size_bytes, digest=stored.digest, taken_at=at)
    upload = begin_upload(who, stage.ids.next("photo"), facts)
    finish_upload(who, upload, **vars(stored))


def _let_a_commune_wait(stage: Stage, not_this: Crew) -> None:
    """Another commune's help counts only when somebody has accepted it, and some of it waits."""
    crew = next(each for each in stage.new_crews if each.team.pk != not_this.team.pk)
    commune = landed_unit(crew.team.unit_id, as_day(clock.today()))
    set_counting_rule(stage.actor, commune, after_acceptance=True)
    for minutes in (10, 25, 40):
        _recorded(stage, stage.actor, crew, (minutes, ("vneid",), 1, ""), {})
