"""Records help: one, or a batch in which each is judged on its own."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from senhong.activities.errors import TooManyHelps
from senhong.activities.facts import GivenHelp, HelpAnswer, HelpOutcome
from senhong.activities.models import Help
from senhong.activities.queries.recording import (
    catalogue,
    grounds_of,
    groups_of,
    helps_by_id,
    helps_of_groups,
    hold_groups,
)
from senhong.activities.services.judging import Group, Judge
from senhong.activities.services.settling import due_of, postings_of, settle, write
from senhong.audit.services import all_happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import DomainError, IdReused, NotFound
from senhong.core.rows import on_postgresql, rows_of, run_often, stored_uuid
from senhong.core.text import nfc

MOST_HELPS = 200  # in one batch


def record_help(actor: Actor, given: GivenHelp) -> Help:
    """Count help, for the unit of the team that gave it: at once, or when it is accepted.

    The same id with the same facts returns the first row. Raises NotFound, Forbidden,
    IdReused and the rules of ``judging``.
    """
    (answer,) = record_helps(actor, [given])
    if answer.error:
        raise answer.error
    if answer.help is None:
        raise IdReused(id=str(given.id))
    return answer.help


@transaction.atomic
def record_helps(
    actor: Actor, givens: Sequence[GivenHelp], *, recorded_by: int | None = None
) -> list[HelpAnswer]:
    """Count what meets the rules; say of each of the at most 200 what became of it.

    Sending again changes nothing: the same id and facts are already recorded. A constant
    number of statements, whatever the number of helps. What somebody only proposes, and what is
    recorded where help counts after acceptance, waits and posts nothing.

    recorded_by  the user in whose name somebody else records who may correct the team's help.
    Raises TooManyHelps.
    """
    if len(givens) > MOST_HELPS:
        raise TooManyHelps(most=MOST_HELPS)
    batch = _Batch(actor, givens, recorded_by or actor.user_id)
    batch.judge()
    batch.insert()
    batch.count()
    return batch.answers()


class _Batch:
    """What is known of a batch while it is recorded."""

    def __init__(self, actor: Actor, givens: Sequence[GivenHelp], recorded_by: int | None) -> None:
        self.actor, self.givens, self.recorded_by = actor, givens, recorded_by
        others = recorded_by != actor.user_id
        self.brought_by = actor.user_id if others else actor.brought_by
        self.now = clock.now()
        self.catalogue = catalogue()
        pairs = {(given.activity_id, given.team_id) for given in givens}
        verb, lesser = ("help.correct", "") if others else ("help.record", "help.propose")
        self.court = Judge(actor, verb, grounds_of(pairs), self.catalogue, lesser)
        # The group that each earlier help belongs to, also those of this batch.
        self.groups: dict[UUID, Group] = {}
        self.rows: dict[UUID, Help] = {}
        self.errors: dict[int, DomainError] = {}
        self.new: list[Help] = []

    def judge(self) -> None:
        """Make a row of each help that meets the rules."""
        self._read_groups()
        for position, given in enumerate(self.givens):
            try:
                row = self._judged(given)
            except DomainError as error:
                self.errors[position] = error
            else:
                self.rows.setdefault(given.id, row)
                self.groups.setdefault(given.id, Group.of([row]))

    def insert(self) -> None:
        new = _insert([*self.rows.values()], self.now, (self.recorded_by, self.brought_by))
        self.new = [row for id, row in self.rows.items() if id in new]

    def count(self) -> None:
        """Tell and post what is new. Groups begun here have posted nothing yet."""
        begun = {row.id for row in self.new}
        firsts = [row for row in self.new if row.group in begun]
        facts = [(row, {"people": row.people, "day": as_day(row.given_on)}) for row in self.new]
        all_happened(self.actor, "help.recorded", facts)
        due = due_of(firsts, self.catalogue)
        counted = [row for row in firsts if row.id in due]
        lines = [line for row in counted for line in postings_of(row, due[row.id], self.catalogue)]
        further = {row.group for row in self.new} - begun
        if further:
            hold_groups(further)
            settle(self.actor, helps_of_groups(further), self.catalogue, beside=lines)
        else:
            write(self.actor, lines)

    def answers(self) -> list[HelpAnswer]:
        new = {row.id: row for row in self.new}
        known = helps_by_id({given.id for given in self.givens} - new.keys()) | new
        unseen = set(new)
        return [
            self._answer(position, known.get(given.id), unseen)
            for position, given in enumerate(self.givens)
        ]

    def _read_groups(self) -> None:
        asked = {given.same_people_as for given in self.givens if given.same_people_as}
        groups: defaultdict[UUID, list[Help]] = defaultdict(list)
        for help in groups_of(asked):
            groups[help.group].append(help)
        for helps in groups.values():
            self.groups |= dict.fromkeys((help.id for help in helps), Group.of(helps))

    def _judged(self, given: GivenHelp) -> Help:
        ground = self.court.ground(given.activity_id, given.team_id)
        given_on, route = self.court.facts(ground, given)
        group, state = self._group(given), self.court.state_in(ground)
        lat, lon = given.coarse_point or (None, None)
        return Help(
            id=given.id,
            activity=ground.activity,
            team_id=given.team_id,
            unit=route.unit,
            given_on=given_on,
            services=list(given.codes),
            helped=given.helped,
            people=given.people,
            note=nfc(given.note),
            group=group.id if group else given.id,
            place_in_group=group.next_place if group else 0,
            state=state,
            settlement=0 if group and group.id not in self.rows else 1,
            recorded_by=self.recorded_by,
            brought_by=self.brought_by,
            recorded_at=self.now,
            given_at=given.given_at,
            lat=lat,
            lon=lon,
            counted_before=given.counted_before,
        )

    def _group(self, given: GivenHelp) -> Group | None:
        if given.same_people_as is None:
            return None
        group = self.groups.get(given.same_people_as)
        if group is None:
            raise NotFound(what=_("lượt hỗ trợ đầu tiên"))
        group.check(given.activity_id, given)
        return group

    def _answer(self, position: int, row: Help | None, unseen: set[UUID]) -> HelpAnswer:
        given = self.givens[position]
        if row is None:
            return HelpAnswer(given.id, HelpOutcome.RETURNED, self.errors[position])
        if position not in self.errors and given.id in unseen:
            unseen.remove(given.id)
            return HelpAnswer(given.id, HelpOutcome.RECORDED, help=row)
        group = self.groups.get(given.same_people_as) if given.same_people_as else None
        if given.is_recorded_in(row, group.id if group else None):
            return HelpAnswer(given.id, HelpOutcome.ALREADY_RECORDED, help=row)
        return HelpAnswer(given.id, HelpOutcome.CONFLICT, IdReused(id=str(given.id)))


_COLUMNS = {
    "id": "uuid", "activity_id": "uuid", "team_id": "uuid", "unit_id": "int", "given_on": "date",
    "services": "jsonb", "helped": "text", "people": "int", "note": "text", '"group"': "uuid",
    "place_in_group": "smallint", "settlement": "smallint", "state": "text",
    "given_at": "timestamptz", "lat": "float8", "lon": "float8", "counted_before": "boolean",
}  # fmt: skip
_NAMES = ", ".join(_COLUMNS)


def _insert(
    rows: Sequence[Help], now: datetime, people: tuple[int | None, int | None]
) -> set[UUID]:
    """Insert what is new, ordered by id; returns the ids that were. One statement, if any."""
    if not rows:
        return set()
    stored = connection.ops.adapt_datetimefield_value
    lines = [
        (
            row.id, row.activity_id, row.team_id, row.unit_id, row.given_on.isoformat(),
            json.dumps(row.services), row.helped, row.people, row.note, row.group,
            row.place_in_group, row.settlement, row.state, row.given_at and stored(row.given_at),
            row.lat, row.lon, row.counted_before,
        )
        for row in sorted(rows, key=lambda row: row.id)
    ]  # fmt: skip
    source, params = rows_of("w", _COLUMNS, lines)
    stamp = "%s::int, %s::int, %s::timestamptz" if on_postgresql() else "%s, %s, %s"
    # "WHERE true": SQLite's grammar wants it between a SELECT and ON CONFLICT.
    sql = f"""INSERT INTO activities_help
        ({_NAMES}, reason, review_reason, review_words, recorded_by, brought_by, recorded_at)
        SELECT {_NAMES}, '', '', '', {stamp} FROM {source} WHERE true
        ON CONFLICT DO NOTHING RETURNING id"""
    return {stored_uuid(id) for (id,) in run_often(sql, [*people, stored(now), *params])}
