"""What taking in a list of members would do. Writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from uuid import UUID

from django.utils.translation import gettext as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.ids import derived_id
from senhong.core.text import search_key, spelling_key
from senhong.org.models import Unit
from senhong.org.queries import shown_day
from senhong.people.errors import ImportTooLong
from senhong.people.listed import Listed, Planned, PlannedImport
from senhong.people.models import Member, MemberMerge, Membership, MembershipRole, Stay, Team
from senhong.people.queries.teams import last_places

MOST_LISTED = 2000
# The root of the ids of listed members: unit, name and distinction make the rest.
_ROOT = UUID("0181b1f0-0000-7000-8000-6c6973746564")
_LEADERS = {"to truong", "doi truong", "nhom truong", "truong nhom", "leader"}
_MEMBERS = {"", "thanh vien", "doi vien", "to vien", "member"}
_LONGEST_NAME = 100

Key = tuple[str, str]  # who somebody is within a unit: name and distinction, as they are heard


def planned_import(actor: Actor, unit: Unit, rows: Sequence[Listed]) -> PlannedImport:
    """What each row would do at the unit itself, and what keeps it from being done.

    Somebody is known by her name, as it is heard, and by what tells her from others of her name;
    who was merged is known by either name. Raises Forbidden, ImportTooLong. Five queries.
    """
    actor.require("member.edit", at=unit.path)
    if len(rows) > MOST_LISTED:
        raise ImportTooLong(most=MOST_LISTED)
    ground = _ground(unit, rows)
    return PlannedImport([_planned(row, ground) for row in rows])


@dataclass
class _Ground:
    """What the list meets."""

    unit: Unit
    today: date
    lines: dict[Key, list[int]]  # where each key stands in the list
    by_key: defaultdict[Key, list[Member]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[UUID, Member] = field(default_factory=dict)
    here: set[UUID] = field(default_factory=set)  # who takes part at the unit today
    stays: Counter[UUID] = field(default_factory=Counter)
    alike: defaultdict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))
    teams: dict[str, Team] = field(default_factory=dict)
    placed: set[tuple[UUID, UUID]] = field(default_factory=set)  # member, team; ever
    meant: dict[UUID, int] = field(default_factory=dict)  # by which line


def listed_key(row: Listed) -> Key:
    return spelling_key(row.full_name), search_key(row.distinction)


def _member_key(member: Member) -> Key:
    return spelling_key(member.full_name), search_key(member.distinction)


def _listed_id(unit: Unit, key: Key) -> UUID:
    return derived_id(_ROOT, unit.key, *key)


def _ground(unit: Unit, rows: Sequence[Listed]) -> _Ground:
    today = clock.today()
    lines: defaultdict[Key, list[int]] = defaultdict(list)
    for row in rows:
        lines[listed_key(row)].append(row.line)
    ground = _Ground(unit, today, dict(lines))
    _meet_members(ground, {_listed_id(unit, key): key for key in lines})
    _meet_teams(ground)
    return ground


def _meet_members(ground: _Ground, ids: dict[UUID, Key]) -> None:
    """Who is or was at the unit, under every name she was written down with."""
    day = as_day(ground.today)
    at_unit = set(last_places(ground.unit, day))
    for stay in Stay.objects.filter(unit__in=at_unit).select_related("member__unit"):
        _meet(ground, stay.member, _member_key(stay.member))
        if stay.from_day <= day < stay.to_day:
            ground.here.add(stay.member_id)
    written = MemberMerge.objects.filter(kept__in=list(ground.by_id))
    for merge in written.select_related("kept__unit", "merged"):
        _meet(ground, merge.kept, _member_key(merge.merged))
    for member in Member.objects.filter(pk__in=ids).select_related("unit", "merge__kept__unit"):
        kept = member.merge.kept if hasattr(member, "merge") else member
        if not ground.by_key[ids[member.pk]]:
            _meet(ground, kept, ids[member.pk])
    stays = Stay.objects.filter(member__in=list(ground.by_id))
    ground.stays.update(stays.values_list("member_id", flat=True))


def _meet(ground: _Ground, member: Member, key: Key) -> None:
    ground.by_id[member.pk] = member
    ground.alike[search_key(member.full_name)].append(member)
    if member not in ground.by_key[key]:
        ground.by_key[key].append(member)


def _meet_teams(ground: _Ground) -> None:
    day = as_day(ground.today)
    teams = Team.objects.standing(day).filter(unit__in=last_places(ground.unit, day))
    ground.teams = {team.search_key: team for team in teams.select_related("unit")}
    held = Membership.objects.filter(team__in=[team.pk for team in ground.teams.values()])
    ground.placed = set(held.values_list("member_id", "team_id"))


def _planned(row: Listed, ground: _Ground) -> Planned:
    key = listed_key(row)
    member, doubts = _known(key, ground)
    mistakes = [*row.mistakes, *_name_mistakes(row, ground), *doubts]
    mistakes += _meant_twice(row, member, ground)
    if member is not None and member.pk not in ground.here:
        return _gone(row, member, mistakes)
    team, team_mistakes = _team(row, ground)
    role, role_notes = _role(row)
    id = member.pk if member else _listed_id(ground.unit, key)
    joins = team is not None and (id, team.pk) not in ground.placed
    joined_on = row.joined_on or (member.joined_on if member else ground.today)
    moves, day_mistakes = _first_day(row, member, ground)
    return Planned(
        listed=row,
        id=id,
        member=member,
        joined_on=joined_on,
        moves_first_day=moves,
        team=team if joins else None,
        role=role,
        joins_from=_joins_from(team, member, joined_on, ground) if joins else 0,
        mistakes=(*mistakes, *team_mistakes, *day_mistakes),
        notes=(*role_notes, *_likenesses(row, member, ground)),
    )


def _known(key: Key, ground: _Ground) -> tuple[Member | None, list[str]]:
    """Whom the row means; more than one is for people to decide."""
    found = ground.by_key[key]
    present = [member for member in found if member.pk in ground.here]
    if len(present) > 1:
        sentence = _(
            "Ở đơn vị đã có {number} người tên này. Hãy gộp các mục trùng, hoặc ghi cột Phân biệt."
        )
        return present[0], [sentence.format(number=len(present))]
    return next(iter(present or found), None), []


def _meant_twice(row: Listed, member: Member | None, ground: _Ground) -> list[str]:
    """Two rows that mean one person, once under a name that has since been corrected."""
    if member is None:
        return []
    first = ground.meant.setdefault(member.pk, row.line)
    if first == row.line:
        return []
    return [_("Cùng một người với dòng {line}. Hãy xóa bớt một dòng.").format(line=first)]


def _gone(row: Listed, member: Member, mistakes: Iterable[str]) -> Planned:
    """Who left or moved on is not fetched back by a list."""
    if member.left_on is not None:
        note = _("Đã thôi tham gia từ {day}: giữ nguyên.").format(
            day=shown_day(as_day(member.left_on))
        )
    else:
        note = _("Đã chuyển sang {unit}: giữ nguyên.").format(unit=member.unit.title)
    return Planned(
        listed=row, id=member.pk, member=member, joined_on=member.joined_on,
        mistakes=tuple(mistakes), notes=(note,),
    )  # fmt: skip


def _name_mistakes(row: Listed, ground: _Ground) -> Iterator[str]:
    if not any(char.isalpha() for char in row.full_name):
        yield _("Thiếu họ và tên.")
    elif any(char.isdigit() for char in row.full_name):
        yield _("Họ và tên có chữ số: “{said}”. Hãy ghi tên bằng chữ.").format(said=row.full_name)
    elif len(row.full_name) > _LONGEST_NAME:
        yield _("Họ và tên quá dài: nhiều nhất {most} chữ cái.").format(most=_LONGEST_NAME)
    others = [line for line in ground.lines[listed_key(row)] if line != row.line]
    if others and row.full_name:
        sentence = _(
            "Trùng tên với dòng {line}. Nếu là hai người, hãy ghi cột Phân biệt khác nhau "
            "(ví dụ: ấp 1, ấp 2); nếu là một, hãy xóa bớt một dòng."
        )
        yield sentence.format(line=others[0])


def _first_day(row: Listed, member: Member | None, ground: _Ground) -> tuple[bool, Sequence[str]]:
    """Whether the list corrects since when she takes part; only while she never moved."""
    if row.joined_on is None:
        return False, []
    if row.joined_on > ground.today:
        day = shown_day(as_day(row.joined_on))
        return False, [_("Ngày tham gia {day} chưa tới.").format(day=day)]
    if row.joined_on.year < 1930:
        return False, [_("Ngày tham gia quá xa. Hãy xem lại năm.")]
    if member is None or member.joined_on == row.joined_on or _has_a_past(row, member, ground):
        return False, []
    if member.left_on is not None and member.left_on <= row.joined_on:
        return False, [_("Ngày tham gia phải trước ngày thôi.")]
    return True, []


def _has_a_past(row: Listed, member: Member, ground: _Ground) -> bool:
    """She moved, or has since been merged or called otherwise: the list is older than that."""
    return ground.stays[member.pk] > 1 or _member_key(member) != listed_key(row)


def _team(row: Listed, ground: _Ground) -> tuple[Team | None, Sequence[str]]:
    wanted = search_key(row.team)
    if not wanted:
        return None, []
    if wanted in ground.teams:
        return ground.teams[wanted], []
    near = [name for name in ground.teams if wanted in name] or get_close_matches(
        wanted, ground.teams, n=1, cutoff=0.4
    )
    if not near:
        sentence = _("Đơn vị không có tổ “{said}”. Hãy lập tổ trước, hoặc để trống.")
        return None, [sentence.format(said=row.team)]
    sentence = _("Đơn vị không có tổ “{said}”. Có phải “{near}”?")
    return None, [sentence.format(said=row.team, near=ground.teams[near[0]].name)]


def _role(row: Listed) -> tuple[MembershipRole, Sequence[str]]:
    said = search_key(row.role)
    if said in _LEADERS:
        return MembershipRole.LEADER, []
    if said in _MEMBERS:
        return MembershipRole.MEMBER, []
    return MembershipRole.MEMBER, [
        _("Vai trò “{said}” được ghi là thành viên tổ.").format(said=row.role)
    ]


def _joins_from(team: Team | None, member: Member | None, joined_on: date, ground: _Ground) -> int:
    """Who is new has been in the team since she joined; who was there, from today on."""
    assert team is not None  # it is asked only of who joins
    return max(team.from_day, as_day(joined_on if member is None else ground.today))


def _likenesses(row: Listed, member: Member | None, ground: _Ground) -> Iterator[str]:
    """Who is new and is called almost like somebody who is there."""
    if member is not None:
        if spelling_key(member.full_name) != spelling_key(row.full_name):
            yield _("Đã có trong danh sách với tên “{name}”: giữ nguyên.").format(
                name=member.full_name
            )
        return
    for other in ground.alike[search_key(row.full_name)][:1]:
        yield _("Gần giống “{name}” đã có. Nếu là một người, hãy sửa lại cho giống.").format(
            name=other.full_name
        )
