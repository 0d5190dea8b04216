"""A change of the map from its draft to its confirmation: two people, step by step."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.text import nfc
from senhong.org.changes import Change, NewUnit, as_content
from senhong.org.errors import NotAtThisStep, OwnProposal
from senhong.org.models import ChangeState, MapChange, Unit
from senhong.org.queries.preparing import UNDER_WAY, change_in, dry_run
from senhong.org.queries.turning import undo_plan_of

_APART = 0.01  # degrees, about a kilometre: between the centres of what one unit is divided into


@transaction.atomic
def draft_change(actor: Actor, id: UUID, *, province: Unit, name: str, day: int) -> MapChange:
    """The province begins to prepare a change of its map from ``day`` on.

    The same id and facts again return the first. Raises Forbidden, IdReused.
    """
    actor.require("map.change", at=province.path)
    facts = {"province_id": province.pk, "name": nfc(name), "day": day}
    prepared, made = MapChange.objects.get_or_create(
        id=id, defaults=facts | {"state": ChangeState.DRAFT}
    )
    if made:
        happened(actor, "map-change.drafted", prepared, day=day)
    elif any(getattr(prepared, field) != value for field, value in facts.items()):
        raise IdReused(id=str(id))
    return prepared


@transaction.atomic
def write_change(actor: Actor, prepared: MapChange, change: Change, *, name: str = "") -> MapChange:
    """The draft says this change from now on, on its day.

    New units get the centre of what they are made of. The same again changes nothing. What
    stands against it is told by its dry run. Raises Forbidden, NotAtThisStep.
    """
    _require_everywhere(actor, prepared, change, "map.change")
    facts = {
        "content": as_content(replace(change, begins=_centred(change))),
        "day": change.day,
        "name": nfc(name) or prepared.name,
    }
    if all(getattr(prepared, field) == value for field, value in facts.items()):
        return prepared
    _turn(prepared, {ChangeState.DRAFT}, **facts)
    happened(actor, "map-change.written", prepared, number=len(change.ends) + len(change.begins))
    return prepared


def _require_everywhere(actor: Actor, prepared: MapChange, change: Change, verb: str) -> None:
    """At the province that prepares it, and at every other one whose units it names."""
    actor.require(verb, at=prepared.province.path)
    named = Unit.objects.filter(key__in=change.named).exclude(province=prepared.province)
    for path in named.values_list("province__path", flat=True).distinct():
        actor.require(verb, at=path)


def _centred(change: Change) -> tuple[NewUnit, ...]:
    """A map of communes is drawn from their centres; two in one place could not be told apart."""
    olds = {edge.predecessor for edge in change.edges}
    centres = {
        key: (lat, lon)
        for key, lat, lon in Unit.objects.filter(key__in=olds).values_list("key", "lat", "lon")
        if lat is not None and lon is not None
    }
    made_of: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, list[str]] = defaultdict(list)
    for edge in change.edges:
        if edge.predecessor in centres:
            made_of[edge.successor].append(edge.predecessor)
            parts[edge.predecessor].append(edge.successor)
    return tuple(
        unit if unit.lat is not None or not made_of[unit.key]
        else _at(unit, [centres[old] for old in made_of[unit.key]],
                 min(parts[old].index(unit.key) for old in made_of[unit.key]))
        for unit in change.begins
    )  # fmt: skip


def _at(unit: NewUnit, centres: list[tuple[float, float]], place: int) -> NewUnit:
    lat = sum(lat for lat, _lon in centres) / len(centres)
    lon = sum(lon for _lat, lon in centres) / len(centres)
    return replace(unit, lat=round(lat, 6), lon=round(lon + place * _APART, 6))


@transaction.atomic
def propose_change(actor: Actor, prepared: MapChange) -> None:
    """The draft waits for a second person, and is not altered any more.

    Proposing what is proposed changes nothing. Raises Forbidden, NotAtThisStep and what the dry
    run refuses.
    """
    _require_everywhere(actor, prepared, change_in(prepared), "map.change")
    if prepared.state == ChangeState.PROPOSED:
        return
    for refusal in dry_run(prepared).refused:
        raise refusal
    _turn(prepared, {ChangeState.DRAFT}, state=ChangeState.PROPOSED,
          proposed_by_id=actor.user_id, note="")  # fmt: skip
    happened(actor, "map-change.proposed", prepared, day=prepared.day)


@transaction.atomic
def reopen_change(actor: Actor, prepared: MapChange) -> None:
    """What was proposed, refused or discarded is a draft again. Raises Forbidden, NotAtThisStep."""
    actor.require("map.change", at=prepared.province.path)
    if prepared.state == ChangeState.DRAFT:
        return
    before = {ChangeState.PROPOSED, ChangeState.REFUSED, ChangeState.DISCARDED}
    _turn(prepared, before, state=ChangeState.DRAFT, proposed_by_id=None)
    happened(actor, "map-change.reopened", prepared)


@transaction.atomic
def discard_change(actor: Actor, prepared: MapChange) -> None:
    """A draft, or what was refused, will come to nothing: no list shows it any more.

    It can be reopened. Discarding again changes nothing. Raises Forbidden, NotAtThisStep.
    """
    actor.require("map.change", at=prepared.province.path)
    if prepared.state == ChangeState.DISCARDED:
        return
    _turn(prepared, {ChangeState.DRAFT, ChangeState.REFUSED}, state=ChangeState.DISCARDED)
    happened(actor, "map-change.discarded", prepared)


@transaction.atomic
def refuse_change(actor: Actor, prepared: MapChange, reason: str) -> None:
    """A proposal, or the proposal to undo, is refused. Refusing again changes nothing.

    Raises Forbidden, NotAtThisStep.
    """
    actor.require("map.confirm", at=prepared.province.path)
    note = nfc(reason)
    if prepared.state == ChangeState.UNDO_PROPOSED:
        _turn(prepared, {ChangeState.UNDO_PROPOSED}, state=ChangeState.DONE,
              undo_proposed_by_id=None, note=note)  # fmt: skip
        happened(actor, "map-change.undo-refused", prepared, reason=note)
    elif prepared.state != ChangeState.REFUSED:
        _turn(prepared, {ChangeState.PROPOSED}, state=ChangeState.REFUSED, note=note)
        happened(actor, "map-change.refused", prepared, reason=note)


@transaction.atomic
def confirm_change(actor: Actor, prepared: MapChange) -> None:
    """A second person confirms; a job does it, also when its day lies ahead.

    Confirming again changes nothing. Raises Forbidden, OwnProposal, NotAtThisStep and what the
    dry run refuses.
    """
    _require_everywhere(actor, prepared, change_in(prepared), "map.confirm")
    if prepared.state in {*UNDER_WAY, ChangeState.DONE}:
        return
    if prepared.proposed_by_id == actor.user_id:
        raise OwnProposal
    for refusal in dry_run(prepared).refused:
        raise refusal
    _turn(prepared, {ChangeState.PROPOSED}, state=ChangeState.CONFIRMED,
          confirmed_by_id=actor.user_id)  # fmt: skip
    happened(actor, "map-change.confirmed", prepared, day=prepared.day)


@transaction.atomic
def propose_undo(actor: Actor, prepared: MapChange) -> None:
    """What was done waits for a second person to take it back.

    Raises Forbidden, NotAtThisStep, NotLatestChange, NewUnitsInUse.
    """
    _require_everywhere(actor, prepared, change_in(prepared), "map.change")
    if prepared.state == ChangeState.UNDO_PROPOSED:
        return
    _turn(prepared, {ChangeState.DONE}, state=ChangeState.UNDO_PROPOSED,
          undo_proposed_by_id=actor.user_id, undo_confirmed_by_id=None, note="")  # fmt: skip
    _require_undoable(prepared)
    happened(actor, "map-change.undo-proposed", prepared)


@transaction.atomic
def confirm_undo(actor: Actor, prepared: MapChange) -> None:
    """A second person confirms that it is taken back; a job does it.

    Raises Forbidden, OwnProposal, NotAtThisStep, NotLatestChange, NewUnitsInUse.
    """
    _require_everywhere(actor, prepared, change_in(prepared), "map.confirm")
    if prepared.state in {ChangeState.UNDOING, ChangeState.UNDONE}:
        return
    if prepared.undo_proposed_by_id == actor.user_id:
        raise OwnProposal
    _turn(prepared, {ChangeState.UNDO_PROPOSED}, state=ChangeState.UNDOING,
          undo_confirmed_by_id=actor.user_id)  # fmt: skip
    _require_undoable(prepared)
    happened(actor, "map-change.undo-confirmed", prepared)


@transaction.atomic
def run_again(actor: Actor, prepared: MapChange) -> None:
    """What a job left half way is taken up again. Raises Forbidden, NotAtThisStep."""
    actor.require("map.confirm", at=prepared.province.path)
    if prepared.state not in UNDER_WAY:
        raise NotAtThisStep(step=prepared.get_state_display())
    happened(actor, "map-change.taken-up", prepared)


def _require_undoable(prepared: MapChange) -> None:
    for group in prepared.done:
        if refused := undo_plan_of(group["new_maps"]).refused:
            raise refused


def _turn(prepared: MapChange, before: Iterable[ChangeState], **facts: object) -> None:
    """Only from these steps: of two who press at once, the second is told."""
    rows = MapChange.objects.filter(pk=prepared.pk, state__in=before)
    if not rows.update(**facts):
        prepared.refresh_from_db(fields=["state"])
        raise NotAtThisStep(step=prepared.get_state_display())
    for field, value in facts.items():
        setattr(prepared, field, value)
