"""The rules that help must meet; each breach is a typed error."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.activities.errors import (
    ActivityCancelled,
    GivenBeforeActivity,
    GivenInFuture,
    GroupTooSmall,
    HelpNotCounted,
    NoService,
    OtherGroup,
    PeopleOutOfRange,
    PersonalNumber,
    ServiceNotOffered,
    TeamNotInActivity,
    TeamNotStanding,
)
from senhong.activities.facts import HelpFacts
from senhong.activities.models import STANDING, Help, HelpState
from senhong.activities.privacy import has_personal_number
from senhong.activities.queries.recording import (
    Catalogue,
    Ground,
    Route,
    paths_after_acceptance,
)
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import DomainError, Forbidden, NotFound

MOST_PEOPLE = 1000
AHEAD = timedelta(hours=24)  # how far a phone's clock may run before the server's
Pair = tuple[UUID, UUID]  # activity, team


@dataclass
class Judge:
    """Holds what a batch is judged by.

    ``verb`` is what the actor must be allowed; with ``lesser`` alone, what she says waits.
    """

    actor: Actor
    verb: str
    grounds: dict[Pair, Ground]
    catalogue: Catalogue
    lesser: str = ""
    today: date = field(default_factory=clock.today)
    _allowed: dict[Pair, DomainError | None] = field(default_factory=dict)
    _states: dict[str, HelpState] = field(default_factory=dict)  # by the team's path

    def __post_init__(self) -> None:
        paths = {ground.unit_path for ground in self.grounds.values()}
        self._waiting_paths = paths_after_acceptance(paths)

    def ground(self, activity_id: UUID, team_id: UUID) -> Ground:
        """The activity and team, or why the actor may not record there."""
        pair = activity_id, team_id
        if pair not in self._allowed:
            self._allowed[pair] = self._refusal(self.grounds.get(pair))
        if error := self._allowed[pair]:
            raise error
        return self.grounds[pair]

    def state_in(self, ground: Ground) -> HelpState:
        """Whether what the actor says there counts at once."""
        place = ground.team_path or ground.lead_path
        if place not in self._states:
            waits = ground.unit_path in self._waiting_paths
            waits = waits or not self.actor.can(self.verb, at=place)
            self._states[place] = HelpState.WAITING if waits else HelpState.COUNTED
        return self._states[place]

    def facts(
        self, ground: Ground, facts: HelpFacts, *, stood: date | None = None
    ) -> tuple[date, Route]:
        """The day on which the help counts, and where; raises the rule that is not met."""
        _check_tally(facts)
        latest = self._latest(facts)
        given_on = self._day(ground, facts.given_on, max(latest, stood or latest))
        self._check_services(facts.codes, as_day(given_on))
        route = ground.route_on(as_day(given_on))
        if route is None:
            raise TeamNotStanding(day=given_on)
        return given_on, route

    def _refusal(self, ground: Ground | None) -> DomainError | None:
        if ground is None:
            return NotFound(what=_("hoạt động này"))
        place = ground.team_path or ground.lead_path
        verbs = filter(None, (self.verb, self.lesser))
        if not any(self.actor.can(verb, at=place) for verb in verbs):
            sees = self.actor.can("activity.view", at=place)
            sees = sees or self.actor.can("activity.view", at=ground.lead_path)
            return Forbidden(verb=self.verb) if sees else NotFound(what=_("hoạt động này"))
        if ground.team_path is None:
            return TeamNotInActivity(activity=ground.name)
        return ActivityCancelled(activity=ground.name) if ground.activity.is_cancelled else None

    def _check_services(self, codes: Sequence[str], day: int) -> None:
        if not codes:
            raise NoService()
        for code in codes:
            if day >= self.catalogue.offered.get(code, 0):
                raise ServiceNotOffered(service=code)

    def _latest(self, facts: HelpFacts) -> date:
        """Today; of a phone, whose day counts as its clock says, up to 24 hours ahead of us."""
        if getattr(facts, "given_at", None) is None:  # the fact comes with the review of help
            return self.today
        return clock.date_of(clock.now() + AHEAD)

    def _day(self, ground: Ground, said: date | None, latest: date) -> date:
        given_on = said or min(self.today, ground.last_on)
        if given_on > latest:
            raise GivenInFuture(given_on=given_on)
        if given_on < ground.first_on:
            raise GivenBeforeActivity(given_on=given_on, first_on=ground.first_on)
        return given_on


@dataclass(frozen=True)
class Group:
    """The people whom a first help was given to, as a further help sees them."""

    id: UUID
    activity_id: UUID
    helped: str
    people: int
    next_place: int

    @classmethod
    def of(cls, helps: Sequence[Help]) -> "Group":
        """From every row of the group; nobody is left in it when all were withdrawn."""
        standing = [help for help in helps if help.state in STANDING]
        one = standing[0] if standing else helps[0]
        return cls(
            one.group,
            one.activity_id,
            one.helped,
            max((help.people for help in standing), default=0),
            max(help.place_in_group for help in helps) + 1,
        )

    def check(self, activity_id: UUID, facts: HelpFacts) -> None:
        """Further services go to the same people in the same activity."""
        if not self.people:
            raise HelpNotCounted(state=HelpState.WITHDRAWN.label)
        if (self.activity_id, self.helped) != (activity_id, facts.helped):
            raise OtherGroup()
        if facts.people > self.people:
            raise GroupTooSmall(people=facts.people, most=self.people)


def _check_tally(facts: HelpFacts) -> None:
    if not 1 <= facts.people <= MOST_PEOPLE:
        raise PeopleOutOfRange(people=facts.people, most=MOST_PEOPLE)
    if has_personal_number(facts.note):
        raise PersonalNumber()
