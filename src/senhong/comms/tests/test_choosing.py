"""People choose what they get where, and when they are left alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from senhong.accounts.models import User
from senhong.comms.models import Delivery, Topic
from senhong.comms.queries import CHANNELS, ChannelKind, settings_of
from senhong.comms.quiet import NEVER, Quiet
from senhong.comms.services import Manner, Said, choose_topics, deliver
from senhong.comms.tests.make import with_email
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.tests.make import a_user

pytestmark = pytest.mark.django_db
NIGHT = Quiet(time(21), time(7))


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    """That time of March 2026 in the province."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture(autouse=True)
def a_place_for_letters(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"


def told(user: User, topic: Topic, occasion: str = "", **how: object) -> dict[str, datetime | None]:
    """The channels on which she was told, and when each is to be sent."""
    occasion, until = occasion or f"test:{topic}", how.pop("until", None)
    deliver(
        SYSTEM, [user.pk], occasion=occasion, say=lambda: Said("Hạn", "Còn 1 ngày."),
        until=until, manner=Manner(topic=topic, **how),  # type: ignore[arg-type]  # as given
    )  # fmt: skip
    return dict(Delivery.objects.filter(occasion=occasion).values_list("channel", "next_try_at"))


@pytest.mark.parametrize(
    ("quiet", "now", "over"),
    [
        (NIGHT, at(20, 59), at(20, 59)), (NIGHT, at(21), at(7, day=21)), (NIGHT, at(6, 59), at(7)),
        (NIGHT, at(7), at(7)), (Quiet(time(12), time(13)), at(12, 30), at(13)),
        (Quiet(time(12), time(13)), at(13), at(13)), (NEVER, at(0), at(0)),
        (Quiet(time(9), time(9)), at(9), at(9)), (Quiet(time(22), time()), at(23), at(0, day=21)),
    ],
)  # fmt: skip
def test_quiet_hours_end(quiet: Quiet, now: datetime, over: datetime) -> None:
    assert quiet.over(now) == over


def test_what_is_not_wanted_somewhere_does_not_go_there() -> None:
    user = with_email(a_user())
    choose_topics(
        actor_of(user.pk), unwanted=["deadline:email", "digest:in-app", "task:in-app", "x"]
    )

    assert set(told(user, Topic.TASK)) == {
        "in-app",
        "email",
    }  # nobody does without those in the app
    assert set(told(user, Topic.DEADLINE)) == {"in-app"}
    assert told(user, Topic.DIGEST) == {}
    assert settings_of(user.pk).unwanted == ["deadline:email", "digest:in-app"]
    with pytest.raises(Forbidden):
        choose_topics(Actor(None), unwanted=[])


def test_letters_wait_for_the_end_of_the_quiet_hours_of_who_gets_them() -> None:
    plain, own = with_email(a_user()), with_email(a_user(), "binh@example.com")
    choose_topics(actor_of(own.pk), unwanted=[], quiet=Quiet(time(20), time(8)))

    with time_machine.travel(at(22), tick=False):
        first = told(plain, Topic.TASK, "test:1", quiet=NIGHT)
        second = told(own, Topic.TASK, "test:2", quiet=NIGHT)
        too_late = told(own, Topic.TASK, "test:3", quiet=NIGHT, until=at(6, day=21))

    assert (first["email"], first["in-app"]) == (at(7, day=21), None)
    assert second["email"] == at(8, day=21)
    assert too_late["email"] == at(22)


@pytest.fixture
def a_pigeon() -> Iterator[None]:
    """A channel that another part of the house has added."""
    CHANNELS["pigeon"] = ChannelKind("Bồ câu", set, lambda _row: [{}])
    yield
    del CHANNELS["pigeon"]


@pytest.fixture
def reader() -> tuple[Client, User]:
    user, client = a_user(), Client()
    client.force_login(user)
    return client, user


def test_another_channel_is_one_more_line(a_pigeon: None, reader: tuple[Client, User]) -> None:
    client, user = reader
    assert set(told(user, Topic.OTHER)) == {"in-app", "pigeon"}

    page = client.get("/messages/settings/").content.decode()
    client.post("/messages/settings/topics/", {"wanted": ["task:email"]})

    assert page.count("Bồ câu") == len(Topic)
    assert set(told(user, Topic.TASK)) == {"in-app"}


def test_the_page_keeps_what_was_ticked_and_says_what_is_wrong(reader: tuple[Client, User]) -> None:
    client, user = reader

    wrong = client.post(
        "/messages/settings/topics/", {"wanted": ["task:email"], "quiet_from": "22:00"}
    )
    said = client.post(
        "/messages/settings/topics/",
        {"wanted": ["task:email"], "quiet_from": "22:00", "quiet_to": "06:30"},
        follow=True,
    )

    assert wrong.status_code == 422
    assert "Hãy chọn cả hai giờ" in wrong.content.decode()
    assert 'value="task:email" checked' in wrong.content.decode()
    assert 'value="task:push" checked' not in wrong.content.decode()
    assert "Đã lưu." in said.content.decode()
    chosen = settings_of(user.pk)
    assert "task:email" not in chosen.unwanted
    assert {"task:push", "digest:in-app"} <= set(chosen.unwanted)
    assert (chosen.quiet_from, chosen.quiet_to) == (time(22), time(6, 30))


def test_a_channel_that_is_not_there_is_not_offered_and_its_choice_stays(
    reader: tuple[Client, User], settings: Settings
) -> None:
    client, user = reader
    choose_topics(actor_of(user.pk), unwanted=["task:email"])
    settings.EMAIL_URL = ""

    page = client.get("/messages/settings/").content.decode()
    client.post("/messages/settings/topics/", {"wanted": ["task:push"]})

    assert "task:email" not in page
    assert "task:email" in settings_of(user.pk).unwanted
    assert "deadline:email" not in settings_of(user.pk).unwanted
