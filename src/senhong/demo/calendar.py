"""Which activities the demo holds, when, by which team, with how many people.

Pure and deterministic: the same seed gives the same year. The interview's totals are met
exactly here, so nothing needs mending afterwards:

- 2022-06-30 … 2023-03-20: over 500 activities, under 560;
- 2023-03-01 … 2023-03-20: over 182 sorties (under 195), over 2,000 volunteer turns (under
  2,100), nearly 16,000 citizen turns (15,900 … 15,999).

Source: the interview's figures, ``demo/data/interview-figures.json``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from senhong.activities.models import ActivityKind

PLAN_BEGINS = date(2022, 6, 30)
READING_DAY = date(2023, 3, 20)
YOUTH_MONTH = date(2023, 3, 1)
NEW_MAP = date(2025, 7, 1)

SORTIES_IN_YOUTH_MONTH = 187
VOLUNTEER_TURNS_IN_YOUTH_MONTH = 2_046
CITIZEN_TURNS_IN_YOUTH_MONTH = 15_964


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One activity to be held."""

    on: date
    team: int  # index into the teams of that time; -1 is the province's advisory team
    kind: ActivityKind
    present: int = 0  # members
    citizens: int = 0  # citizen turns


@dataclass(frozen=True, slots=True)
class Season:
    """A stretch of days with so many activities, a share of them sorties."""

    first: date
    last: date
    activities: int
    sortie_percent: int
    citizens: tuple[int, int]  # least and most in one sortie


# After the interview's day the movement goes on more lightly; figures there are illustrative.
_BEFORE = (
    Season(
        first=PLAN_BEGINS,
        last=date(2022, 12, 31),
        activities=298,
        sortie_percent=72,
        citizens=(8, 30),
    ),
    Season(
        first=date(2023, 1, 1),
        last=date(2023, 2, 28),
        activities=40,
        sortie_percent=15,
        citizens=(10, 40),
    ),
)
_AFTER = (
    Season(
        first=date(2023, 3, 21),
        last=date(2023, 3, 31),
        activities=30,
        sortie_percent=60,
        citizens=(20, 90),
    ),
    Season(
        first=date(2023, 4, 1),
        last=date(2023, 12, 31),
        activities=90,
        sortie_percent=70,
        citizens=(30, 160),
    ),
    Season(
        first=date(2024, 1, 1),
        last=date(2024, 12, 31),
        activities=90,
        sortie_percent=70,
        citizens=(10, 80),
    ),
    Season(
        first=date(2025, 1, 1),
        last=date(2025, 6, 30),
        activities=45,
        sortie_percent=70,
        citizens=(10, 80),
    ),
)
_A_MONTH_NOW = 11  # activities a month on today's map
_PLANNED_AHEAD = 8  # activities in the coming two weeks


def sessions_before_new_map(random: Random, teams: int) -> list[Session]:
    """Everything that ``teams`` community teams and the advisory team held until 2025-06-30."""
    held = [session for season in _BEFORE for session in _held(random, season, teams)]
    held += _youth_month(random, teams)
    held += [session for season in _AFTER for session in _held(random, season, teams)]
    return sorted([*held, *_provincial()], key=lambda session: (session.on, session.team))


def sessions_on_new_map(random: Random, teams: int, today: date) -> list[Session]:
    """What the teams of the new communes hold from 2025-07-01 to ``today``."""
    months = max(1, (today - NEW_MAP).days // 30)
    yesterday = today - timedelta(days=1)
    season = Season(NEW_MAP, yesterday, _A_MONTH_NOW * months, 70, (10, 80))
    shifts = [_provincial_event(NEW_MAP + timedelta(days=6)), _provincial_event(date(2026, 3, 1))]
    held = [*_held(random, season, teams), *(shift for shift in shifts if shift.on < today)]
    return sorted(held, key=lambda session: (session.on, session.team))


def sessions_to_come(random: Random, teams: int, today: date) -> list[Session]:
    """What is planned for the two weeks after ``today``."""
    season = Season(
        first=today + timedelta(days=1),
        last=today + timedelta(days=14),
        activities=_PLANNED_AHEAD,
        sortie_percent=70,
        citizens=(0, 0),
    )
    return sorted(_held(random, season, teams), key=lambda session: session.on)


def shares_of(random: Random, whole: int, parts: int, *, least: int = 1) -> list[int]:
    """``whole`` split into ``parts`` uneven whole shares of at least ``least``; they add up."""
    spare = whole - least * parts
    weights = [random.uniform(0.4, 1.6) for _ in range(parts)]
    exact = [spare * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(parts), key=lambda i: exact[i] - shares[i], reverse=True)
    for index in by_remainder[: spare - sum(shares)]:
        shares[index] += 1
    return [least + share for share in shares]


def _youth_month(random: Random, teams: int) -> list[Session]:
    """1–20 March 2023. Nine community teams hold no sortie, as some always do."""
    days = [YOUTH_MONTH + timedelta(days=n) for n in range(20)]
    busy = random.sample(range(teams), teams - 9)
    turns = shares_of(random, CITIZEN_TURNS_IN_YOUTH_MONTH, SORTIES_IN_YOUTH_MONTH, least=30)
    present = shares_of(random, VOLUNTEER_TURNS_IN_YOUTH_MONTH, SORTIES_IN_YOUTH_MONTH, least=7)
    leads = [busy[n % len(busy)] for n in range(SORTIES_IN_YOUTH_MONTH)]
    return [
        Session(on=random.choice(days), team=team, kind=ActivityKind.SORTIE, present=p, citizens=c)
        for team, c, p in zip(leads, turns, present, strict=True)
    ]


def _held(random: Random, season: Season, teams: int) -> Iterator[Session]:
    days = (season.last - season.first).days + 1
    for _ in range(season.activities):
        session = Session(
            on=season.first + timedelta(days=random.randrange(days)),
            team=random.randrange(teams),
            kind=_kind(random, season.sortie_percent),
            present=random.randint(4, 11),
        )
        if session.kind in {ActivityKind.SORTIE, ActivityKind.DESK_SHIFT}:
            session = replace(session, citizens=random.randint(*season.citizens))
        yield session


def _kind(random: Random, sortie_percent: int) -> ActivityKind:
    if random.randrange(100) < sortie_percent:
        return ActivityKind.SORTIE
    others: Sequence[ActivityKind] = (
        ActivityKind.TRAINING, ActivityKind.EVENT, ActivityKind.DESK_SHIFT,
    )  # fmt: skip
    return random.choice(others)


def _provincial() -> list[Session]:
    """The advisory team's own: two in 2022, one of the four of 2023 before the interview."""
    days = (
        date(2022, 8, 12), date(2022, 11, 18), date(2023, 1, 14), date(2023, 5, 20),
        date(2023, 8, 19), date(2023, 10, 10), date(2024, 3, 2), date(2024, 10, 10),
        date(2025, 3, 1),
    )  # fmt: skip
    return [_provincial_event(day) for day in days]


def _provincial_event(on: date) -> Session:
    return Session(on=on, team=-1, kind=ActivityKind.EVENT, present=9)
