"""A target by its shares, and how they came about: parts of the target's page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.ledger.queries import FigureRow, unit_titles
from senhong.org.queries import shown_day
from senhong.plans import queries
from senhong.plans.cards import TONES, WORDS, figures_url
from senhong.plans.models import Target, TargetRevision
from senhong.plans.queries import PartProgress, Progress
from senhong.web.components import Cell, Column, Fact, Row, Table


@dataclass(slots=True)
class Decision:
    """What was changed at once, as the history shows it."""

    at: datetime
    by: str  # empty for who may not know
    reason: str = ""
    whole: TargetRevision | None = None
    shares: list[TargetRevision] = field(default_factory=list)

    def take(self, revision: TargetRevision, target: Target) -> None:
        if revision.target_id == target.pk:
            self.whole = revision
        else:
            self.shares.append(revision)


def shared(
    actor: Actor, target: Target, rows: Sequence[FigureRow], progress: Progress, day: date
) -> dict[str, object]:
    """Shares, history and what may be done, for the page. Six queries at most."""
    shares = queries.shares_of(target)
    may_set = actor.can("target.set", at=target.unit.path)
    return {
        "parts": _parts_table(target, shares, rows, progress, day) if shares else None,
        "decisions": _decisions(target, queries.revisions_of(actor, target), may_set),
        "may_split": may_set and bool(shares or queries.unit_ids_to_split(target)),
        "may_set": may_set and target.parent is None,
    }


def whole_fact(actor: Actor, target: Target) -> list[Fact]:
    """Of which target this one is a share."""
    if target.parent is None:
        return []
    seen = actor.can("plan.view", at=target.parent.unit.path)
    url = reverse("plans:target", args=[target.parent.pk]) if seen else ""
    return [Fact(_("Là một phần chỉ tiêu của"), target.parent.unit.title, url)]


def _parts_table(
    target: Target,
    shares: Sequence[Target],
    rows: Sequence[FigureRow],
    progress: Progress,
    day: date,
) -> Table:
    lines = queries.parts_progress(target, shares, rows, unit_titles(rows), reading_on=day)
    until = min(as_day(day), target.last_day)
    return Table(
        _("Theo phần được giao"),
        [
            Column(_("Đơn vị")),
            Column(_("Đã đạt"), numeric=True, note=target.indicator.measure),
            Column(_("Mức"), numeric=True),
            Column(_("Tỉ lệ"), numeric=True),
            Column(_("Nhịp độ")),
        ],
        [*(_part_row(target, line, until) for line in lines), _whole_row(progress, lines)],
    )


def _part_row(target: Target, line: PartProgress, until: int) -> Row:
    share, progress = line.share, line.progress
    has_page = share is not None and not share.is_own and share.quantity > 0
    url = reverse("plans:target", args=[share.pk]) if share is not None and has_page else ""
    name = _("Phần của chính {unit}").format(unit=line.name) if line.is_own else line.name
    note = _("đến {day}").format(day=shown_day(line.stood_until)) if line.stood_until else ""
    behind = ""
    if until >= target.from_day:
        behind = figures_url(line.unit, [target.indicator.code], target.from_day, until, by="week")
    return Row(
        [
            Cell(name, url, is_header=True, note=note),
            Cell(line.figure, behind),
            Cell(share.quantity if share is not None else None),
            Cell(f"{progress.share_percent:.0f} %" if progress else None),
            Cell(WORDS[progress.state], url, TONES[progress.state]) if progress else Cell(None),
        ]
    )


def _whole_row(progress: Progress, lines: Sequence[PartProgress]) -> Row:
    reached, whole = sum(line.figure for line in lines), progress.target.quantity
    return Row(
        [
            Cell(_("Cộng"), is_header=True),
            Cell(reached),
            Cell(whole),
            Cell(f"{reached * 100 / whole:.0f} %"),
            Cell(WORDS[progress.state], tone=TONES[progress.state]),
        ],
        is_total=True,
    )


def _decisions(
    target: Target, revisions: Sequence[TargetRevision], names_people: bool
) -> list[Decision]:
    """Revisions by the act that they come from, newest first."""
    found: dict[object, Decision] = {}
    for revision in revisions:
        by = str(revision.by or "") if names_people else ""
        decision = found.setdefault(revision.act, Decision(revision.at, by))
        decision.reason = decision.reason or revision.reason
        decision.take(revision, target)
    return [*found.values()]
