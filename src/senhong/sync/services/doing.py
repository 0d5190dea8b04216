"""Acts that change a state: done once, whatever the phone sends again."""

from typing import Any

from django.db import transaction

from senhong.activities.errors import GivenInFuture
from senhong.activities.services.judging import AHEAD
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.sync.acting import ACTING, Moment, subject_of
from senhong.sync.acts import StateAct
from senhong.sync.canonical import VERSION, digest_of
from senhong.sync.delivery import Sender
from senhong.sync.models import DoneAct


@transaction.atomic
def do_act(actor: Actor, act: StateAct, sender: Sender) -> bool:
    """Do what the act says, by the service of its type; False when it was done before.

    Of two acts on the same thing the one with the later time holds: an earlier one that
    arrives after it is noted and changes nothing. Raises IdReused, GivenInFuture and what the
    service raises.
    """
    facts = _facts(act, subject_of(actor, act))
    told = {"done_at": clock.now(), "sender_id": sender.user_id, "device": sender.device}
    done, is_new = DoneAct.objects.get_or_create(id=act.id, defaults=facts | told)
    if not is_new:
        if not _says_the_same(done, facts):
            raise IdReused(id=str(act.id))
        return False
    if act.at > clock.now() + AHEAD:
        raise GivenInFuture(given_on=clock.date_of(act.at))
    later = DoneAct.objects.filter(subject=facts["subject"], said_at__gt=act.at)
    if not later.exists():
        ACTING[type(act)](actor, act, Moment(act.at, sender.behind))
    return True


def _facts(act: StateAct, subject: str) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "digest": digest_of(act),
        "digest_version": VERSION,
        "subject": subject,
        "said_at": act.at,
    }


def _says_the_same(done: DoneAct, facts: dict[str, Any]) -> bool:
    """What was noted before digests had a version is known by what else was noted of it."""
    names = ["kind", "subject", "said_at"]
    names = ["digest"] if done.digest_version == VERSION else names
    return all(getattr(done, name) == facts[name] for name in names)
