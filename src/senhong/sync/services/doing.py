"""Acts that change a state: done once, whatever the phone sends again."""

import hashlib

from django.db import transaction

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.sync.acting import ACTING, Moment, subject_of
from senhong.sync.acts import StateAct
from senhong.sync.delivery import Sender
from senhong.sync.models import DoneAct


@transaction.atomic
def do_act(actor: Actor, act: StateAct, sender: Sender) -> bool:
    """Do what the act says, by the service of its type; False when it was done before.

    Of two acts on the same thing the one with the later time holds: an earlier one that
    arrives after it is noted and changes nothing. Raises IdReused and what the service raises.
    """
    digest = hashlib.sha256(repr(act).encode()).hexdigest()
    subject = subject_of(actor, act)
    done, is_new = DoneAct.objects.get_or_create(
        id=act.id,
        defaults={
            "kind": act.kind,
            "digest": digest,
            "subject": subject,
            "said_at": act.at,
            "done_at": clock.now(),
            "sender_id": sender.user_id,
            "device": sender.device,
        },
    )
    if not is_new:
        if done.digest != digest:
            raise IdReused(id=str(act.id))
        return False
    later = DoneAct.objects.filter(subject=subject, said_at__gt=act.at)
    if not later.exists():
        ACTING[type(act)](actor, act, Moment(act.at, sender.behind))
    return True
