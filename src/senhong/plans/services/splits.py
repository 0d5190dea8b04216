"""A target divided among the units below, so that the shares always add up to it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from senhong.audit.models import Event
from senhong.audit.services import happened, subject_of
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.core.text import nfc
from senhong.org.models import Unit
from senhong.plans.errors import (
    NothingToSplit,
    ShareNotBelow,
    ShareOfAnother,
    ShareOutOfRange,
    SplitNotExact,
    SplitOvertaken,
    TargetIsShare,
    TargetQuantityTooSmall,
)
from senhong.plans.models import Target, TargetRevision
from senhong.plans.queries.splits import given_below, unit_ids_to_split
from senhong.plans.splitting import shares_by

MOST = 10**12  # of one target


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one unit gets of a target; the target's own unit: what it is to do itself."""

    unit: Unit
    quantity: int  # in the indicator's unit of measure, from 0 on
    note: str = ""  # why this one differs; kept with the revision


@dataclass(frozen=True, kw_only=True)
class Split:
    """The shares of a target, as they were decided."""

    seen: int  # the whole's quantity, as who decides read it; another by now is refused
    shares: Sequence[Share]
    quantity: int | None = None  # another for the whole, in the same act
    reason: str = ""

    @property
    def whole(self) -> int:
        return self.seen if self.quantity is None else self.quantity

    @property
    def digest(self) -> str:
        lines = sorted(f"{share.unit.key}={share.quantity}" for share in self.shares)
        return hashlib.sha256("\n".join([str(self.whole), *lines]).encode()).hexdigest()


class _Act(NamedTuple):
    actor: Actor
    id: UUID
    reason: str


class _Change(NamedTuple):
    """A target that gets another quantity."""

    target: Target
    old: int | None  # None: it is new
    note: str = ""


@transaction.atomic
def split_target(actor: Actor, id: UUID, target: Target, split: Split) -> Target:
    """Divide a target among the units directly below it and its own unit, or divide it anew.

    The shares add up to the whole. A unit that had a share and is not named keeps none (0). A
    share that is itself split passes its change on, in proportion to its own shares; the whole's
    quantity changes here too, unless it is itself a share. Every change is kept with the reason.
    The same ``id`` with the same shares changes nothing. Raises Forbidden, NothingToSplit,
    ShareNotBelow, ShareOutOfRange, ShareOfAnother, SplitNotExact, SplitOvertaken,
    TargetIsShare, TargetQuantityTooSmall, IdReused.
    """
    actor.require("target.set", at=target.unit.path)
    if _is_done(target, id, split):
        return target
    _refuse_nonsense(target, split)
    _take(target, split)
    changes = _divide(id, target, split.shares)
    if split.whole != split.seen:
        changes.insert(0, _Change(target, split.seen))
    _save(_Act(actor, id, nfc(split.reason)), changes)
    happened(
        actor, "target.split", target, act=str(id), digest=split.digest,
        parts=len(split.shares), quantity=[split.seen, split.whole],
    )  # fmt: skip
    return target


def revise(actor: Actor, act: UUID, target: Target, quantity: int, reason: str = "") -> None:
    """Keep what a target's quantity was and what it becomes, in the caller's transaction."""
    old, target.quantity = target.quantity, quantity
    _revise(_Act(actor, act, nfc(reason)), [_Change(target, old)])
    target.quantity = old


def _is_done(target: Target, act: UUID, split: Split) -> bool:
    """The act was seen before; IdReused if it said something else then."""
    done = Event.objects.filter(subject=subject_of(target), facts__act=str(act)).first()
    if done is None:
        is_other = TargetRevision.objects.filter(act=act).exists()
    else:
        is_other = done.facts.get("digest") != split.digest
    if is_other:
        raise IdReused(id=str(act))
    return done is not None


def _refuse_nonsense(target: Target, split: Split) -> None:
    if target.parent is not None and split.whole != split.seen:
        raise TargetIsShare(unit=target.parent.unit.title)
    if not 1 <= split.whole <= MOST:
        raise TargetQuantityTooSmall(quantity=split.whole)
    for share in split.shares:
        if not 0 <= share.quantity <= MOST:
            raise ShareOutOfRange(quantity=share.quantity)
    total = sum(share.quantity for share in split.shares)
    if total != split.whole:
        raise SplitNotExact(whole=split.whole, total=total)


def _refuse_strangers(target: Target, shares: Sequence[Share], given: Iterable[int]) -> None:
    """Only who may have a share, and each once."""
    left = {*given, *unit_ids_to_split(target), target.unit_id}
    if left == {target.unit_id}:
        raise NothingToSplit(unit=target.unit.title)
    for share in shares:
        if share.unit.pk not in left:
            raise ShareNotBelow(unit=share.unit.title)
        left.remove(share.unit.pk)


def _take(target: Target, split: Split) -> None:
    """From here on nobody else splits this target or changes it: its row is written first."""
    mine = Target.objects.filter(pk=target.pk, quantity=split.seen, is_own=False)
    if not mine.update(quantity=split.whole):
        raise SplitOvertaken
    target.quantity = split.whole


def _divide(act: UUID, target: Target, shares: Sequence[Share]) -> list[_Change]:
    """The shares as targets, only those that change."""
    known = {row.unit_id: row for row in given_below(target)}
    _refuse_strangers(target, shares, known)
    wanted = {share.unit.pk: share for share in shares}
    _refuse_taken(target, [known[unit] for unit in known.keys() & wanted.keys()])
    left = [row for unit, row in known.items() if unit not in wanted]
    mine = [row for row in left if row.parent_id == target.pk and row.quantity]
    changes = [_changed(target, row, 0, "") for row in mine]
    for unit, share in wanted.items():
        row = known.get(unit)
        if row is None:
            if share.quantity:
                changes.append(_Change(_new_share(act, target, share), None, share.note))
        elif row.quantity != share.quantity or row.parent_id is None:
            changes.append(_changed(target, row, share.quantity, share.note))
    return changes


def _refuse_taken(target: Target, rows: Iterable[Target]) -> None:
    for row in rows:
        if row.parent_id not in {None, target.pk}:
            raise ShareOfAnother(unit=row.unit.title)


def _new_share(act: UUID, target: Target, share: Share) -> Target:
    is_own = share.unit.pk == target.unit_id
    return Target(
        id=derived_id(act, target.pk, share.unit.pk, is_own),
        plan_id=target.plan_id, unit=share.unit, indicator_id=target.indicator_id,
        wording=target.wording, quantity=share.quantity, from_day=target.from_day,
        to_day=target.to_day, parent=target, is_own=is_own,
    )  # fmt: skip


def _changed(target: Target, share: Target, quantity: int, note: str) -> _Change:
    old = share.quantity
    share.quantity, share.parent = quantity, target
    return _Change(share, old, note)


def _save(act: _Act, changes: list[_Change]) -> None:
    """Save level by level: a share that is itself split hands its change on to its shares."""
    while changes:
        Target.objects.bulk_create(
            [change.target for change in changes],
            update_conflicts=True, unique_fields=["id"], update_fields=["quantity", "parent"],
        )  # fmt: skip
        _revise(act, [change for change in changes if change.old != change.target.quantity])
        changes = _passed_on(changes)


def _passed_on(changes: Iterable[_Change]) -> list[_Change]:
    """What the shares of changed shares change by, in proportion to what they were."""
    above = {change.target.pk: change.target for change in changes if change.target.parent_id}
    below: dict[UUID, list[Target]] = {}
    found = Target.objects.filter(parent__in=above).order_by("is_own", "unit__sort_key", "unit_id")
    for share in found:
        below.setdefault(share.parent_id or share.pk, []).append(share)
    return [
        _changed(above[id], share, quantity, "")
        for id, shares in below.items()
        for share, quantity in zip(
            shares, shares_by([each.quantity for each in shares], above[id].quantity), strict=True
        )
        if share.quantity != quantity
    ]


def _revise(act: _Act, changes: list[_Change]) -> None:
    now = clock.now()
    TargetRevision.objects.bulk_create(
        TargetRevision(
            id=derived_id(act.id, "revision", change.target.pk),
            target=change.target, act=act.id, at=now, by_id=act.actor.user_id,
            reason=(nfc(change.note) or act.reason)[:300],
            old_quantity=change.old, new_quantity=change.target.quantity,
        )
        for change in changes
    )  # fmt: skip
