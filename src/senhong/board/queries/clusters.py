"""The clusters of a province on its first page: each the sum of its units' lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from senhong.board.queries.unit import ChildLine, UnitBoard
from senhong.core.days import as_date
from senhong.org.models import Cluster
from senhong.org.queries import clusters_on
from senhong.plans.models import Target
from senhong.plans.queries import Progress, pace, thresholds_of


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A cluster with the sums of its units' figures, and of their targets of one period."""

    cluster: Cluster
    units: int
    figures: dict[str, int]  # by indicator
    progress: dict[str, Progress]


def cluster_lines(board: UnitBoard) -> list[ClusterLine]:
    """By name; none below a province, and none where the province has drawn no clusters.

    Two queries, one more where a unit in a cluster has ended; none below a province.
    """
    if not board.unit.is_province:
        return []
    lines = {line.spot.id: line for line in board.lines if line.spot}
    found = []
    for grouping in clusters_on(board.unit, board.period.last):
        mine = [lines[unit] for unit in grouping.unit_ids if unit in lines]
        found.append(_summed(board, grouping.cluster, mine))
    return found


def _summed(board: UnitBoard, cluster: Cluster, lines: Sequence[ChildLine]) -> ClusterLine:
    codes = [each.code for each in board.columns]
    together = {code: _together(board, code, lines) for code in codes}
    return ClusterLine(
        cluster,
        len(lines),
        {code: sum(line.figures.get(code, 0) for line in lines) for code in codes},
        {code: progress for code, progress in together.items() if progress is not None},
    )


def _together(board: UnitBoard, code: str, lines: Iterable[ChildLine]) -> Progress | None:
    """The units' targets as one; None where they have none, or of different periods."""
    found = [line.progress[code] for line in lines if code in line.progress]
    periods = {(each.target.from_day, each.target.to_day) for each in found}
    if len(periods) != 1:
        return None
    [(first, end)] = periods
    whole = Target(
        indicator=found[0].target.indicator, from_day=first, to_day=end,
        quantity=sum(each.target.quantity for each in found),
    )  # fmt: skip
    rule = thresholds_of(found[0].target.unit.province)
    return pace(whole, sum(each.figure for each in found), as_date(board.period.last), rule)
