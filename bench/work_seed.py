"""Five years of work of a province and 123 of its communes: 200,000 tasks, straight into tables.

1,200 tasks that were sent to all communes, and about 420 that each commune has kept for itself.
What is older than two months is done, but for a few. The n-th task is always the same.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery

from senhong.accounts.models import User
from senhong.accounts.services import make_user
from senhong.core import clock
from senhong.core.days import LAST_DAY
from senhong.core.ids import derived_id, uuid7
from senhong.core.text import search_key
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import grant_role
from senhong.work.clocks import TaskClock
from senhong.work.models import Answer, Assignment, Brief, Task, TaskList, Verdict
from senhong.work.services import ListFacts, make_list
from senhong.work.services.facts import sort_at
from senhong.work.states import OPEN_STATES, TaskState

TASKS = 200_000
COMMUNES = 123
SENT = 1_200
_YEARS_DAYS = 5 * 365
_BATCH = 2_000
_FRESH = timedelta(days=60)
_WORDS = (
    "thành lập|củng cố|tuyên truyền|tập huấn|khảo sát|báo cáo|hướng dẫn|phối hợp|kiểm tra|ra quân",
    "tổ công nghệ số|câu lạc bộ|đội hình tình nguyện|điểm hỗ trợ|mô hình chợ số|lớp học",
    "dịch vụ công|định danh điện tử|thanh toán|sổ sức khỏe|an toàn mạng|thương mại điện tử",
    "tại xã|tại ấp|tại trường|ở khu chợ|cho đoàn viên|cho người cao tuổi|cho hộ kinh doanh",
)
_VOCABULARY = [part.split("|") for part in _WORDS]


@dataclass(frozen=True)
class Office:
    """The province whose work it is, and who does it."""

    province: Unit
    communes: list[Unit]
    head: User
    secretaries: dict[int, User]  # by unit
    lists: list[TaskList]


def seed() -> Office:
    """The office with all its tasks; seeded once."""
    office = _office()
    if not Task.objects.exists():
        with transaction.atomic():
            _sow(office)
    return office


def _office() -> Office:
    province = _province()
    units = Unit.objects.filter(province=province, level="commune", to_day=LAST_DAY)
    communes = list(units.order_by("key")[:COMMUNES])
    head = _person("viec-tinh", province, Role.PROVINCE_OFFICE)
    return Office(
        province=province, communes=communes, head=head,
        secretaries={
            unit.pk: _person(f"viec-{unit.key.lower()}", unit, Role.SECRETARY) for unit in communes
        },
        lists=[_list(province, name) for name in ("Chương trình năm", "Việc thường xuyên")],
    )  # fmt: skip


def _province() -> Unit:
    """The smallest of today's provinces that has so many communes."""
    standing = Q(maps__to_day=LAST_DAY, maps__placements__unit__level="commune")
    found = Unit.objects.filter(level="province", to_day=LAST_DAY)
    counted = found.annotate(communes=Count("maps__placements", filter=standing))
    return counted.filter(communes__gte=COMMUNES).order_by("communes", "pk")[0]


def _person(username: str, unit: Unit, role: Role) -> User:
    if known := User.objects.filter(username=username).first():
        return known
    user = make_user(SYSTEM, username=username, full_name=f"Người Làm {username}")
    grant_role(SYSTEM, uuid7(), user=user, role=role, unit=unit)
    return user


def _list(unit: Unit, name: str) -> TaskList:
    known = TaskList.objects.filter(unit=unit, name=name).first()
    return known or make_list(SYSTEM, uuid7(), ListFacts(unit=unit, name=name))


def _sow(office: Office) -> None:
    chance = random.Random(5)  # noqa: S311  # a load, no secret
    sent = [_sent_task(office, chance, number) for number in range(SENT)]
    own = [
        _own_task(office, chance, number)
        for number in range(TASKS - SENT - SENT * len(office.communes))
    ]
    _save_briefs(sent + own)
    _save(sent)
    _save(own)
    assignments = [
        Assignment(
            id=derived_id(t.pk, "sent"), task=t, by=office.head, at=t.made_at, units=COMMUNES
        )
        for t in sent
    ]
    Assignment.objects.bulk_create(assignments, batch_size=_BATCH)
    _save(_parcel(office, chance, act, unit) for act in assignments for unit in office.communes)
    _answer()


def _sent_task(office: Office, chance: random.Random, number: int) -> Task:
    made_at, due_at = _when(chance, number / SENT)
    task = _task(office, chance, office.province, made_at, due_at)
    task.is_sent, task.list = True, office.lists[number % 2]
    return task


def _own_task(office: Office, chance: random.Random, number: int) -> Task:
    unit = office.communes[number % len(office.communes)]
    made_at, due_at = _when(chance, chance.random())
    task = _task(office, chance, unit, made_at, due_at)
    task.assignee = task.by = office.secretaries[unit.pk]
    return task


def _when(chance: random.Random, part: float) -> tuple[datetime, datetime]:
    """When it was given, and its deadline: so far through the five years."""
    made_at = clock.now() - timedelta(days=_YEARS_DAYS * (1 - part))
    return made_at, made_at + timedelta(days=chance.randint(3, 60))


def _task(
    office: Office, chance: random.Random, unit: Unit, made_at: datetime, due_at: datetime
) -> Task:
    title = " ".join(chance.choice(part) for part in _VOCABULARY)
    title = f"{title.capitalize()} đợt {chance.randint(1, 999)}"
    id = uuid7()
    task = Task(
        id=id, root=id, list=office.lists[1], unit=unit, by_unit=unit, by=office.head,
        made_at=made_at, position=int(made_at.timestamp() * 1000),
        brief=Brief(title=title, search_key=search_key(title)), assignee=office.head,
    )  # fmt: skip
    return _with_clock(task, chance, made_at, due_at)


def _parcel(office: Office, chance: random.Random, act: Assignment, unit: Unit) -> Task:
    whole = act.task
    task = Task(
        id=derived_id(act.pk, "parcel", unit.pk), root=whole.root, depth=1, parent=whole,
        assignment=act, list_id=whole.list_id, brief_id=whole.brief_id, unit=unit,
        by_unit=office.province, by=office.head, assignee=office.secretaries[unit.pk],
        made_at=act.at, position=whole.position,
    )  # fmt: skip
    assert whole.due_at
    return _with_clock(task, chance, act.at, whole.due_at)


def _with_clock(task: Task, chance: random.Random, made_at: datetime, due_at: datetime) -> Task:
    """Done in time mostly, late now and then; a few are still open, most of the latest are."""
    for name, value in vars(TaskClock.due(due_at)).items():
        setattr(task, name, value)
    task.sort_at, task.moved_at = sort_at(due_at), made_at
    is_fresh = clock.now() - made_at < _FRESH
    if chance.random() < (0.3 if is_fresh else 0.99):
        late = timedelta(days=chance.randint(1, 20) if chance.random() < 0.12 else -1)
        task.stopped_at = min(due_at + late, clock.now())
        task.moved_at = task.ended_at = task.stopped_at
        task.state = TaskState.ACCEPTED
    else:
        states = (TaskState.OPEN, TaskState.RUNNING, TaskState.RETURNED, TaskState.HANDED_IN)
        task.state = chance.choice(states)
        if task.state == TaskState.HANDED_IN:
            task.stopped_at = min(due_at, clock.now())
    task.is_open = task.state in OPEN_STATES
    return task


def _save_briefs(tasks: list[Task]) -> None:
    briefs = [task.brief for task in tasks]
    Brief.objects.bulk_create(briefs, batch_size=_BATCH)
    for task in tasks:
        task.brief_id = task.brief.pk


def _save(tasks: "list[Task] | Iterator[Task]") -> None:
    found = iter(tasks)
    while batch := list(islice(found, _BATCH)):
        Task.objects.bulk_create(batch)


def _answer() -> None:
    """What was handed in, of a tenth of them: lists show whether there is something."""
    chosen = Task.objects.filter(ended_at__isnull=False, assignment__isnull=False)
    rows = chosen.order_by("pk").values_list("pk", "ended_at")[: TASKS // 10]
    answers = [
        Answer(
            id=derived_id(pk, "answer"), task_id=pk, words="Đã xong", at=at,
            verdict=Verdict.ACCEPTED,
        )
        for pk, at in rows.iterator(chunk_size=_BATCH)
    ]  # fmt: skip
    Answer.objects.bulk_create(answers, batch_size=_BATCH)
    given = Answer.objects.filter(task=OuterRef("pk")).values("pk")[:1]
    Task.objects.filter(pk__in=Answer.objects.values("task")).update(answer=Subquery(given))
