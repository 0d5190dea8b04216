"""What units do with practices: start, tell, show, adopt, take back."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.db import IntegrityError, transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.core.saving import save_changes
from senhong.core.text import nfc, plain, search_key
from senhong.files.models import StoredFile
from senhong.ledger.models import Indicator
from senhong.ledger.queries import get_indicator, postings_with_ids
from senhong.ledger.services import NewPosting, Outcome, post, reversal_of
from senhong.org.models import Unit
from senhong.practices.errors import (
    AdoptedInFuture,
    AdoptedTooEarly,
    AdopterNotStanding,
    AdoptionNotCounted,
    AlreadyAdopted,
    OwnPractice,
    PracticeAdopted,
    PracticeNotShared,
    PracticeToCome,
    TooManyPictures,
)
from senhong.practices.models import (
    COUNTED,
    Adoption,
    Practice,
    PracticePicture,
    PracticeState,
)
from senhong.practices.queries import became, made_of

MOST_PICTURES = 6


@dataclass(frozen=True, kw_only=True)
class PracticeFacts:
    """A practice as its unit tells it. Texts keep their lines."""

    name: str
    since_on: date  # today at the latest
    description: str
    results: str = ""
    state: PracticeState = PracticeState.SHARED

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", nfc(self.name))
        for text in ("description", "results"):
            object.__setattr__(self, text, plain(getattr(self, text)).strip())

    @classmethod
    def of(cls, practice: Practice) -> Self:
        return cls(**{name: getattr(practice, name) for name in cls.__dataclass_fields__})

    @property
    def columns(self) -> dict[str, object]:
        return vars(self) | {"search_key": search_key(self.name)}


@transaction.atomic
def start_practice(actor: Actor, id: UUID, unit: Unit, facts: PracticeFacts) -> Practice:
    """Tell of a practice that the unit started.

    The same ``id`` with the same facts returns the first row. Raises Forbidden, PracticeToCome,
    IdReused.
    """
    actor.require("practice.edit", at=unit.path)
    _check_begun(facts)
    practice, created = Practice.objects.select_related("unit").get_or_create(
        id=id, defaults={**facts.columns, "unit": unit}
    )
    if created:
        happened(actor, "practice.started", practice, unit=unit.key)
    elif (practice.unit_id, PracticeFacts.of(practice)) != (unit.pk, facts):
        raise IdReused(id=str(id))
    return practice


@transaction.atomic
def change_practice(actor: Actor, practice: Practice, facts: PracticeFacts) -> Practice:
    """Tell it better, share it, or say that it has ended. The same facts change nothing.

    Raises Forbidden, PracticeToCome, PracticeAdopted.
    """
    actor.require("practice.edit", at=practice.unit.path)
    if PracticeFacts.of(practice) == facts:
        return practice
    _check_begun(facts)
    _check_adopters(practice, facts)
    before = practice.state
    save_changes(practice, facts.columns)
    happened(actor, "practice.changed", practice, state=[before, facts.state])
    return practice


def _check_begun(facts: PracticeFacts) -> None:
    if facts.since_on > clock.today():
        raise PracticeToCome(since_on=facts.since_on)


def _check_adopters(practice: Practice, facts: PracticeFacts) -> None:
    adopters = practice.adoptions.filter(withdrawn_on=None)
    if facts.state != PracticeState.DRAFT:
        adopters = adopters.filter(adopted_on__lt=facts.since_on)
    if adopters.exists():
        raise PracticeAdopted(practice=practice.name)


@transaction.atomic
def add_picture(
    actor: Actor, id: UUID, practice: Practice, *, file: StoredFile, told: str
) -> PracticePicture:
    """Show a picture with the practice, and say in words what it shows.

    The same ``id`` with the same facts returns the first row. Raises Forbidden, TooManyPictures,
    IdReused.
    """
    actor.require("practice.edit", at=practice.unit.path)
    others = PracticePicture.objects.filter(practice=practice).exclude(pk=id)
    if others.count() >= MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)
    facts = {"practice": practice, "file": file, "told": nfc(told)}
    picture, created = PracticePicture.objects.select_related("practice", "file").get_or_create(
        id=id, defaults=facts
    )
    if created:
        happened(actor, "practice.pictured", practice)
    elif any(getattr(picture, name) != value for name, value in facts.items()):
        raise IdReused(id=str(id))
    return picture


@transaction.atomic
def remove_picture(actor: Actor, picture: PracticePicture) -> None:
    """Show the picture no longer. Removing it again changes nothing. Raises Forbidden."""
    actor.require("practice.edit", at=picture.practice.unit.path)
    removed, _tables = PracticePicture.objects.filter(pk=picture.pk).delete()
    if removed:
        happened(actor, "practice.picture-removed", picture.practice)


@transaction.atomic
def adopt_practice(  # one act, said whole
    actor: Actor, id: UUID, practice: Practice, *, unit: Unit, adopted_on: date, note: str = ""
) -> Adoption:
    """Record that a unit took up the practice, and count it once at that unit on that day.

    The same ``id`` with the same facts returns the first row. Raises Forbidden, PracticeNotShared,
    OwnPractice, AlreadyAdopted, AdoptedInFuture, AdoptedTooEarly, AdopterNotStanding,
    AdoptionNotCounted, IdReused.
    """
    actor.require("practice.edit", at=unit.path)
    facts = {"practice": practice, "unit": unit, "adopted_on": adopted_on, "note": nfc(note)}
    adoption = Adoption.objects.select_related("practice", "unit").filter(pk=id).first()
    if adoption is None:
        indicator = get_indicator(COUNTED)
        _check_adoption(practice, unit, adopted_on, indicator)
        adoption = _adopted(id, facts)
        _count(actor, _posting_of(adoption, indicator))
        happened(actor, "practice.adopted", practice, unit=unit.key, day=as_day(adopted_on))
    elif any(getattr(adoption, name) != value for name, value in facts.items()):
        raise IdReused(id=str(id))
    return adoption


@transaction.atomic
def withdraw_adoption(actor: Actor, adoption: Adoption) -> Adoption:
    """The unit did not take it up after all: its posting is reversed, on the same day.

    Withdrawing again changes nothing; the unit may adopt anew. Raises Forbidden.
    """
    actor.require("practice.edit", at=adoption.unit.path)
    withdrawn_on = max(clock.today(), adoption.adopted_on)
    rows = Adoption.objects.filter(pk=adoption.pk, withdrawn_on=None)
    if rows.update(withdrawn_on=withdrawn_on):
        adoption.withdrawn_on = withdrawn_on
        posted = postings_with_ids(_province_of(adoption.unit), [_posting_id(adoption)])
        for posting in posted:
            _count(actor, reversal_of(posting))
        happened(actor, "practice.adoption-withdrawn", adoption.practice, unit=adoption.unit.key)
    return adoption


def _check_adoption(practice: Practice, unit: Unit, adopted_on: date, indicator: Indicator) -> None:
    if not practice.is_shared:
        raise PracticeNotShared(practice=practice.name)
    _check_day(practice, unit, adopted_on)
    if not indicator.from_day <= as_day(adopted_on) < indicator.to_day:
        raise AdoptionNotCounted(adopted_on=adopted_on)
    line = made_of(unit) | became(unit)
    if practice.unit_id in line:
        raise OwnPractice(unit=unit.title)
    if practice.adoptions.filter(withdrawn_on=None, unit__in=line).exists():
        raise AlreadyAdopted(unit=unit.title)


def _check_day(practice: Practice, unit: Unit, adopted_on: date) -> None:
    if adopted_on > clock.today():
        raise AdoptedInFuture(adopted_on=adopted_on)
    if adopted_on < practice.since_on:
        raise AdoptedTooEarly(adopted_on=adopted_on, since_on=practice.since_on)
    if not unit.from_day <= as_day(adopted_on) < unit.to_day:
        raise AdopterNotStanding(unit=unit.title, adopted_on=adopted_on)


def _adopted(id: UUID, facts: dict[str, object]) -> Adoption:
    """The new row. Two who record the same at once are told apart by the database."""
    try:
        with transaction.atomic():
            return Adoption.objects.create(id=id, **facts)
    except IntegrityError as error:
        raise AlreadyAdopted(unit=str(facts["unit"])) from error


def _posting_of(adoption: Adoption, indicator: Indicator) -> NewPosting:
    return NewPosting(
        id=_posting_id(adoption),
        province_id=_province_of(adoption.unit),
        unit_id=adoption.unit_id,
        indicator_id=indicator.pk,
        day=as_day(adoption.adopted_on),
        quantity=1,
        source_kind="adoption",
        source_id=adoption.pk,
    )


def _posting_id(adoption: Adoption) -> UUID:
    return derived_id(adoption.pk, COUNTED)


def _province_of(unit: Unit) -> int:
    return unit.province_id or unit.pk


def _count(actor: Actor, line: NewPosting) -> None:
    """Post a line whose facts come from our own rows: that it is refused is a bug."""
    [outcome] = post(actor, [line])
    if outcome not in {Outcome.RECORDED, Outcome.ALREADY_RECORDED}:
        raise RuntimeError(f"the ledger refused: {outcome}")
