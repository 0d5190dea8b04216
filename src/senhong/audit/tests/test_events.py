from datetime import date
from itertools import count
from typing import Any, cast
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from senhong.audit import services, views
from senhong.audit.models import Event
from senhong.audit.queries import latest_events
from senhong.audit.services import all_happened, happened
from senhong.audit.wording import subject_seen
from senhong.core.actor import Actor, Grant
from senhong.core.errors import Forbidden
from senhong.core.rows import run
from senhong.web.http import PageRequest

pytestmark = pytest.mark.django_db
AUDITOR = Actor(7, frozenset({Grant("event.view", "1/")}))


_numbers = count(1)


def subject() -> Event:
    """Anything with a table may be a subject; an event itself is at hand."""
    return Event(pk=next(_numbers))


@pytest.fixture
def reactions(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    called: list[Any] = []
    monkeypatch.setitem(
        services.TOGETHER, "tea.made", [lambda actor, **facts: called.append((actor, facts))]
    )
    return called


def test_an_event_says_who_did_what_to_what() -> None:
    about = subject()

    happened(Actor(7), "tea.made", about, cups=2, on=date(2023, 3, 20), ids=[UUID(int=1)])

    event = Event.objects.get()
    assert (event.name, event.actor_id) == ("tea.made", 7)
    assert event.subject == f"audit.event:{about.pk}"
    assert event.facts == {"cups": 2, "on": "2023-03-20", "ids": [str(UUID(int=1))]}
    assert event.at.tzinfo is not None


def test_an_act_of_nobody_is_an_act_of_the_system() -> None:
    happened(Actor(None), "tea.made", subject())

    assert Event.objects.get().actor_id is None


def test_many_events_take_one_statement() -> None:
    with CaptureQueriesContext(connection) as seen:
        all_happened(Actor(7), "tea.made", [(subject(), {"cups": n}) for n in range(200)])

    assert len(seen) == 1
    assert sorted(event.facts["cups"] for event in Event.objects.all()) == list(range(200))


def test_no_event_takes_no_statement(reactions: list[Any]) -> None:
    with CaptureQueriesContext(connection) as seen:
        all_happened(Actor(7), "tea.made", [])

    assert not seen.captured_queries
    assert not reactions


def test_what_follows_together_is_told_every_fact(reactions: list[Any]) -> None:
    actor = Actor(7)

    all_happened(actor, "tea.made", [(subject(), {"cups": 1}), (subject(), {"cups": 2})])
    happened(actor, "tea.spilt", subject(), cups=3)

    assert reactions == [(actor, {"cups": 1}), (actor, {"cups": 2})]


def test_what_follows_afterwards_is_queued_with_each_events_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queued: list[int] = []

    class Job:
        enqueue = staticmethod(queued.append)

    monkeypatch.setitem(services.AFTERWARDS, "tea.made", [Job()])

    all_happened(Actor(7), "tea.made", [(subject(), {}), (subject(), {})])

    assert sorted(queued) == sorted(Event.objects.values_list("pk", flat=True))


def test_an_event_is_gone_when_its_act_was_undone() -> None:
    with transaction.atomic():
        happened(Actor(7), "tea.made", subject())
        transaction.set_rollback(True)

    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(name="tea.drunk"),
        lambda: Event.objects.all().delete(),
        lambda: run("DELETE FROM audit_event"),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_event(change: Any) -> None:
    happened(Actor(7), "tea.made", subject())
    run("DELETE FROM audit_latch")  # as in every database but this one

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()

    assert Event.objects.get().name == "tea.made"


def test_events_are_found_by_name_and_by_subject() -> None:
    first, second = subject(), subject()
    happened(Actor(7), "tea.made", first)
    happened(Actor(7), "tea.drunk", first)
    happened(Actor(7), "rice.cooked", second)

    def names(**asked: Any) -> list[str]:
        return [event.name for event in latest_events(AUDITOR, **asked).events]

    assert names() == ["rice.cooked", "tea.drunk", "tea.made"]
    assert names(name="tea.") == ["tea.drunk", "tea.made"]
    assert names(subject=f"audit.event:{first.pk}") == ["tea.drunk", "tea.made"]
    assert names(subject="audit.event", name="rice.cooked") == ["rice.cooked"]
    assert names(subject="audit") == []


def test_a_long_list_of_events_is_read_in_parts() -> None:
    all_happened(Actor(7), "tea.made", [(subject(), {"cups": n}) for n in range(5)])

    read: list[int] = []
    after = None
    while True:
        part = latest_events(AUDITOR, after=after, limit=2)
        read += [event.pk for event in part.events]
        after = part.next
        if after is None:
            break

    assert read == sorted(Event.objects.values_list("pk", flat=True), reverse=True)


@pytest.mark.parametrize("path", [None, "1/2/", "1/t0190/"])
def test_only_who_checks_a_whole_province_reads_events(path: str | None) -> None:
    grants = frozenset() if path is None else frozenset({Grant("event.view", path)})

    with pytest.raises(Forbidden):
        latest_events(Actor(7, grants))


def page_for(actor: Actor) -> str:
    asked = RequestFactory().get("/audit/")
    asked.user = get_user_model()(username="x")
    asked.actor = actor  # type: ignore[attr-defined]  # as ActorMiddleware does
    return views.events(cast(PageRequest, asked)).content.decode()


def test_the_page_says_in_words_what_happened_and_who_did_it() -> None:
    user = get_user_model().objects.create(username="binh", full_name="Trần Thị Bình")
    happened(Actor(user.pk), "help.withdrawn", user, people=3, day="2023-03-20")
    checks = Actor(7, frozenset({Grant("event.view", "1/"), Grant("member.view", "1/")}))

    named, unnamed = page_for(checks), page_for(AUDITOR)

    assert "Rút lượt hỗ trợ" in named
    assert "ngày: 2023-03-20; số người: 3" in named
    assert "Trần Thị Bình" in named
    assert "Trần Thị Bình" not in unnamed
    assert "một tài khoản" in unnamed


def test_who_was_removed_is_an_account() -> None:
    happened(Actor(4711), "help.recorded", subject())

    assert "một tài khoản" in page_for(AUDITOR)


def test_what_an_event_is_about_leads_to_its_page() -> None:
    assert subject_seen("activities.help:0190") == ("Lượt hỗ trợ", "/activities/help/0190/")
    assert subject_seen("tea.cup:1") == ("tea.cup", "")


def test_nobody_is_asked_to_sign_in() -> None:
    assert Client().get("/audit/").status_code == 302
