"""What the page of a change of the map shows: its lines, its dry run, its figures on both maps."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senhong.core.actor import Actor
from senhong.org import queries
from senhong.org.changes import Alteration, Change, ChangePlan, Edge, Place
from senhong.org.models import ChangeState, MapChange, Share, UnitMap
from senhong.org.queries import BothMaps, UnitLine, shown_day, shown_period
from senhong.web.components import Cell, Column, Crumb, Fact, Row, Table, Tone

REFRESH_S = "3"  # how often the page looks whether the job is done
_TO_REOPEN = (ChangeState.PROPOSED, ChangeState.REFUSED, ChangeState.DISCARDED)
_SHOWN_FIGURES = 4
_SHOWN_LINES = 60
TONES: dict[str, Tone] = {
    ChangeState.DRAFT: "neutral",
    ChangeState.PROPOSED: "on-pace",
    ChangeState.CONFIRMED: "on-pace",
    ChangeState.RUNNING: "on-pace",
    ChangeState.DONE: "reached",
    ChangeState.REFUSED: "behind",
    ChangeState.DISCARDED: "neutral",
    ChangeState.UNDO_PROPOSED: "on-pace",
    ChangeState.UNDOING: "on-pace",
    ChangeState.UNDONE: "neutral",
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One sentence of a change, and the unit by which it is taken out."""

    text: str
    unit: str


def changes_table(found: Iterable[MapChange]) -> Table:
    rows = [
        Row(
            [
                Cell(each.name, url=reverse("org:map-change", args=[each.pk]), is_header=True,
                     note=each.province.title),
                Cell(each.get_state_display(), tone=TONES[each.state]),
                Cell(shown_day(each.day)),
            ]
        )
        for each in found
    ]  # fmt: skip
    columns = [Column(_("Thay đổi")), Column(_("Bước")), Column(_("Từ ngày"))]
    empty = _("Chưa có thay đổi nào được soạn ở đây.")
    return Table(_("Thay đổi đã soạn"), columns, rows, empty=empty)


def maps_table(maps: Iterable[UnitMap]) -> Table:
    rows = [
        Row(
            [
                Cell(each.province.title, url=f"/units/{each.province.key}/", is_header=True),
                Cell(shown_period(each.from_day, each.to_day)),
            ]
        )
        for each in maps
    ]
    return Table(
        _("Các bản đồ từ trước đến nay"), [Column(_("Tỉnh")), Column(_("Thời gian"))], rows
    )


def crumbs(prepared: MapChange | None, *, is_last: bool = True) -> list[Crumb]:
    top = Crumb(_("Bản đồ đơn vị"), reverse("org:map-changes"))
    if prepared is None:
        return [top, Crumb(_("Soạn mới"))]
    here = reverse("org:map-change", args=[prepared.pk])
    return [top, Crumb(prepared.name, "" if is_last else here)]


def change_page(actor: Actor, prepared: MapChange) -> dict[str, object]:
    """Everything that the template needs."""
    change = queries.change_in(prepared)
    titles = queries.titles_of(prepared)
    lines = lines_of(change, titles)
    return {
        "prepared": prepared,
        "crumbs": crumbs(prepared),
        "tone": TONES[prepared.state],
        "day": shown_day(prepared.day),
        "facts": _facts(prepared),
        "lines": lines[:_SHOWN_LINES],
        "more_lines": max(0, len(lines) - _SHOWN_LINES),
        "progress": _progress(prepared, change),
        **_acts(actor, prepared),
        **(_done(prepared) if prepared.done else _planned(prepared)),
    }


def _facts(prepared: MapChange) -> list[Fact]:
    people = [
        (_("Người đề nghị"), prepared.proposed_by),
        (_("Người duyệt"), prepared.confirmed_by),
        (_("Người đề nghị hoàn tác"), prepared.undo_proposed_by),
        (_("Người duyệt hoàn tác"), prepared.undo_confirmed_by),
    ]
    facts = [Fact(name, user.full_name or user.username) for name, user in people if user]
    return [Fact(_("Tỉnh, thành phố"), prepared.province.title), *facts]


def _acts(actor: Actor, prepared: MapChange) -> dict[str, object]:
    """What this reader may do at this step; the services ask again."""
    path, state = prepared.province.path, prepared.state
    may_change, may_confirm = (actor.can(verb, at=path) for verb in ("map.change", "map.confirm"))
    proposed = state == ChangeState.PROPOSED
    undo = state == ChangeState.UNDO_PROPOSED
    by = prepared.proposed_by_id if proposed else prepared.undo_proposed_by_id
    is_own = by == actor.user_id
    waits = (proposed or undo) and may_confirm
    return {
        "may_edit": may_change and state == ChangeState.DRAFT,
        "may_reopen": may_change and state in _TO_REOPEN,
        "may_discard": may_change and state in (ChangeState.DRAFT, ChangeState.REFUSED),
        "confirm": ("confirm" if proposed else "confirm-undo") if waits and not is_own else "",
        "waits_for_another": waits and is_own,
        "may_undo": may_change and state == ChangeState.DONE,
        "may_run": may_confirm and state in queries.UNDER_WAY,
    }


def _progress(prepared: MapChange, change: Change) -> dict[str, int] | None:
    """How many units are done while a job is at it."""
    if prepared.state not in queries.UNDER_WAY:
        return None
    done = sum(group["units"] for group in prepared.done)
    return {"done": done, "total": len(change.ends) + len(change.begins) + len(change.alters)}


def _planned(prepared: MapChange) -> dict[str, object]:
    if prepared.state in (ChangeState.UNDONE, ChangeState.DISCARDED):
        return {}
    plan = queries.dry_run(prepared)
    if not plan.steps:
        return {"refused": plan.refused}
    return {
        "refused": plan.refused,
        "counts": _counts(plan),
        "heirs": [heir for heir in plan.heirs if heir.number],
        "unharmed": _unharmed(plan),
        "climbing": [plan.title(key) for key in plan.to_parent],
        "by_default": [
            (plan.title(key), queries.title_after(plan, plan.steps[key])) for key in plan.by_default
        ],
        **_both(queries.figures_planned(plan), is_done=False),
    }


def _unharmed(plan: ChangePlan) -> str:
    """What was asked for and hangs on none of the units that end."""
    hanging = {str(heir.what) for heir in plan.heirs if heir.number}
    others = dict.fromkeys(str(heir.what) for heir in plan.heirs)
    return ", ".join(what for what in others if what not in hanging)


def _counts(plan: ChangePlan) -> list[str]:
    """What changes, in numbers: only what there is."""
    change, counts = plan.change, []
    if number := len(change.ends):
        counts.append(_told(ngettext("{n} đơn vị kết thúc", "{n} đơn vị kết thúc", number), number))
    if number := len(change.begins):
        counts.append(_told(ngettext("{n} đơn vị mới", "{n} đơn vị mới", number), number))
    if number := len(change.alters):
        text = ngettext("{n} đơn vị đổi tên, loại hoặc cấp trên",
                        "{n} đơn vị đổi tên, loại hoặc cấp trên", number)  # fmt: skip
        counts.append(_told(text, number))
    before, after = len(plan.steps), sum(len(tree) for tree in plan.trees.values())
    text = _("trên bản đồ: {before} đơn vị trước, {after} đơn vị sau")
    return [*counts, text.format(before=before, after=after)]


def _told(text: str, number: int) -> str:
    return text.format(n=number)


def _done(prepared: MapChange) -> dict[str, object]:
    old_maps = [pk for group in prepared.done for pk in group["old_maps"]]
    return _both(queries.figures_carried(old_maps, prepared.day), is_done=True)


def _both(figures: BothMaps, *, is_done: bool) -> dict[str, object]:
    titles = dict([*figures.titles.items()][:_SHOWN_FIGURES])
    after = _("Trên bản đồ mới") if is_done else _("Sẽ có trên bản đồ mới")
    return {
        "before": _side(_("Trên bản đồ cũ"), figures.before, titles, becomes=True),
        "after": _side(after, figures.after, titles, becomes=False),
        "agree": figures.agree(),
        "has_figures": bool(titles),
    }


def _side(
    caption: str, lines: Sequence[UnitLine], titles: dict[str, str], *, becomes: bool
) -> Table:
    columns = [Column(_("Đơn vị"))]
    if becomes:
        columns.append(Column(_("Trở thành")))
    columns += [Column(title, numeric=True) for title in titles.values()]
    rows = [Row(_cells(line, titles, becomes=becomes)) for line in lines[:_SHOWN_LINES]]
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        for code in titles:
            sums[code] += line.quantities.get(code, 0)
    if titles:
        blank = [Cell("")] if becomes else []
        total = [Cell(_("Cộng"), is_header=True), *blank, *(Cell(sums[code]) for code in titles)]
        rows.append(Row(total, is_total=True))
    return Table(caption, columns, rows)


def _cells(line: UnitLine, titles: dict[str, str], *, becomes: bool) -> list[Cell]:
    to = [Cell(line.becomes)] if becomes else []
    figures = [Cell(line.quantities.get(code, 0)) for code in titles]
    return [Cell(line.title, is_header=True), *to, *figures]


def lines_of(change: Change, titles: dict[str, str]) -> list[ChangeLine]:
    """The change in sentences: what begins and of what, what ends, what is altered."""
    made_of: dict[str, list[Edge]] = defaultdict(list)
    became: dict[str, list[Edge]] = defaultdict(list)
    for edge in change.edges:
        made_of[edge.successor].append(edge)
        became[edge.predecessor].append(edge)
    begun = {unit.key for unit in change.begins}
    lines = [
        ChangeLine(_begun(unit.title, unit.parent, made_of[unit.key], titles), unit.key)
        for unit in change.begins
    ]
    for key in change.ends:
        standing = [edge for edge in became[key] if edge.successor not in begun]
        if standing or not became[key]:
            lines.append(ChangeLine(_ended(titles.get(key, key), standing, titles), key))
        if len(became[key]) > 1:
            heir = next((e.successor for e in became[key] if e.is_default), "")
            text = _("{unit} được chia; lịch sử số liệu, tổ và thành viên sang {heir}.")
            said = text.format(unit=titles.get(key, key), heir=titles.get(heir, "…"))
            lines.append(ChangeLine(said, key))
    return lines + [ChangeLine(_altered(each, titles), each.unit) for each in change.alters]


def _begun(title: str, parent: str | None, edges: list[Edge], titles: dict[str, str]) -> str:
    above = titles.get(parent or "", parent or "")
    if not edges:
        return _("{unit} được lập mới, thuộc {parent}.").format(unit=title, parent=above)
    parts = ", ".join(_part(edge, titles) for edge in edges)
    text = _("{unit} được lập mới, thuộc {parent}, gồm {parts}.")
    return text.format(unit=title, parent=above, parts=parts)


def _part(edge: Edge, titles: dict[str, str]) -> str:
    text = _("một phần {unit}") if edge.share == Share.PART else _("toàn bộ {unit}")
    return text.format(unit=titles.get(edge.predecessor, edge.predecessor))


def _ended(title: str, edges: list[Edge], titles: dict[str, str]) -> str:
    if not edges:
        return _("{unit} kết thúc, không có đơn vị kế thừa.").format(unit=title)
    into = ", ".join(titles.get(edge.successor, edge.successor) for edge in edges)
    return _("{unit} kết thúc và nhập vào {heir}.").format(unit=title, heir=into)


def _altered(alters: Alteration, titles: dict[str, str]) -> str:
    title = titles.get(alters.unit, alters.unit)
    if alters.kind or alters.name:
        new = Place(None, alters.kind or "", alters.name or "").title
        if alters.parent:
            text = _("{unit} đổi thành {new} và chuyển sang thuộc {parent}.")
            return text.format(unit=title, new=new, parent=titles.get(alters.parent, ""))
        return _("{unit} đổi thành {new}.").format(unit=title, new=new)
    text = _("{unit} chuyển sang thuộc {parent}.")
    return text.format(unit=title, parent=titles.get(alters.parent or "", ""))
