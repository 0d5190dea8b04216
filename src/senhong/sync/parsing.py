"""Reads what phones send. Each act is judged alone: one that does not fit spoils no other.

Written by hand because every act of a province passes here; ``api.schemas`` documents the same
and a test feeds its examples to this parser.
"""

import json
import math
import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in the stubs
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.activities.models import Helped
from senhong.core.text import nfc
from senhong.sync.acts import (
    Act,
    ActivityAct,
    AttendanceAct,
    CheckInAct,
    CorrectionAct,
    HelpAct,
    SignUpAct,
)
from senhong.sync.errors import ActMalformed, BodyTooLarge, BodyUnreadable, TooManyActs

MOST_ACTS = 200
MOST_BYTES = 2_500_000  # of a body, unpacked

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+(?:[Zz]|[+-][0-9]{2}:[0-9]{2})")
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_MOST_SERVICES, _MOST_CODE, _MOST_NOTE, _MOST_REASON = 40, 40, 500, 300
_MOST_WHOLE = 2**31 - 1
_SPACE = " \t\n\r"


@dataclass(frozen=True, slots=True)
class Body:
    """A body that can be read: when the phone says it is, and the acts as JSON values."""

    device_time: datetime | None
    values: list[Any]
    text: str

    def texts(self) -> list[str]:
        """Each act as it was sent, sign by sign; asked for only when one has to be kept."""
        return _pieces(self.text)


def unpacked(body: bytes, encoding: str) -> bytes:
    """The body without its gzip. Raises BodyUnreadable, BodyTooLarge."""
    if encoding.strip().lower() != "gzip":
        return _within(body)
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = reader.decompress(body, MOST_BYTES + 1)
    except zlib.error as broken:
        raise BodyUnreadable from broken
    if not reader.eof and len(plain) <= MOST_BYTES:
        raise BodyUnreadable  # cut off
    return _within(plain)


def _within(body: bytes) -> bytes:
    if len(body) > MOST_BYTES:
        raise BodyTooLarge(most_mb=MOST_BYTES / 1_000_000)
    return body


def body_of(sent: bytes) -> Body:
    """Raises BodyUnreadable, TooManyActs."""
    try:
        text = sent.decode()
        value = loaded(text)
    except (ValueError, RecursionError) as broken:
        raise BodyUnreadable from broken
    acts = value.get("acts") if isinstance(value, dict) else None
    if not isinstance(acts, list):
        raise BodyUnreadable
    if len(acts) > MOST_ACTS:
        raise TooManyActs(most=MOST_ACTS)
    return Body(_instant_or_none(value.get("device_time")), acts, text)


def loaded(text: str) -> Any:
    """Of numbers with thousands of digits Python wants to know nothing: they spoil one act only."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, parse_int=_whole)


def loaded_act(text: str) -> Any:
    """One act's JSON from what somebody typed. Raises ActMalformed."""
    try:
        return loaded(text)
    except (ValueError, RecursionError) as broken:
        raise ActMalformed(key="", problem=_("không phải JSON đọc được")) from broken


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else math.inf


def _instant_or_none(value: object) -> datetime | None:
    try:
        return _instant(value)
    except ValueError:
        return None


def _pieces(text: str) -> list[str]:
    """The texts of the list ``acts`` of a body that was read before."""
    decoder = json.JSONDecoder(parse_int=_whole)
    found: list[str] = []
    at = _next(text, text.index("{") + 1)
    while text[at] == '"':
        key, at = scanstring(text, at + 1)
        at = _next(text, _next(text, at) + 1)  # over the colon
        if key == "acts" and text[at] == "[":
            found, at = _items(decoder, text, at)
        else:
            _value, at = decoder.raw_decode(text, at)
        at = _next(text, at)
        at = _next(text, at + 1) if text[at] == "," else at
    return found


def _items(decoder: json.JSONDecoder, text: str, at: int) -> tuple[list[str], int]:
    found, at = [], _next(text, at + 1)
    while text[at] != "]":
        begin = at
        _value, at = decoder.raw_decode(text, at)
        found.append(text[begin:at])
        at = _next(text, at)
        at = _next(text, at + 1) if text[at] == "," else at
    return found, at + 1


def _next(text: str, at: int) -> int:
    while text[at] in _SPACE:
        at += 1
    return at


def id_in(value: object) -> UUID | None:
    """The id that an act names, be the rest of it as it may."""
    try:
        return _id(value.get("id")) if isinstance(value, dict) else None
    except ValueError:
        return None


def act_of(value: object) -> Act:
    """One act from its JSON. Raises ActMalformed, which says where and why."""
    if not isinstance(value, dict):
        raise ActMalformed(key="", problem=_("không phải một đối tượng JSON"))
    kind = value.get("type")
    shape = _SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise ActMalformed(key="type", problem=_("loại lượt ghi không có trong danh sách"))
    facts = {}
    missing = 0
    for name, reads, usual in shape.keys:
        if name in value:
            try:
                facts[name] = reads(value[name])
            except ValueError as wrong:
                raise ActMalformed(key=name, problem=_PROBLEMS[reads]) from wrong
        elif usual is _REQUIRED:
            raise ActMalformed(key=name, problem=_("còn thiếu"))
        else:
            facts[name] = usual
            missing += 1
    if len(value) != len(shape.keys) - missing + 1:
        unknown = next(key for key in value if key not in shape.names)
        raise ActMalformed(key=ascii(unknown)[1:40].rstrip("'"), problem=_("không có trong mẫu"))
    return shape.makes(**facts)


# Readers: each gives the value as we keep it, or a ValueError.


def _uuid(value: object) -> UUID:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise ValueError
    return UUID(value)


def _uuid_or_none(value: object) -> UUID | None:
    return None if value is None else _uuid(value)


def _id(value: object) -> UUID:
    id = _uuid(value)
    if id.version != 7:
        raise ValueError
    return id


def _instant(value: object) -> datetime:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError
    instant = datetime.fromisoformat(value)
    if not _FIRST <= instant < _LAST:
        raise ValueError
    return instant


def _true_or_false(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_WHOLE:
        raise ValueError
    return value


def _number_or_none(value: object) -> int | None:
    return None if value is None else _number(value)


def _text(most: int) -> Callable[[object], str]:
    def reads(value: object) -> str:
        if not isinstance(value, str) or len(value) > 4 * most:
            raise ValueError
        if not value:
            return value
        if not value.isprintable() and any(map(_is_control, value)):
            raise ValueError
        kept = nfc(value)
        if len(kept) > most:
            raise ValueError
        return kept

    return reads


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\r\n"


def _services(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST_SERVICES:
        raise ValueError
    for code in value:
        if not isinstance(code, str) or len(code) > _MOST_CODE or not code.isprintable():
            raise ValueError
    return tuple(value)


def _helped(value: object) -> Helped:
    if not isinstance(value, str):
        raise ValueError
    return Helped(value)


def _point(value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError
    lat, lon = (_degrees(each) for each in value)
    if abs(lat) > 90 or abs(lon) > 180:
        raise ValueError
    return lat, lon


def _degrees(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    if isinstance(value, int) and abs(value) > 180:
        raise ValueError  # also those too large to be a float
    if not math.isfinite(value):
        raise ValueError
    return float(value)


def _answer(value: object) -> str:
    if value not in ("sign-up", "confirm", "cancel"):
        raise ValueError
    return str(value)


def _direction(value: object) -> str:
    if value not in ("running", "closed"):
        raise ValueError
    return str(value)


_note, _reason, _code = _text(_MOST_NOTE), _text(_MOST_REASON), _text(20)

_PROBLEMS: Mapping[Callable[[object], Any], Any] = {
    _id: _("phải là mã UUID phiên bản 7"),
    _uuid: _("phải là một mã UUID"),
    _uuid_or_none: _("phải là một mã UUID, hoặc null"),
    _instant: _("phải là giờ kèm múi giờ, dạng 2023-03-20T07:30:00+07:00, từ năm 2000 đến 2099"),
    _true_or_false: _("phải là true hoặc false"),
    _number: _("phải là một số nguyên không âm"),
    _number_or_none: _("phải là một số nguyên không âm, hoặc null"),
    _note: _("phải là chữ đọc được, không quá 500 ký tự"),
    _reason: _("phải là chữ đọc được, không quá 300 ký tự"),
    _code: _("phải là chữ đọc được, không quá 20 ký tự"),
    _services: _("phải là danh sách mã việc được giúp, không quá 40 mã"),
    _helped: _("phải là citizens, household-businesses, enterprises hoặc organisations"),
    _point: _("phải là null hoặc [vĩ độ, kinh độ]"),
    _answer: _("phải là sign-up, confirm hoặc cancel"),
    _direction: _("phải là running hoặc closed"),
}

_REQUIRED = object()


@dataclass(frozen=True, slots=True)
class _Shape:
    """The keys of one type of act beside ``type``: how each is read, and what it is if absent."""

    makes: Callable[..., Act]
    keys: tuple[tuple[str, Callable[[object], Any], object], ...]
    names: frozenset[str]


def _shape(makes: Callable[..., Act], **keys: Any) -> _Shape:
    every = {"id": _id, "at": _instant} | keys
    rows = [each if isinstance(each, tuple) else (each, _REQUIRED) for each in every.values()]
    told = tuple((name, *row) for name, row in zip(every, rows, strict=True))
    return _Shape(makes, told, frozenset({*every, "type"}))


_SHAPES: Mapping[str, _Shape] = {
    "help": _shape(
        HelpAct,
        team=_uuid,
        activity=(_uuid_or_none, None),
        services=_services,
        citizens=_number,
        same_people=(_true_or_false, False),
        same_people_as=(_uuid_or_none, None),
        helped=(_helped, Helped.CITIZENS),
        note=(_note, ""),
        point=(_point, None),
    ),
    "correction": _shape(
        CorrectionAct,
        corrects=_uuid,
        services=(_services, ()),
        citizens=_number,
        note=(_note, ""),
        reason=(_reason, ""),
    ),
    "check-in": _shape(CheckInAct, activity=_uuid, step=(_number_or_none, None), code=_code),
    "attendance": _shape(
        AttendanceAct,
        activity=_uuid,
        member=_uuid,
        present=_true_or_false,
        left=(_true_or_false, False),
    ),
    "sign-up": _shape(SignUpAct, activity=_uuid, answer=_answer, anyway=(_true_or_false, False)),
    "activity": _shape(ActivityAct, activity=_uuid, to=_direction),
}
