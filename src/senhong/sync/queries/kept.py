"""Kept acts as those who decide read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from senhong.activities.models import Help
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.core.rows import rows_of, run_often, stored_uuid
from senhong.core.slices import past
from senhong.sync.delivery import Sender
from senhong.sync.models import KeptAct, KeptState
from senhong.sync.parsing import loaded


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A kept act with what stands under its id."""

    kept: KeptAct  # with sender, team and its unit, and who decided
    stands: Help | None


@dataclass(frozen=True, slots=True)
class KeptSlice:
    """Part of the list, and the id after which it goes on; None at its end."""

    items: Sequence[KeptAct]
    next: UUID | None


def kept_acts(
    actor: Actor, *, is_open: bool = True, after: UUID | None = None, limit: int = 30
) -> KeptSlice:
    """What waits for a decision, the oldest first; or what was decided, the latest first.

    With sender, team and who decided. One query.
    """
    found = KeptAct.objects.visible_to(actor).select_related("sender", "team__unit", "decided_by")
    found = found.open() if is_open else found.exclude(state=KeptState.OPEN)
    if after is not None:
        known = KeptAct.objects.visible_to(actor)
        found = found.filter(past(known, after, rising=is_open))
    items = list(found.order_by("pk" if is_open else "-pk")[: limit + 1])
    return KeptSlice(items[:limit], items[limit - 1].pk if len(items) > limit else None)


def get_kept_act(actor: Actor, id: UUID) -> KeptLine:
    """One kept act, or NotFound when the actor may not see it. Two queries."""
    found = KeptAct.objects.visible_to(actor).select_related("sender", "team__unit", "decided_by")
    kept = found.filter(pk=id).first()
    if kept is None:
        raise NotFound(what=_("lượt giữ lại này"))
    stands = kept.act and Help.objects.filter(pk=kept.act).select_related("activity", "team")
    return KeptLine(kept, stands.first() if stands else None)


def open_number(actor: Actor) -> int:
    """How many wait for a decision by the actor. One query."""
    return KeptAct.objects.visible_to(actor).open().count()


_WAITING = """
SELECT k.id FROM {acts} JOIN sync_keptact k ON k.waits_for = w.id WHERE k.state = 'open'
"""


def waiting_for(acts: Collection[UUID]) -> list[KeptAct]:
    """What was kept until one of these acts arrived, the oldest first. One query, seldom two.

    Plain SQL: every delivery asks, and hardly ever does something wait.
    """
    source, params = rows_of("w", {"id": "uuid"}, [(id,) for id in acts])
    found = run_often(_WAITING.format(acts=source), params)
    ids = [stored_uuid(id) for (id,) in found]
    return list(KeptAct.objects.filter(pk__in=ids).order_by("pk")) if ids else []


def held_of(user_id: int) -> list[KeptAct]:
    """What of this person's is held, the oldest first; at most 1,000. One query."""
    return list(KeptAct.objects.open().filter(sender=user_id).order_by("pk")[:1000])


def sender_of(kept: KeptAct) -> Sender:
    """Who sent it, as it was when it came: also how far the phone's clock was off."""
    return Sender(kept.sender_id, kept.device, timedelta(seconds=kept.behind_s))


def kept_of_day(user_id: int | None, since: datetime) -> tuple[int, int]:
    """How many things of this person's were kept since then, and how many bytes. One query."""
    found = KeptAct.objects.filter(sender=user_id, received_at__gte=since)
    sums = found.aggregate(number=Count("pk"), size=Sum(Length("raw_bytes")))
    return sums["number"], sums["size"] or 0


def decided_before(actor: Actor, before: datetime, *, limit: int = 1000) -> list[UUID]:
    """What was decided before the instant and still has its bytes, the oldest first.

    Raises Forbidden. One query.
    """
    actor.require("system.run", at="")
    found = KeptAct.objects.decided().filter(decided_at__lt=before, bytes_cleared_at=None)
    return list(found.order_by("decided_at").values_list("pk", flat=True)[:limit])


def text_of(kept: KeptAct) -> str:
    """What came, as text; what is no text is shown by its bytes."""
    return bytes(kept.raw_bytes).decode(errors="backslashreplace")


def value_of(kept: KeptAct) -> Any:
    """The act as JSON; None when it cannot be read."""
    try:
        return loaded(bytes(kept.raw_bytes).decode())
    except (ValueError, RecursionError):
        return None
