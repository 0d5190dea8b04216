"""People decide about what was kept: it is repaired and sent on, or dismissed with a reason."""

from typing import Any

from django.db import transaction

from senhong.activities.services.planning import checked_reason
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor, Grant
from senhong.core.ids import derived_id
from senhong.sync.delivery import Answer
from senhong.sync.errors import KeptActDecided, KeptActStands
from senhong.sync.models import KeptAct, KeptKind, KeptState
from senhong.sync.parsing import act_of, body_of, loaded_act
from senhong.sync.queries.kept import held_of, sender_of
from senhong.sync.services.keeping import mark_replayed
from senhong.sync.services.receiving import judge, judge_again, receive_acts

_VERB = "help.correct"


def place_of(actor: Actor, kept: KeptAct) -> str:
    """Where one must hold ``help.correct`` to decide: at its team, else for a whole province."""
    if kept.team is not None:
        return kept.team.path
    return next((path for path in actor.paths(_VERB) if path.count("/") <= 1), "")


@transaction.atomic
def replay_act(actor: Actor, kept: KeptAct, text: str, *, as_new: bool = False) -> list[Answer]:
    """Judge the text in the place of what was kept, as its sender's act or acts.

    ``as_new``: it is another act than the one that stands under its id, so it takes an id of
    its own, always the same. Raises Forbidden, KeptActDecided, ActMalformed, KeptActStands;
    of a body BodyUnreadable, TooManyActs.
    """
    actor.require(_VERB, at=place_of(actor, kept))
    _check_open(kept)
    if kept.kind == KeptKind.UNREADABLE:
        return _replay_body(actor, kept, text)
    value = loaded_act(text)
    if as_new and isinstance(value, dict):
        value = value | {"id": str(derived_id(act_of(value).id, kept.digest))}
    act = act_of(value)
    sender = sender_of(kept)
    answer = judge(on_behalf(actor, kept.sender_id), value, sender)
    if answer.error is not None:
        raise KeptActStands(why=str(answer.error))
    if not mark_replayed(actor, kept, as_id=act.id, by=actor.user_id):
        raise KeptActDecided(state=kept.get_state_display())
    return [answer]


def _replay_body(actor: Actor, kept: KeptAct, text: str) -> list[Answer]:
    """A whole body that was repaired; each of its acts is judged, and kept, as if it came now."""
    body = body_of(text.encode(errors="replace"))
    sender = sender_of(kept)
    told = receive_acts(on_behalf(actor, kept.sender_id), body.values, body.texts, sender)
    if not mark_replayed(actor, kept, as_id=None, by=actor.user_id):
        raise KeptActDecided(state=kept.get_state_display())
    return told


@transaction.atomic
def dismiss_act(actor: Actor, kept: KeptAct, *, reason: str) -> None:
    """It is not recorded, for this reason; its bytes stay for some months.

    Raises Forbidden, KeptActDecided, ReasonMissing, PersonalNumber.
    """
    actor.require(_VERB, at=place_of(actor, kept))
    said = checked_reason(reason)
    changed = KeptAct.objects.filter(pk=kept.pk, state=KeptState.OPEN).update(
        state=KeptState.DISMISSED, decided_at=clock.now(), decided_by=actor.user_id, reason=said
    )
    if not changed:
        kept.refresh_from_db(fields=["state"])
        _check_open(kept)
    happened(actor, "act.dismissed", kept, kind=kept.kind)


def replay_held_of(actor: Actor, *, user_id: int, **_facts: Any) -> int:
    """Judge again what is held of this person, who was confirmed or refused; how many count now."""
    return judge_again(held_of(user_id))


def on_behalf(actor: Actor, user_id: int | None) -> Actor:
    """The person, with what the actor may do for her: record and join where the actor may correct,
    and what the actor may do there herself. Never what only the person may."""
    verbs = ("help.record", "activity.join", "activity.view", "team.view")
    given = {Grant(verb, path) for verb in verbs for path in actor.paths(_VERB)}
    own = {grant for grant in actor.grants if grant.verb in {_VERB, "activity.edit"}}
    return Actor(user_id, frozenset(given | own), brought_by=actor.user_id)


def _check_open(kept: KeptAct) -> None:
    if not kept.is_open:
        raise KeptActDecided(state=kept.get_state_display())
