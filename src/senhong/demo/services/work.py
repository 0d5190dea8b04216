"""Plan 300-KH taken apart into tasks of today's communes, answered in every state. All invented.

Deadlines lie around the day on which the demo is built, so that something is always overdue and
something due this week. Most answers are written at once: a hundred communes, one statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from decimal import Decimal
from itertools import islice

from django.utils import timezone

from senhong.accounts.models import User
from senhong.accounts.queries import get_user
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.ids import derived_id
from senhong.demo.services.stage import Stage, units_below
from senhong.ledger.queries import get_indicator
from senhong.org.models import Unit
from senhong.org.queries import actor_of, landed_unit
from senhong.plans.models import Directive
from senhong.work.answering import AnswerColumn, AnswerForm, AnswerKind
from senhong.work.models import Answer, Clause, Task, TaskList, Verdict
from senhong.work.queries import calendar_of, get_task
from senhong.work.services import (
    AnswerFacts,
    ListFacts,
    RepeatFacts,
    TaskFacts,
    TaskPlace,
    ask_extension,
    assign_down,
    comment_on,
    hand_in,
    make_dependency,
    make_group,
    make_list,
    make_task,
    pause_task,
    return_task,
    set_milestone,
    set_repetition,
    start_task,
    write_clause,
    write_item,
)
from senhong.work.states import TaskState
from senhong.work.workdays import due_on

_CLAUSES = (
    ("II.1", "Củng cố tổ thanh niên chuyển đổi số cộng đồng ở mỗi xã, phường (minh họa)."),
    ("II.2", "Hướng dẫn người dân dùng dịch vụ công trực tuyến, thanh toán số (minh họa)."),
    ("III.1", "Báo cáo kết quả định kỳ, có minh chứng (minh họa)."),
)
_TEAMS = AnswerForm(AnswerKind.NUMBER, "Số tổ đang hoạt động")
_VISITS = AnswerForm(
    AnswerKind.TABLE,
    "",
    (
        AnswerColumn("Điểm hướng dẫn"),
        AnswerColumn("Số buổi", is_number=True),
        AnswerColumn("Số người dân", is_number=True),
    ),
)


@dataclass(frozen=True, kw_only=True)
class _Sent:
    """A task as the province sends it, and how many of the communes are in which state."""

    title: str
    words: str
    clause: int
    due_days: int
    form: AnswerForm = field(default_factory=AnswerForm)
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    running: int = 0


_TASKS = (
    _Sent(
        title="Rà soát, lập danh sách tổ chuyển đổi số cộng đồng",
        words="Đếm các tổ đang hoạt động, ghi rõ tổ nào cần củng cố. Dữ liệu minh họa.",
        clause=0, due_days=-12, form=_TEAMS, on_time=66, late=17, waiting=4, running=6,
    ),
    _Sent(
        title="Mở điểm hướng dẫn dịch vụ công trực tuyến",
        words="Mỗi xã, phường ít nhất một điểm. Ghi từng điểm vào bảng. Dữ liệu minh họa.",
        clause=1, due_days=5, form=_VISITS, on_time=31, waiting=12, running=38,
    ),
    _Sent(
        title="Báo cáo kết quả quý kèm ảnh hoạt động",
        words="Không quá một trang, nêu một cách làm hay. Dữ liệu minh họa.",
        clause=2, due_days=21, on_time=3, waiting=2, running=20,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class _Office:
    """Who gives the work, and where."""

    stage: Stage
    actor: Actor
    user: User
    province: Unit
    communes: Sequence[Unit]


def give_work(stage: Stage, province: Unit) -> None:
    """The province splits its plan and sends it; communes answer, one by one and all together."""
    user = get_user("tinhdoan")
    communes = units_below(province, as_day(clock.today()))["commune"]
    office = _Office(stage, actor_of(user.pk), user, province, communes)
    row = make_list(
        office.actor, stage.ids.next("task-list"),
        ListFacts(unit=province, plan=stage.plans[-1], name="Thực hiện Kế hoạch 300 (minh họa)"),
    )  # fmt: skip
    clauses = _clauses(office)
    for said in _TASKS:
        _send(office, row, said, clauses[said.clause])
    _send_counted(office, row, clauses[1])
    _work_of_the_office(office, row)
    _work_of_a_commune(office)


def _clauses(office: _Office) -> list[Clause]:
    directive = Directive.objects.select_related("unit").get(number="300-KH/TĐTN-PT")
    return [
        write_clause(
            office.actor, office.stage.ids.next("clause"), directive,
            number=number, words=words, position=place,
        )
        for place, (number, words) in enumerate(_CLAUSES)
    ]  # fmt: skip


def _send(office: _Office, row: TaskList, said: _Sent, clause: Clause) -> None:
    facts = TaskFacts(
        title=said.title, words=said.words, form=said.form, clause=clause,
        due_at=_due(office.province, said.due_days), tags=("kế hoạch 300",),
    )  # fmt: skip
    task = _given(office, row, facts)
    parcels = iter(_parcels(office, task))
    due = task.due_at or clock.now()
    _answered(islice(parcels, said.on_time), said, TaskState.ACCEPTED, due - timedelta(days=2))
    _answered(islice(parcels, said.late), said, TaskState.ACCEPTED, due + timedelta(days=3))
    _answered(islice(parcels, said.waiting), said, TaskState.HANDED_IN, clock.now())
    _running(islice(parcels, said.running))
    _one_by_one(office, list(parcels)[:4], said)


def _send_counted(office: _Office, row: TaskList, clause: Clause) -> None:
    """A task that counts itself, from the ledger."""
    facts = TaskFacts(
        title="Ít nhất hai lượt ra quân trong kỳ", clause=clause,
        words="Số lượt tự đếm từ hoạt động đã ghi, không phải nhập tay. Dữ liệu minh họa.",
        indicator=get_indicator("sorties"), quantity=2, due_at=_due(office.province, 30),
        starts_at=due_on(clock.today() - timedelta(days=60), time(), _zone()),
    )  # fmt: skip
    assign_down(
        office.actor, office.stage.ids.next("assignment"), _given(office, row, facts),
        office.communes,
    )  # fmt: skip


def _given(office: _Office, row: TaskList, facts: TaskFacts) -> Task:
    id = office.stage.ids.next("task")
    make_task(office.actor, id, facts, TaskPlace(list=row), assignee=office.user)
    return get_task(office.actor, id)


def _parcels(office: _Office, task: Task) -> list[Task]:
    assign_down(office.actor, office.stage.ids.next("assignment"), task, office.communes)
    found = Task.objects.filter(parent=task).select_related("brief", "unit", "by_unit")
    return list(found.order_by("unit__sort_key", "pk"))


def _answered(tasks: Iterable[Task], said: _Sent, state: TaskState, at: datetime) -> None:
    """What so many communes handed in, written at once: as services would have, one by one."""
    held = list(tasks)
    ended = state == TaskState.ACCEPTED
    answers = [_answer(task, said, number, at, ended=ended) for number, task in enumerate(held)]
    Answer.objects.bulk_create(answers)
    for task, answer in zip(held, answers, strict=True):
        task.state, task.answer, task.stopped_at, task.moved_at = state, answer, at, at
        task.is_open, task.ended_at = not ended, clock.now() if ended else None
    columns = ["state", "answer", "stopped_at", "moved_at", "is_open", "ended_at"]
    Task.objects.bulk_update(held, columns, batch_size=100)


def _answer(task: Task, said: _Sent, number: int, at: datetime, *, ended: bool) -> Answer:
    facts = _facts(said, number)
    return Answer(
        id=derived_id(task.pk, "answer"), task=task, words=facts.words, number=facts.number,
        rows=[list(row) for row in facts.rows], at=at, judged_at=clock.now() if ended else None,
        verdict=Verdict.ACCEPTED if ended else Verdict.WAITING,
    )  # fmt: skip


def _facts(said: _Sent, number: int) -> AnswerFacts:
    """Plain numbers that repeat, so that nobody takes them for real ones."""
    words = "Đã làm xong, gửi kèm số liệu (minh họa)."
    if said.form.kind == AnswerKind.NUMBER:
        return AnswerFacts(words=words, number=Decimal(1 + number % 4))
    if said.form.kind == AnswerKind.TABLE:
        people = 20 + 5 * (number % 7)
        return AnswerFacts(words=words, rows=[["Nhà văn hóa", f"{1 + number % 3}", f"{people}"]])
    return AnswerFacts(words=words)


def _running(tasks: Iterable[Task]) -> None:
    ids = [task.pk for task in tasks]
    Task.objects.filter(pk__in=ids).update(state=TaskState.RUNNING, moved_at=clock.now())


def _one_by_one(office: _Office, tasks: list[Task], said: _Sent) -> None:
    """Of four communes one is returned, one asks for time, one is paused, one says something."""
    returned, asking, paused, talking = tasks
    ids, actor = office.stage.ids, office.actor
    hand_in(actor, ids.next("answer"), returned, _facts(said, 1))
    return_task(actor, returned, reason="Thiếu số liệu của một tổ. Mời bổ sung rồi nộp lại.")
    until = max(asking.due_at or clock.now(), clock.now()) + timedelta(days=7)
    ask_extension(actor, ids.next("extension"), asking, until=until, reason="Xã đang có mưa lớn.")
    pause_task(actor, ids.next("pause"), paused, reason="Chờ kinh phí của tỉnh.")
    start_task(actor, talking)
    comment_on(actor, ids.next("comment"), talking, words="Xã cần thêm mẫu tờ rơi, nhờ gửi giúp.")


def _work_of_the_office(office: _Office, row: TaskList) -> None:
    """The province's own part: columns, milestones, one task that waits for another."""
    ids, actor = office.stage.ids, office.actor
    groups = [
        make_group(actor, ids.next("group"), row, name=name, position=place)
        for place, name in enumerate(("Chuẩn bị", "Đang triển khai", "Tổng kết"))
    ]
    made = []
    for place, (title, days) in enumerate(
        (("In tờ rơi hướng dẫn", 3), ("Tập huấn tổ trưởng", 10), ("Viết báo cáo tổng kết", 35))
    ):
        id = ids.next("task")
        facts = TaskFacts(
            title=f"{title} (minh họa)", due_at=_due(office.province, days), is_reviewed=False
        )
        where = TaskPlace(list=row, group=groups[place])
        made.append(make_task(actor, id, facts, where, assignee=office.user))
    write_item(actor, ids.next("item"), made[0], words="Duyệt mẫu", position=0)
    write_item(actor, ids.next("item"), made[0], words="Đặt in", position=1)
    make_dependency(actor, ids.next("dependency"), before=made[0], after=made[1])
    on_day = calendar_of(office.province.pk).on_or_after(clock.today() + timedelta(days=40))
    set_milestone(actor, ids.next("milestone"), row, name="Sơ kết (minh họa)", on_day=on_day)


def _work_of_a_commune(office: _Office) -> None:
    """The secretary's commune: a standing list, work that comes again, tasks of her own."""
    ids, user = office.stage.ids, get_user("bithu")
    secretary = actor_of(user.pk)
    unit = landed_unit(office.stage.busiest_crew().team.unit_id, as_day(clock.today()))
    row = make_list(
        secretary, ids.next("task-list"), ListFacts(unit=unit, name="Việc thường xuyên (minh họa)")
    )
    for title, days in (("Họp tổ đầu tuần", -1), ("Cập nhật danh sách tổ", 2), ("Đăng tin", 9)):
        facts = TaskFacts(title=f"{title} (minh họa)", due_at=_due(unit, days), is_reviewed=False)
        make_task(secretary, ids.next("task"), facts, TaskPlace(list=row), assignee=user)
    facts = TaskFacts(title="Báo cáo tháng (minh họa)", is_reviewed=False)
    template = make_task(
        secretary, ids.next("task"), facts, TaskPlace(list=row), assignee=user, is_template=True
    )
    again = RepeatFacts(rule="FREQ=MONTHLY", first_on=clock.today().replace(day=25))
    set_repetition(secretary, ids.next("repetition"), template, again)


def _due(unit: Unit, days: int) -> datetime:
    """17:00 of the working day that is so many days from today, or of the next one."""
    day = calendar_of(unit.province_id).on_or_after(clock.today() + timedelta(days=days))
    return due_on(day, time(17), _zone())


def _zone() -> tzinfo:
    return timezone.get_default_timezone()
