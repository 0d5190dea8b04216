"""Judges a delivery, act by act."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings

from senhong.activities.facts import HelpAnswer, HelpOutcome
from senhong.core.actor import Actor
from senhong.core.errors import DomainError, IdReused
from senhong.org.queries import actor_of
from senhong.sync.acting import sign_up_of
from senhong.sync.acts import Act, CorrectionAct, HelpAct, SignUpAct, StateAct
from senhong.sync.delivery import Answer, Result, Sender
from senhong.sync.errors import ActMalformed, TooManyKept, WaitsForAnother, WaitsForSignUp
from senhong.sync.helping import record
from senhong.sync.models import KeptAct, KeptKind
from senhong.sync.parsing import act_of, id_in
from senhong.sync.queries.kept import sender_of, text_of, value_of, waiting_for
from senhong.sync.services.doing import do_act
from senhong.sync.services.keeping import Keeping, keep_acts, mark_replayed

_MOST_ID = 100  # characters of an id that is none, in an answer

_WAITS = (WaitsForAnother, WaitsForSignUp)
Texts = Callable[[], Sequence[str]]


def receive_acts(actor: Actor, values: Sequence[Any], texts: Texts, sender: Sender) -> list[Answer]:
    """What became of each act, in the same order; safe to send again in any order.

    Help is one batch, every other act a service of its own, each in its own transaction. What
    cannot be recorded without a person's decision is kept as it came: ``texts`` gives the acts
    as they were sent, and is asked only then.
    """
    delivery = _received(actor, values, texts, sender)
    # What was laid aside: the act it waits for may have come meanwhile, when nothing waited yet.
    if delivery.awaits and (waiting := waiting_for(delivery.awaits)):
        judge_again(waiting)
    return delivery.told


def _received(actor: Actor, values: Sequence[Any], texts: Texts, sender: Sender) -> "_Delivery":
    delivery = _Delivery(actor, values, sender)
    delivery.read()
    delivery.help()
    delivery.do()
    delivery.keep(texts)
    delivery.release()
    return delivery


def judge(actor: Actor, value: Any, sender: Sender) -> Answer:
    """What becomes of one act; nothing is kept."""
    delivery = _Delivery(actor, [value], sender)
    delivery.read()
    delivery.help()
    delivery.do()
    delivery.release()
    return delivery.told[0]


def judge_again(kept: Sequence[KeptAct]) -> int:
    """Judge what was kept once more, as its sender's; how many are recorded now.

    For what happens by itself: another act arrived, a newcomer was confirmed.
    """
    recorded = 0
    for row in kept:
        if row.sender_id is None or (value := value_of(row)) is None:
            continue
        actor = actor_of(row.sender_id)
        [answer] = _received(actor, [value], partial(_texts_of, row), sender_of(row)).told
        if answer.result in _HERE:
            recorded += mark_replayed(actor, row, as_id=UUID(answer.id))
    return recorded


def _texts_of(row: KeptAct) -> list[str]:
    return [text_of(row)]


class _Delivery:
    """What is known of a delivery while it is judged."""

    def __init__(self, actor: Actor, values: Sequence[Any], sender: Sender) -> None:
        self.actor, self.values, self.sender = actor, values, sender
        self.helps: list[tuple[int, HelpAct]] = []
        self.others: list[tuple[int, StateAct]] = []
        self.acts: dict[int, Act] = {}
        self.answers: dict[int, Answer] = {}
        self.awaits: list[UUID] = []  # what was laid aside waits for these

    @property
    def told(self) -> list[Answer]:
        return [self.answers[place] for place in range(len(self.values))]

    def read(self) -> None:
        for place, value in enumerate(self.values):
            try:
                act = act_of(value)
            except ActMalformed as error:
                self.answers[place] = Answer(_id_shown(value), Result.HELD, error)
                continue
            self.acts[place] = act
            if isinstance(act, HelpAct):
                self.helps.append((place, act))
            else:
                self.others.append((place, act))

    def help(self) -> None:
        if not self.helps:
            return
        told = record(self.actor, [act for _place, act in self.helps])
        for (place, _act), answer in zip(self.helps, told, strict=True):
            self.answers[place] = _of_help(self.values[place]["id"], answer)

    def do(self) -> None:
        for place, act in self.others:
            id = self.values[place]["id"]
            try:
                is_new = do_act(self.actor, act, self.sender)
            except DomainError as error:
                self.answers[place] = Answer(id, _result_of(error), error)
            else:
                done = Result.RECORDED if is_new else Result.ALREADY_RECORDED
                self.answers[place] = Answer(id, done)

    def keep(self, texts: Texts) -> None:
        aside = [p for p, a in self.answers.items() if a.result in {Result.CONFLICT, Result.HELD}]
        if not aside:
            return
        said = texts()
        keeping = {place: self._keeping(place, said[place]) for place in sorted(aside)}
        refused = keep_acts(self.actor, list(keeping.values()), self.sender)
        self.awaits = [each.waits_for for each in keeping.values() if each.waits_for]
        for place, each in keeping.items():
            if each in refused:
                error = TooManyKept(most=settings.KEPT_ACTS_A_DAY)
                self.answers[place] = Answer(self.answers[place].id, Result.RETURNED, error)

    def release(self) -> None:
        """Judge again what waited for an act that has arrived, now or before.

        Before: the server may have died between recording it and this. Its phone sends it again.
        """
        here = [
            awaited
            for place, act in self.acts.items()
            if self.answers[place].result in _HERE and (awaited := _awaited(self.actor, act))
        ]
        if here and (waiting := waiting_for(here)):
            judge_again(waiting)

    def _keeping(self, place: int, text: str) -> Keeping:
        error = self.answers[place].error
        assert error is not None
        kind = KeptKind.HELD
        if isinstance(error, IdReused):
            kind = KeptKind.CONFLICT
        elif isinstance(error, _WAITS):
            kind = KeptKind.WAITING
        return Keeping(
            act=id_in(self.values[place]),
            value=self.values[place],
            text=text,
            kind=kind,
            why=error.code,
            waits_for=UUID(str(error.act)) if isinstance(error, _WAITS) else None,
        )


def _awaited(actor: Actor, act: Act) -> UUID | None:
    """Under what those find an act that wait for it."""
    if isinstance(act, SignUpAct):
        return sign_up_of(actor, act) if act.answer == "sign-up" else None
    return act.id if isinstance(act, HelpAct | CorrectionAct) else None


_HERE = {Result.RECORDED, Result.ALREADY_RECORDED}
_HELP_RESULTS = {
    HelpOutcome.RECORDED: Result.RECORDED,
    HelpOutcome.ALREADY_RECORDED: Result.ALREADY_RECORDED,
    HelpOutcome.CONFLICT: Result.CONFLICT,
}


def _of_help(id: str, answer: HelpAnswer) -> Answer:
    if result := _HELP_RESULTS.get(answer.outcome):
        return Answer(id, result, answer.error)
    assert answer.error is not None
    return Answer(id, _result_of(answer.error), answer.error)


def _result_of(error: DomainError) -> Result:
    if isinstance(error, IdReused):
        return Result.CONFLICT
    return Result.HELD if isinstance(error, _WAITS) else Result.RETURNED


def _id_shown(value: object) -> str | None:
    id = value.get("id") if isinstance(value, dict) else None
    return id[:_MOST_ID] if isinstance(id, str) else None
