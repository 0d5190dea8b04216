"""The list "Cần bạn": what asks for the reader, and where to look."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senhong.board.queries import DayTree, Spot, UnitBoard
from senhong.board.queries.needs import SILENT_DAYS
from senhong.core.actor import Actor
from senhong.plans.cards import WORDS
from senhong.web.components import Need

NAMED = 4  # units that are named before "và … khác"
LATE = 3  # targets that are listed


def needs_shown(actor: Actor, board: UnitBoard) -> list[Need]:
    """Worst first; empty when nothing asks for anybody."""
    if not actor.can("activity.view", at=board.unit.path):
        return []
    return [*_late(board), *_communes(board)]


def _late(board: UnitBoard) -> Iterator[Need]:
    for each in board.needs.late[:LATE]:
        target = each.target
        text = _("{word}. Cần thêm {missing} {measure} để kịp mốc hôm nay.").format(
            word=WORDS[each.state],
            missing=number_format(each.expected - each.figure),
            measure=target.indicator.measure,
        )
        url = reverse("plans:target", args=[target.pk])
        yield Need(title=target.indicator.title, text=text, url=url, action=_("Xem"))


def _communes(board: UnitBoard) -> Iterator[Need]:
    needs, tree, url = board.needs, board.tree, reverse("board:communes", args=[board.unit.key])
    view = "" if board.period.span == "plan" else f"&period={board.period.span}"
    view += "&map=today" if board.period.on else ""
    if needs.idle:
        number = len(needs.idle)
        title = ngettext(
            "{number} xã, phường có tổ nhưng chưa có hoạt động nào trong kỳ",
            "{number} xã, phường có tổ nhưng chưa có hoạt động nào trong kỳ", number,
        )  # fmt: skip
        yield _need(title, tree, needs.idle, f"{url}?show=idle{view}")
    if needs.silent:
        number = len(needs.silent)
        title = ngettext(
            "{number} xã, phường im lặng từ {days} ngày trở lên",
            "{number} xã, phường im lặng từ {days} ngày trở lên", number,
        )  # fmt: skip
        yield _need(title, tree, needs.silent, f"{url}?show=silent{view}")
    if needs.teamless:
        number = len(needs.teamless)
        title = ngettext(
            "{number} xã, phường chưa có tổ thanh niên CĐS cộng đồng",
            "{number} xã, phường chưa có tổ thanh niên CĐS cộng đồng", number,
        )  # fmt: skip
        yield _need(title, tree, needs.teamless, f"{url}?show=teamless{view}")


def _need(title: str, tree: DayTree, spots: Sequence[Spot], url: str) -> Need:
    said = title.format(number=len(spots), days=SILENT_DAYS)
    return Need(title=said, text=named(tree, spots), url=url, action=_("Xem danh sách"))


def named(tree: DayTree, spots: Sequence[Spot]) -> str:
    """ "Bình Thạnh, An Phước và 5 nơi khác"."""
    called = tree.names(spots, short=True)
    names = ", ".join(called[spot.id] for spot in spots[:NAMED])
    more = len(spots) - NAMED
    return _("{names} và {more} nơi khác").format(names=names, more=more) if more > 0 else names
