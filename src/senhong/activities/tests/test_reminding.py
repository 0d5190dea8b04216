"""Who is told what about an activity, when, and what she answers."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from senhong.accounts.models import User
from senhong.activities.errors import ActivityCancelled, ActivityNotToCome, NotSignedUp
from senhong.activities.jobs import remind_of_tomorrow
from senhong.activities.models import Activity, Participant, ParticipantState
from senhong.activities.services import (
    Answer,
    answer_activity,
    cancel_activity,
    change_activity,
    sign_up,
)
from senhong.activities.tests.make import activity_facts, an_activity
from senhong.audit.models import Event
from senhong.audit.services import happened
from senhong.audit.tests.queue import work_the_queue
from senhong.comms.models import Delivery
from senhong.comms.queries import unseen_number
from senhong.core.ids import uuid7
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.tests.make import a_user
from senhong.people.models import Team
from senhong.people.tests.make import a_membership, a_team

pytestmark = pytest.mark.django_db
TOMORROW = datetime(2026, 3, 21, 0, 30, tzinfo=UTC)  # 07:30 in the province


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    """That time of March 2026 in the province."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def a_member_with_account(team: Team) -> User:
    user = a_user()
    a_membership(team, user=user)
    return user


def signed_up(activity: Activity, *users: User) -> None:
    for user in users:
        sign_up(actor_of(user.pk), uuid7(), activity)


def told_of(activity: Activity) -> list[tuple[int, str]]:
    rows = Delivery.objects.filter(occasion__contains="activity.").order_by("at", "user")
    return list(rows.values_list("user", "subject"))


def test_who_is_expected_is_asked_at_eleven_and_who_joins_later_at_once() -> None:
    team = a_team()
    first = a_member_with_account(team)
    nameless = a_membership(team).member  # without an account
    with time_machine.travel(at(10, 59), tick=False) as machine:
        activity = an_activity(team, starts_at=TOMORROW)
        signed_up(an_activity(team, starts_at=TOMORROW + timedelta(days=1)), first)
        signed_up(activity, first)
        sign_up(SYSTEM, uuid7(), activity, member=nameless)
        early = remind_of_tomorrow()
        machine.move_to(at(11, 0))
        due = [remind_of_tomorrow() for _look in range(2)]
        second = a_member_with_account(team)
        signed_up(activity, second)
        machine.move_to(at(23, 50))
        late = [remind_of_tomorrow() for _look in range(2)]
        machine.move_to(at(0, 10, day=21))
        Delivery.objects.all().delete()
        on_the_day = remind_of_tomorrow()

    assert (early, due, late, on_the_day) == (0, [1, 0], [1, 0], 0)
    asked = Event.objects.filter(name="delivery.made").count()
    assert asked == len({first.pk, second.pk})


def test_the_reminder_says_when_and_where_and_asks() -> None:
    team = a_team()
    user = a_member_with_account(team)
    with time_machine.travel(at(12), tick=False):
        activity = an_activity(team, starts_at=TOMORROW, place_text="Chợ Sa Đéc")
        signed_up(activity, user)

        remind_of_tomorrow()

    [message] = Delivery.objects.filter(user=user)
    assert message.subject == f"Ngày mai: {activity.name}"
    assert "21/03/2026, 07:30–10:30. Chợ Sa Đéc" in message.words
    assert message.link == f"/activities/{activity.pk}/answer/"
    assert message.until == TOMORROW


def test_an_activity_on_another_day_is_asked_about_anew() -> None:
    team = a_team()
    user = a_member_with_account(team)
    with time_machine.travel(at(12), tick=False) as machine:
        activity = an_activity(team, starts_at=TOMORROW)
        signed_up(activity, user)
        first = remind_of_tomorrow()
        later = activity_facts(team, starts_at=TOMORROW + timedelta(days=2))
        change_activity(SYSTEM, activity, later)
        machine.move_to(at(12, day=22))

        assert (first, remind_of_tomorrow()) == (1, 1)


def test_what_is_cancelled_or_moved_is_told() -> None:
    team = a_team()
    user = a_member_with_account(team)
    with time_machine.travel(at(12), tick=False):
        activity = an_activity(team, starts_at=TOMORROW)
        signed_up(activity, user)
        renamed = activity_facts(team, starts_at=TOMORROW, name="Tên khác")
        change_activity(SYSTEM, activity, renamed)
        moved = activity_facts(team, starts_at=TOMORROW + timedelta(hours=1), name="Tên khác")
        change_activity(SYSTEM, activity, moved)
        work_the_queue()
        cancel_activity(SYSTEM, activity, reason="Mưa bão")
        work_the_queue()

    assert told_of(activity) == [(user.pk, "Đổi lịch: Tên khác"), (user.pk, "Đã hủy: Tên khác")]
    assert "Mưa bão" in Delivery.objects.get(subject__startswith="Đã hủy").words


def test_who_waited_is_told_that_a_seat_is_hers() -> None:
    team = a_team()
    user = a_user()
    with time_machine.travel(at(12), tick=False):
        activity = an_activity(team, starts_at=TOMORROW)
        for user_id in (user.pk, None):
            happened(
                SYSTEM, "participant.promoted", activity, activity=str(activity.pk), user_id=user_id
            )  # fmt: skip
        work_the_queue()

    [message] = Delivery.objects.all()
    assert (message.user, message.subject) == (user, f"Bạn đã có chỗ: {activity.name}")


def test_what_is_over_is_told_to_nobody() -> None:
    team = a_team()
    a_member_with_account(team)
    activity = an_activity(team)

    change_activity(SYSTEM, activity, activity_facts(team, place_text="Nơi khác"))
    cancel_activity(SYSTEM, activity, reason="Ghi nhầm")
    work_the_queue()

    assert told_of(activity) == []


def test_an_answer_is_kept_and_the_question_is_seen() -> None:
    team = a_team()
    user = a_member_with_account(team)
    actor = actor_of(user.pk)
    with time_machine.travel(at(12), tick=False):
        activity = an_activity(team, starts_at=TOMORROW)
        signed_up(activity, user)
        remind_of_tomorrow()

        answer_activity(actor, activity, Answer.CONFIRM)

    assert Participant.objects.get().state == ParticipantState.CONFIRMED
    assert unseen_number(actor) == 0


def test_only_who_is_expected_answers_and_only_before_it_begins() -> None:
    team = a_team()
    user = a_member_with_account(team)
    actor, stranger = actor_of(user.pk), actor_of(a_user().pk)
    with time_machine.travel(at(12), tick=False) as machine:
        activity = an_activity(team, starts_at=TOMORROW)
        signed_up(activity, user)
        with pytest.raises(NotSignedUp):
            answer_activity(stranger, activity, Answer.CONFIRM)
        machine.move_to(at(8, day=21))
        with pytest.raises(ActivityNotToCome):
            answer_activity(actor, activity, Answer.CANCEL)
        cancel_activity(SYSTEM, activity, reason="Mưa bão")
        with pytest.raises(ActivityCancelled):
            answer_activity(actor, activity, Answer.CONFIRM)


def test_the_page_has_two_big_buttons_and_says_thanks() -> None:
    team = a_team()
    client = Client()
    user = a_member_with_account(team)
    client.force_login(user)
    with time_machine.travel(at(12), tick=False) as machine:
        activity = an_activity(team, starts_at=TOMORROW)
        signed_up(activity, user)
        url = f"/activities/{activity.pk}/answer/"
        asked = client.get(url).content.decode()
        confirmed = client.post(url, {"answer": "confirm"}, follow=True)
        cancelled = client.post(url, {"answer": "cancel"}, follow=True)
        wrong = client.post(url, {"answer": "?"})
        machine.move_to(at(12, day=21))
        client.cookies.clear()
        client.force_login(a_member_with_account(team))
        late = client.get(url).content.decode()

    assert asked.count("button--big") == 2
    assert confirmed.redirect_chain == [(f"/activities/{activity.pk}/", 303)]
    assert "bạn sẽ đến" in confirmed.content.decode()
    assert "không đến được" in cancelled.content.decode()
    assert wrong.status_code == 422
    assert "button--big" not in late
