"""The figures on top of the page of a unit, each beside what it was earlier."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from senhong.board.queries.earlier import Beside, beside, earlier
from senhong.board.queries.period import Period, Span, View, period_of
from senhong.board.queries.tree import DayTree
from senhong.core.actor import Actor
from senhong.ledger.models import Indicator
from senhong.ledger.queries import (
    Ask,
    Versions,
    Watched,
    figures_for,
    indicators,
    pulse_of,
    versions_of,
    watched,
)
from senhong.org.models import Unit
from senhong.plans.models import Target
from senhong.plans.queries import (
    Progress,
    ask_of,
    first_day_of,
    progress_with,
    targets_around,
)

MAIN = ("sorties", "citizen-turns", "platform-turns", "volunteer-turns", "activities")
COLUMNS = 5
_OF_THE_PROVINCE = ".province"  # nothing to compare units below by


@dataclass(frozen=True, kw_only=True)
class Cards:
    """The unit's targets, and the figures that every unit is looked at by."""

    unit: Unit
    period: Period
    targets: list[Progress]
    columns: list[Indicator]
    whole: dict[str, int]  # the unit's own figures in the period, by indicator
    beside: Mapping[UUID | str, Beside]  # by target; by indicator where there is no target
    has_below: bool
    versions: Versions  # of what is counted here
    watched: Watched  # the totals behind all this
    pulse: str  # as they were before the figures were read


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What the page is about, before any figure is known."""

    unit: Unit
    tree: DayTree
    view: View
    period: Period
    own: list[Target]
    below: list[Target]  # of the units directly below, and of all communes
    counted: dict[str, Indicator]
    columns: list[Indicator]
    changes: list[int]  # days on which the map changed within the period
    watched: Watched
    pulse: str

    def ask(self, unit: Unit, indicator: Indicator) -> Ask:
        return self.period.ask(unit, indicator)

    def card_asks(self) -> Iterable[tuple[UUID | str, Ask]]:
        """What each card shows, by what it is known by."""
        for target in self.own:
            if (asked := ask_of(target, self.period.last)) is not None:
                yield target.pk, asked
        yield from ((each.code, self.ask(self.unit, each)) for each in self.columns)

    def asks(self) -> Iterable[Ask]:
        """What the ledger is asked for the cards."""
        for _card, asked in self.card_asks():
            yield from (asked, *earlier(asked))

    def cards(self, known: Mapping[Ask, int], targets: Sequence[Progress]) -> Cards:
        """The cards, once the figures are known. One query."""
        return Cards(
            unit=self.unit,
            period=self.period,
            targets=list(targets),
            columns=self.columns,
            whole={each.code: known.get(self.ask(self.unit, each), 0) for each in self.columns},
            beside={card: beside(ask, earlier(ask), known) for card, ask in self.card_asks()},
            has_below=bool(self.tree.children(self.unit.pk)),
            versions=versions_of([*self.columns, *(each.indicator for each in self.own)]),
            watched=self.watched,
            pulse=self.pulse,
        )


def outlook(
    actor: Actor, unit: Unit, tree: DayTree, view: View, *, with_below: bool = True
) -> Outlook:
    """What the page of a unit that stands on the day is about. At most six queries.

    Raises Forbidden.
    """
    below_ids = _below(tree, unit) if with_below else set()
    counted = {each.code: each for each in indicators()}
    own, below = targets_around(actor, unit, below_ids, view.day, counted.values())
    begun = first_day_of(actor, unit, view.day) if view.span is Span.BEGUN else None
    period = period_of(view.span, view.day, own, begun)
    changes = tree.changes(period.first, view.day)
    columns = _columns(counted, own)
    watch = _watched(actor, unit, tree, own, columns, period)
    return Outlook(
        unit=unit,
        tree=tree,
        view=view,
        period=period.on_todays_map(changes) if view.on_today else period,
        own=own,
        below=below,
        counted=counted,
        columns=columns,
        changes=changes,
        watched=watch,
        pulse=pulse_of(watch),
    )


def _below(tree: DayTree, unit: Unit) -> set[int]:
    """Whose targets are looked at: a province's districts, and who may be behind in them."""
    return {spot.id for spot in (*tree.children(unit.pk), *tree.communes(unit.pk))}


def unit_cards(actor: Actor, unit: Unit, tree: DayTree, view: View) -> Cards:
    """The cards alone, as ``unit_board`` has them. At most nine queries."""
    about = outlook(actor, unit, tree, view, with_below=False)
    known = figures_for(actor, [*about.asks()])
    return about.cards(known, progress_with(about.own, known, reading_on=view.reading_on))


def _watched(
    actor: Actor, unit: Unit, tree: DayTree, own: list[Target], columns: list[Indicator],
    period: Period,
) -> Watched:  # fmt: skip
    """The totals behind the cards."""
    shown = {each.pk: each for each in (*columns, *(target.indicator for target in own))}
    first = min([period.first, *(target.from_day for target in own)])
    below = tree.below(unit.pk)
    return watched(actor, unit, below, tree.map, shown.values(), first=first, last=period.last)


def _columns(counted: dict[str, Indicator], own: list[Target]) -> list[Indicator]:
    """What the unit is asked for, then what every unit is looked at by."""
    asked = [target.indicator.code for target in own]
    codes = dict.fromkeys(
        code for code in (*asked, *MAIN) if not code.endswith(_OF_THE_PROVINCE) and code in counted
    )
    return [counted[code] for code in [*codes][:COLUMNS]]
