"""Work at 200,000 tasks: one's own, boards, the matrix, search; and a task sent to the country."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import seed as ledger_seed
from bench.measures import Facts, timed
from bench.work_seed import Office
from bench.work_seed import seed as seed_work
from senhong.accounts.models import User
from senhong.core.ids import uuid7
from senhong.org.models import Level, Unit
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.services import NewUnit, found_units
from senhong.work.models import Task
from senhong.work.queries import (
    CountBy,
    Counted,
    Wanted,
    board_of_list,
    board_of_unit,
    exceptions_at,
    matrix_of,
    my_work,
    outcomes_by,
    sent_tasks,
    task_slice,
)
from senhong.work.services import ListFacts, TaskFacts, TaskPlace, assign_down, make_list, make_task

COUNTRY = 3_321  # communes since 2025-07-01
_TIMES = 20
SEARCHES = {
    "search, a word that many have": "bao cao",
    "search, three words": "thanh lap cho so dinh danh",
    "search, the beginning of a word": "thuo",
    "search, nothing has it": "khong ai noi the nay",
}


def work() -> Facts:
    """Milliseconds of each question with its queries, and seconds to send one task to all."""
    begun = time.monotonic()
    office = seed_work()
    ledger_seed.tell_the_planner()
    seeded_s = round(time.monotonic() - begun, 1)
    asked = _questions(office) | _addresses(office)
    return {
        "tasks": Task.objects.count(),
        "communes": len(office.communes),
        "seeding_s": seeded_s,
        "assigning": _assigning(),
        "questions": {name: _measured(question) for name, question in asked.items()},
    }


def _measured(question: Callable[[], object]) -> Facts:
    question()  # what is read once stays in memory
    with CaptureQueriesContext(connection) as seen:
        question()
    return timed(question, _TIMES) | {"queries": len(seen)}


def _questions(office: Office) -> dict[str, Callable[[], object]]:
    """What pages ask, all of it loaded."""
    head, province = actor_of(office.head.pk), office.province
    commune = office.communes[0]
    secretary = actor_of(office.secretaries[commune.pk].pk)
    return {
        "my work, province office": lambda: my_work(head),
        "my work, a commune's secretary": lambda: my_work(secretary),
        "board of a list": lambda: board_of_list(head, office.lists[0]),
        "board of a commune": lambda: board_of_unit(secretary, commune),
        "board of the province and all below": lambda: board_of_unit(head, province, below=True),
        "matrix, 12 tasks × 123 communes": lambda: matrix_of(
            head, sent_tasks(head, with_ended=True)
        ),
        "list, the first 50 open": lambda: task_slice(head, Wanted()),
        "list, the first 50 overdue": lambda: task_slice(head, Wanted(outcome="overdue")),
        "exceptions of the province": lambda: exceptions_at(head, province),
        "outcomes by unit, five years": lambda: outcomes_by(head, Counted(), CountBy.UNIT),
    } | {name: _search(office, text) for name, text in SEARCHES.items()}


def _search(office: Office, text: str) -> Callable[[], object]:
    """As a secretary of the province: every task of the text's briefs, ended ones too."""
    head = actor_of(office.head.pk)
    return lambda: task_slice(head, Wanted(text=text, with_ended=True))


def _addresses(office: Office) -> dict[str, Callable[[], object]]:
    """Whole requests on the server, from the address to the last byte."""
    settings.ALLOWED_HOSTS.append("testserver")
    head, one = _browser(office.head), _browser(office.secretaries[office.communes[0].pk])
    return {
        "page: tasks": _get(head, "/tasks/"),
        "page: tasks that were searched for": _get(head, "/tasks/?q=bao+cao"),
        "API: my work, province office": _get(head, "/api/v1/my-work"),
        "API: my work, a commune's secretary": _get(one, "/api/v1/my-work"),
        "API: matrix": _get(head, "/api/v1/task-matrix?ended=true"),
        "API: search": _get(head, "/api/v1/tasks?q=bao+cao&ended=true"),
    }


def _browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _get(client: Client, address: str) -> Callable[[], object]:
    def asked() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.content[:500])

    return asked


def _assigning() -> Facts:
    """One task to as many units as the country has communes, in one act; and taken back."""
    with transaction.atomic():
        top, units = _country()
        row = make_list(SYSTEM, uuid7(), ListFacts(unit=top, name="Cả nước"))
        facts = TaskFacts(title="Một việc cho cả nước")
        task = make_task(SYSTEM, uuid7(), facts, TaskPlace(list=row))
        begun = time.monotonic()
        with CaptureQueriesContext(connection) as seen:
            sent = assign_down(SYSTEM, uuid7(), task, units)
        took = time.monotonic() - begun
        transaction.set_rollback(True)
    return {"units": sent.assignment.units, "s": round(took, 2), "queries": len(seen)}


def _country() -> tuple[Unit, list[Unit]]:
    """No unit stands above the provinces, so one is made, with so many communes below it."""
    top = NewUnit(
        key="P-bench", code="00", level=Level.PROVINCE, kind="tỉnh", name="Cả nước", parent=None
    )
    communes = [
        NewUnit(
            key=f"W-bench-{number}", code=str(number), level=Level.COMMUNE, kind="xã",
            name=f"Xã {number}", parent=top.key,
        )
        for number in range(COUNTRY)
    ]  # fmt: skip
    made = found_units(SYSTEM, [top, *communes])
    return made[0], made[1:]
