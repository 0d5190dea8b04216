"""What a participant may become: the one table, and the column that keeps when she did."""

from senhong.activities.models import ParticipantState

_SIGNED_UP, _WAITING, _CONFIRMED, _PRESENT, _LEFT, _NO_SHOW, _CANCELLED = ParticipantState

# From what to what, each change once. Nobody ("") begins by signing up or by being there.
ALLOWED: dict[str, frozenset[str]] = {
    "": frozenset({_SIGNED_UP, _WAITING, _PRESENT}),
    _SIGNED_UP: frozenset({_CONFIRMED, _CANCELLED, _PRESENT, _NO_SHOW}),
    _WAITING: frozenset({_SIGNED_UP, _CANCELLED, _PRESENT}),
    _CONFIRMED: frozenset({_CANCELLED, _PRESENT, _NO_SHOW}),
    _PRESENT: frozenset({_LEFT}),
    _LEFT: frozenset({_PRESENT}),
    _NO_SHOW: frozenset({_PRESENT}),
    _CANCELLED: frozenset({_SIGNED_UP, _WAITING, _PRESENT}),
}
# Taken back, when it was a mistake: from what to what she was before. Who had walked in never was.
BACK: dict[str, frozenset[str]] = {
    _PRESENT: frozenset({_SIGNED_UP, _WAITING, _CONFIRMED, _NO_SHOW, _CANCELLED}),
    _LEFT: frozenset({_SIGNED_UP, _WAITING, _CONFIRMED, _NO_SHOW, _CANCELLED}),
    _NO_SHOW: frozenset({_SIGNED_UP, _CONFIRMED}),
}
# The column that keeps when she did.
WHEN = {
    _SIGNED_UP: "signed_up_at",
    _WAITING: "signed_up_at",
    _CONFIRMED: "confirmed_at",
    _PRESENT: "came_at",
    _LEFT: "left_at",
    _NO_SHOW: "missed_at",
    _CANCELLED: "cancelled_at",
}


def may_become(state: str, other: str, *, back: bool = False) -> bool:
    return other in (BACK.get(state, ()) if back else ALLOWED[state])
