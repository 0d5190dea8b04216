"""The code of a check-in, as a phone computes it too."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from senhong.activities import checking
from senhong.activities.errors import (
    ActivityCancelled,
    CheckInCodeExpired,
    CheckInCodeWrong,
    ListOrNumber,
    NotInMovement,
    NotMemberOfTeam,
)
from senhong.activities.models import Activity, ParticipantState
from senhong.activities.services import (
    check_in,
    check_in_key,
    close_activity,
    count_present,
    mark_absent,
)
from senhong.activities.tests.make import (
    MORNING,
    a_cancelled_activity,
    a_running_activity,
    a_volunteer,
    figures_of,
    signed_up,
)
from senhong.core.errors import Forbidden
from senhong.core.ids import uuid7
from senhong.ledger.queries import wrong_totals
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_user
from senhong.people.tests.make import a_team

KEY = bytes(range(16))
ACTIVITY = UUID("0186e4a0-0000-7000-8000-000000000001")
NOON = datetime(2023, 3, 15, 5, 0, 0, tzinfo=UTC)


def test_the_code_of_a_step_is_the_same_everywhere() -> None:
    """Fixed for the phone, which computes it in TypeScript: see the contract in ADR 0023."""
    step = 55_953_000

    assert checking.code_of(KEY, ACTIVITY, step) == "5EXN29"
    assert checking.shown_at(KEY, ACTIVITY, datetime.fromtimestamp(step * 30 + 29, UTC)) == (
        checking.Shown(step, "5EXN29", f"SH1:{ACTIVITY}:{step}:5EXN29")
    )


@given(st.integers(0, 2**40), st.integers(-200, 200))
def test_a_code_is_fresh_for_a_minute_and_a_half(step: int, away_s: int) -> None:
    at = datetime.fromtimestamp(0, UTC) + timedelta(seconds=min(step, 2**35) * 30 / 32 + away_s)
    step = min(step, 2**35) // 32

    assert checking.is_fresh(step, at) == (abs(at.timestamp() - step * 30) <= 90)
    assert (step in checking.steps_around(at)) == (checking.is_fresh(step, at) and step >= 0)


def test_a_typed_code_is_found_as_people_type_it() -> None:
    step = checking.step_at(NOON)
    code = checking.code_of(KEY, ACTIVITY, step - 1)

    assert checking.step_of(KEY, ACTIVITY, f" {code[:3].lower()}-{code[3:]} ", NOON) == step - 1
    assert checking.step_of(KEY, ACTIVITY, "AAAAAA", NOON) is None
    assert checking.step_of(KEY, ACTIVITY, "ắ" * 6, datetime(1, 1, 2, tzinfo=UTC)) is None


class Scene:
    """A running sortie and one of its team."""

    def __init__(self) -> None:
        self.activity = a_running_activity(a_team())
        self.volunteer = a_volunteer(self.activity.lead_team)

    def code(self, at: datetime) -> tuple[int, str]:
        shown = checking.shown_at(check_in_key(SYSTEM, self.activity), self.activity.pk, at)
        return shown.step, shown.code


@pytest.mark.django_db
def test_the_code_of_the_moment_checks_in_once() -> None:
    scene, id = Scene(), uuid7()
    step, code = scene.code(MORNING)

    one = check_in(scene.volunteer.actor, id, scene.activity, code=code, step=step, at=MORNING)
    again = check_in(scene.volunteer.actor, id, scene.activity, code=code, step=step, at=MORNING)

    assert one == again
    assert (one.state, one.came_at) == (ParticipantState.PRESENT, MORNING)
    assert Activity.objects.get().participants.count() == 1


@pytest.mark.django_db
def test_a_check_in_sent_again_does_not_undo_what_the_leader_said() -> None:
    scene, id = Scene(), uuid7()
    step, code = scene.code(MORNING)
    one = check_in(scene.volunteer.actor, id, scene.activity, code=code, step=step, at=MORNING)
    mark_absent(SYSTEM, one)

    again = check_in(scene.volunteer.actor, id, scene.activity, code=code, step=step, at=MORNING)

    assert again.state == ParticipantState.CANCELLED


@pytest.mark.django_db
def test_a_code_that_is_old_or_wrong_or_of_another_activity_is_refused() -> None:
    scene, other = Scene(), Scene()
    step, code = scene.code(MORNING)
    late, actor = MORNING + timedelta(minutes=5), scene.volunteer.actor

    with pytest.raises(CheckInCodeExpired):
        check_in(actor, uuid7(), scene.activity, code=code, step=step, at=late)
    with pytest.raises(CheckInCodeExpired):
        check_in(actor, uuid7(), scene.activity, code=code, step=None, at=late)
    with pytest.raises(CheckInCodeWrong):
        check_in(actor, uuid7(), scene.activity, code=code, step=step + 1, at=MORNING)
    with pytest.raises(CheckInCodeWrong):
        check_in(other.volunteer.actor, uuid7(), other.activity, code=code, step=step, at=MORNING)


@pytest.mark.django_db
def test_only_who_is_in_a_team_of_the_activity_checks_in() -> None:
    scene = Scene()
    step, code = scene.code(MORNING)
    stranger, nobody = a_volunteer(a_team()).actor, actor_of(a_user().pk)

    with pytest.raises(NotMemberOfTeam):
        check_in(stranger, uuid7(), scene.activity, code=code, step=step, at=MORNING)
    with pytest.raises(NotInMovement):
        check_in(nobody, uuid7(), scene.activity, code=code, step=step, at=MORNING)
    with pytest.raises(Forbidden):
        check_in_key(scene.volunteer.actor, scene.activity)


@pytest.mark.django_db
def test_a_check_in_that_comes_after_the_closing_is_counted_all_the_same() -> None:
    scene = Scene()
    step, code = scene.code(MORNING)
    close_activity(SYSTEM, scene.activity)
    unit = scene.activity.lead_team.unit
    assert "volunteer-turns" not in figures_of(unit)

    check_in(scene.volunteer.actor, uuid7(), scene.activity, code=code, step=step, at=MORNING)

    assert figures_of(unit) == {"activities": 1, "sorties": 1, "volunteer-turns": 1}
    assert wrong_totals() == []


@pytest.mark.django_db
def test_nobody_checks_in_where_nothing_counts_or_a_number_stands() -> None:
    scene = Scene()
    step, code = scene.code(MORNING)
    count_present(SYSTEM, scene.activity, number=3, reason="mất sổ")
    actor = scene.volunteer.actor

    with pytest.raises(ListOrNumber):
        check_in(actor, uuid7(), scene.activity, code=code, step=step, at=MORNING)

    gone = a_cancelled_activity(scene.activity.lead_team)
    shown = checking.shown_at(check_in_key(SYSTEM, gone), gone.pk, MORNING)
    with pytest.raises(ActivityCancelled):
        check_in(actor, uuid7(), gone, code=shown.code, step=None, at=MORNING)


@pytest.mark.django_db
def test_the_key_comes_when_it_is_first_asked_for_and_stays() -> None:
    activity = a_running_activity()
    Activity.objects.update(check_in_key=None)
    activity.refresh_from_db()

    key = check_in_key(SYSTEM, activity)

    assert len(key) == 16
    assert check_in_key(SYSTEM, Activity.objects.select_related("lead_team__unit").get()) == key


@pytest.mark.django_db
def test_who_signed_up_and_checks_in_is_there_since_then() -> None:
    scene = Scene()
    with time_machine.travel(MORNING - timedelta(days=2), tick=False):
        signed_up(scene.activity, scene.volunteer)
    at = MORNING + timedelta(minutes=20)
    _step, code = scene.code(at)

    one = check_in(scene.volunteer.actor, uuid7(), scene.activity, code=code, step=None, at=at)

    assert (one.state, one.came_at) == (ParticipantState.PRESENT, at)
    assert one.state_before == ParticipantState.SIGNED_UP
