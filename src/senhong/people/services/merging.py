"""Two entries that are one person become one."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from senhong.accounts.errors import AlreadyNamed
from senhong.accounts.models import User
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_date
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.core.saving import save_changes
from senhong.people.errors import AlreadyMerged, SamePerson, TwoAccounts
from senhong.people.models import (
    Member,
    MemberMerge,
    Membership,
    MembershipRole,
    Newcomer,
    Stay,
)
from senhong.people.services.accounts import account_in_reach, pass_on_account, require_reach
from senhong.people.spans import Span, layered


@transaction.atomic
def merge_members(
    actor: Actor, id: UUID, *, kept: Member, merged: Member, give_up: User | None = None
) -> MemberMerge:
    """What hangs on one entry hangs on the other: stays, teams, presence, account and roles.

    On days that both know, the kept entry is right about the unit, and who led a team led it.
    give_up  which of two accounts is closed; its roles pass to the other. Upper apps move
    their rows in the same transaction (``config.reactions``). The same id again returns the first
    row. Raises Forbidden, SamePerson, AlreadyMerged, TwoAccounts, MayDoMoreThanYou, IdReused.
    """
    for member in (kept, merged):
        actor.require("member.edit", at=member.unit.path)
    if done := MemberMerge.objects.filter(pk=id).first():
        if (done.kept_id, done.merged_id) != (kept.pk, merged.pk):
            raise IdReused(id=str(id))
        return done
    kept, merged = _held(kept, merged)
    _unite_accounts(actor, kept, merged, give_up)
    spans = _unite_stays(kept, merged)
    _unite_memberships(kept, merged)
    _rewrite(kept, merged, spans)
    MemberMerge.objects.filter(kept=merged).update(kept=kept)
    Newcomer.objects.filter(member=merged).update(member=kept)
    done = MemberMerge.objects.create(
        id=id, kept=kept, merged=merged, at=clock.now(), by_id=actor.user_id
    )
    happened(actor, "member.merged", kept, kept=kept.pk, merged=merged.pk)
    return done


@transaction.atomic
def unite_accounts(actor: Actor, id: UUID, member: Member, other: User) -> Member:
    """The member who came in by the word of a team had another account: that one is hers.

    Her phones and askings pass to it; where it has a member of its own, the two are merged, and
    ``id`` is that merge's. Answers the member who stays. Raises Forbidden, NoAccount,
    AlreadyNamed, SamePerson, MayDoMoreThanYou and what ``merge_members`` raises.
    """
    place = member.unit.path
    actor.require("user.edit", at=place)
    joined = account_in_reach(actor, member)
    if joined.pk == other.pk:
        raise SamePerson
    if not joined.has_joined:
        raise AlreadyNamed(username=joined.username)
    require_reach(actor, other)
    if theirs := Member.objects.filter(user=other).select_related("unit").first():
        merge_members(actor, id, kept=theirs, merged=member, give_up=joined)
        return theirs
    save_changes(member, {"user": other})
    pass_on_account(actor, joined, other, at=place)
    happened(actor, "member.linked", member)
    return member


def _held(kept: Member, merged: Member) -> tuple[Member, Member]:
    """Both as they are now, held until the transaction ends."""
    if kept.pk == merged.pk:
        raise SamePerson
    rows = Member.objects.select_for_update(of=("self",)).select_related("unit", "user")
    held = {row.pk: row for row in rows.filter(pk__in=[kept.pk, merged.pk]).order_by("pk")}
    if MemberMerge.objects.filter(merged__in=held).exists():
        raise AlreadyMerged
    return held[kept.pk], held[merged.pk]


def _unite_accounts(actor: Actor, kept: Member, merged: Member, give_up: User | None) -> None:
    """The kept entry has the account that stays; who gives one up, or away, may be reached."""
    if merged.user is None:
        return
    place = kept.unit.path
    actor.require("user.edit", at=place)
    accounts = [user for user in (kept.user, merged.user) if user is not None]
    for user in accounts:
        require_reach(actor, user)
    if len(accounts) == 2:
        if give_up not in accounts:
            raise TwoAccounts
        [staying] = [user for user in accounts if user != give_up]
        pass_on_account(actor, give_up, staying, at=place)
    else:
        [staying] = accounts
    save_changes(merged, {"user": None})
    save_changes(kept, {"user": staying})


def _unite_stays(kept: Member, merged: Member) -> list[Span[int]]:
    both = list(Stay.objects.filter(member__in=[kept, merged]))
    spans = layered(
        *(
            [Span(s.from_day, s.to_day, s.unit_id) for s in both if s.member_id == member.pk]
            for member in (kept, merged)
        )
    )
    Stay.objects.filter(pk__in=[stay.pk for stay in both]).delete()
    Stay.objects.bulk_create(
        Stay(
            id=derived_id(kept.pk, "stay", span.label, span.from_day),
            member=kept,
            unit_id=span.label,
            from_day=span.from_day,
            to_day=span.to_day,
        )
        for span in spans
    )
    return spans


def _unite_memberships(kept: Member, merged: Member) -> None:
    """Places in teams that only one of the two had just change hands; others are laid together."""
    by_team: defaultdict[UUID, list[Membership]] = defaultdict(list)
    for place in Membership.objects.filter(member__in=[kept, merged]).order_by("from_day", "pk"):
        by_team[place.team_id].append(place)
    shared = [places for places in by_team.values() if len({p.member_id for p in places}) == 2]
    Membership.objects.filter(pk__in=[p.pk for places in shared for p in places]).delete()
    Membership.objects.filter(member=merged).update(member=kept)
    Membership.objects.bulk_create(
        place for places in shared for place in _laid_together(kept, places)
    )


def _laid_together(kept: Member, places: list[Membership]) -> Iterable[Membership]:
    """On each day once, as leader where either entry led."""
    layers = [
        [Span(p.from_day, p.to_day, p.role) for p in places if p.role == role]
        for role in (MembershipRole.LEADER, MembershipRole.MEMBER)
    ]
    ids = [place.pk for place in places]
    for number, span in enumerate(layered(*layers)):
        yield Membership(
            id=ids[number] if number < len(ids) else derived_id(kept.pk, places[0].pk, number),
            member=kept,
            team_id=places[0].team_id,
            role=span.label,
            from_day=span.from_day,
            to_day=span.to_day,
        )


def _rewrite(kept: Member, merged: Member, spans: list[Span[int]]) -> None:
    """What the kept entry's own row says of her stays."""
    last = spans[-1]
    facts = {
        "unit_id": last.label,
        "joined_on": as_date(spans[0].from_day),
        "left_on": None if last.to_day == LAST_DAY else as_date(last.to_day),
        "distinction": kept.distinction or merged.distinction,
    }
    save_changes(kept, facts)
