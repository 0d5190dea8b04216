"""Keeps what could not be recorded, as it came."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.people.models import Team
from senhong.sync.delivery import Sender
from senhong.sync.models import KeptAct, KeptKind, KeptState
from senhong.sync.queries.belonging import team_of_sender, teams_named


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """An act that is to be kept, and why."""

    act: UUID | None
    value: Any
    text: str  # as it came
    kind: KeptKind
    why: str
    waits_for: UUID | None = None


@transaction.atomic
def keep_acts(actor: Actor, acts: Sequence[Keeping], sender: Sender) -> list[KeptAct]:
    """Keep them for the team that they name, else the sender's, else the office.

    What this sender sent before, byte by byte, is not kept twice. Answers with the new rows.
    """
    by_digest = {_digest(_bytes(each.text)): each for each in acts}
    known = set(
        KeptAct.objects.filter(sender=sender.user_id, digest__in=by_digest).values_list(
            "digest", flat=True
        )
    )
    new = {digest: each for digest, each in by_digest.items() if digest not in known}
    if not new:
        return []
    teams = teams_named(actor, [each.value for each in new.values()])
    own = team_of_sender(sender.user_id)
    rows = [
        _row(each, digest, sender, team or own)
        for (digest, each), team in zip(new.items(), teams, strict=True)
    ]
    return _insert(actor, rows)


@transaction.atomic
def keep_body(actor: Actor, body: bytes, sender: Sender) -> list[KeptAct]:
    """Keep a whole body that cannot be read, once; for the office."""
    digest = _digest(body)
    if KeptAct.objects.filter(sender=sender.user_id, digest=digest).exists():
        return []
    row = KeptAct(
        id=uuid7(), kind=KeptKind.UNREADABLE, why="body-unreadable", sender_id=sender.user_id,
        device=sender.device, received_at=clock.now(), raw_bytes=body, digest=digest,
    )  # fmt: skip
    return _insert(actor, [row])


def mark_replayed(
    actor: Actor, kept: KeptAct, *, as_id: UUID | None, by: int | None = None
) -> bool:
    """What was kept is recorded now; False when somebody decided it in the meantime."""
    changed = KeptAct.objects.filter(pk=kept.pk, state=KeptState.OPEN).update(
        state=KeptState.REPLAYED, decided_at=clock.now(), decided_by=by, replayed_as=as_id
    )
    if changed:
        happened(actor, "act.replayed", kept, kind=kept.kind)
    return bool(changed)


def _insert(actor: Actor, rows: Iterable[KeptAct]) -> list[KeptAct]:
    """Of two who keep the same at once the second changes nothing; in one order, so that neither
    waits for the other."""
    ordered = sorted(rows, key=lambda row: row.digest)
    made = KeptAct.objects.bulk_create(ordered, ignore_conflicts=True)
    there = KeptAct.objects.in_bulk([row.pk for row in made])
    kept = [row for row in made if row.pk in there]
    all_happened(actor, "act.kept", [(row, {"kind": row.kind, "code": row.why}) for row in kept])
    return kept


def _row(each: Keeping, digest: str, sender: Sender, team: Team | None) -> KeptAct:
    return KeptAct(
        id=uuid7(), act=each.act, kind=each.kind, why=each.why, waits_for=each.waits_for,
        sender_id=sender.user_id, device=sender.device, team=team, received_at=clock.now(),
        raw_bytes=_bytes(each.text), digest=digest,
    )  # fmt: skip


def _bytes(text: str) -> bytes:
    # A text that came over the network has no half signs; one from a form may.
    return text.encode(errors="surrogatepass")


def _digest(sent: bytes) -> str:
    return hashlib.sha256(sent).hexdigest()
