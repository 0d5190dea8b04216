"""Keeps what could not be recorded, as it came."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.people.models import Team
from senhong.sync.delivery import Sender
from senhong.sync.errors import TooManyKept
from senhong.sync.models import KeptAct, KeptKind, KeptState
from senhong.sync.queries.belonging import team_of_sender, teams_named
from senhong.sync.queries.kept import kept_of_day


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
def keep_acts(actor: Actor, acts: Sequence[Keeping], sender: Sender) -> list[Keeping]:
    """Keep them for the team that they name, else the sender's, else the office.

    What this sender sent before, byte by byte, is not kept twice. Answers with those for which
    there is no room any more today (``KEPT_ACTS_A_DAY``, ``KEPT_MB_A_DAY``): they are not kept.
    """
    by_digest = {_digest(_bytes(each.text)): each for each in acts}
    known = _known(sender, by_digest)
    new = {digest: each for digest, each in by_digest.items() if digest not in known}
    if not new:
        return []
    fits = _fitting(sender, {digest: len(_bytes(each.text)) for digest, each in new.items()})
    kept = {digest: each for digest, each in new.items() if digest in fits}
    teams = teams_named(actor, [each.value for each in kept.values()])
    own = team_of_sender(sender.user_id)
    rows = [
        _row(each, digest, sender, team or own)
        for (digest, each), team in zip(kept.items(), teams, strict=True)
    ]
    _insert(actor, rows)
    refused = new.keys() - kept.keys()
    return [each for each in acts if _digest(_bytes(each.text)) in refused]


@transaction.atomic
def keep_body(actor: Actor, body: bytes, sender: Sender) -> None:
    """Keep a whole body that cannot be read, once; for the office. Raises TooManyKept."""
    digest = _digest(body)
    if _known(sender, [digest]):
        return
    if not _fitting(sender, {digest: len(body)}):
        raise TooManyKept(most=settings.KEPT_ACTS_A_DAY)
    row = KeptAct(
        id=uuid7(), kind=KeptKind.UNREADABLE, why="body-unreadable", sender_id=sender.user_id,
        device=sender.device, received_at=clock.now(), raw_bytes=body, digest=digest,
        behind_s=sender.behind.total_seconds(),
    )  # fmt: skip
    _insert(actor, [row])


@transaction.atomic
def clear_bytes(actor: Actor, ids: Collection[UUID]) -> int:
    """Of what was decided the bytes go, the record stays; of how many. Raises Forbidden."""
    actor.require("system.run", at="")
    rows = list(KeptAct.objects.decided().filter(pk__in=ids, bytes_cleared_at=None))
    KeptAct.objects.filter(pk__in=[row.pk for row in rows]).update(
        raw_bytes=b"", bytes_cleared_at=clock.now()
    )
    all_happened(actor, "act.cleared", [(row, {"kind": row.kind}) for row in rows])
    return len(rows)


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


def _known(sender: Sender, digests: Collection[str]) -> set[str]:
    found = KeptAct.objects.filter(sender=sender.user_id, digest__in=list(digests))
    return set(found.values_list("digest", flat=True))


def _fitting(sender: Sender, sizes: Mapping[str, int]) -> set[str]:
    """Of these, by digest and number of bytes, those that the sender's day has room for."""
    number, total = kept_of_day(sender.user_id, clock.start_of(clock.today()))
    fits = set()
    for digest, size in sizes.items():
        if number < settings.KEPT_ACTS_A_DAY and total + size <= settings.KEPT_MB_A_DAY * 10**6:
            number, total = number + 1, total + size
            fits.add(digest)
    return fits


def _insert(actor: Actor, rows: Iterable[KeptAct]) -> None:
    """Of two who keep the same at once the second changes nothing; in one order, so that neither
    waits for the other."""
    ordered = sorted(rows, key=lambda row: row.digest)
    made = KeptAct.objects.bulk_create(ordered, ignore_conflicts=True)
    there = KeptAct.objects.in_bulk([row.pk for row in made])
    kept = [row for row in made if row.pk in there]
    all_happened(actor, "act.kept", [(row, {"kind": row.kind, "code": row.why}) for row in kept])


def _row(each: Keeping, digest: str, sender: Sender, team: Team | None) -> KeptAct:
    return KeptAct(
        id=uuid7(), act=each.act, kind=each.kind, why=each.why, waits_for=each.waits_for,
        sender_id=sender.user_id, device=sender.device, team=team, received_at=clock.now(),
        raw_bytes=_bytes(each.text), digest=digest, behind_s=sender.behind.total_seconds(),
    )  # fmt: skip


def _bytes(text: str) -> bytes:
    # A text that came over the network has no half signs; one from a form may.
    return text.encode(errors="surrogatepass")


def _digest(sent: bytes) -> str:
    return hashlib.sha256(sent).hexdigest()
