"""The facts of an act in one form, whatever order its keys came in and whatever our fields are
called: what tells whether the same id names the same act.

The names are those of the contract. A key that came later is left out where it says what its
absence says, so that what was done before it existed is still known again.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from senhong.sync.acts import (
    ActivityAct,
    AttendanceAct,
    CheckInAct,
    CorrectionAct,
    SignUpAct,
    StateAct,
)

VERSION = 1  # of the form; kept beside each digest

Facts = dict[str, Any]


def digest_of(act: StateAct) -> str:
    """SHA-256 of the act's facts, hex."""
    return hashlib.sha256(canonical(act).encode()).hexdigest()


def canonical(act: StateAct) -> str:
    """JSON with sorted keys, instants in UTC to the microsecond."""
    common = {"type": act.kind, "id": str(act.id), "at": _instant(act.at)}
    facts = common | _FACTS[type(act)](act)
    return json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _correction(act: CorrectionAct) -> Facts:
    return {
        "corrects": str(act.corrects), "services": sorted(set(act.services)),
        "citizens": act.citizens, "note": act.note, "reason": act.reason,
    }  # fmt: skip


def _check_in(act: CheckInAct) -> Facts:
    return {"activity": str(act.activity), "step": act.step, "code": act.code}


def _attendance(act: AttendanceAct) -> Facts:
    facts = {"activity": str(act.activity), "member": str(act.member), "present": act.present}
    return facts | ({"left": True} if act.left else {})


def _sign_up(act: SignUpAct) -> Facts:
    facts = {"activity": str(act.activity), "answer": act.answer}
    return facts | ({"anyway": True} if act.anyway else {})


def _activity(act: ActivityAct) -> Facts:
    return {"activity": str(act.activity), "to": act.to}


_FACTS: Mapping[type[StateAct], Callable[[Any], Facts]] = {
    CorrectionAct: _correction,
    CheckInAct: _check_in,
    AttendanceAct: _attendance,
    SignUpAct: _sign_up,
    ActivityAct: _activity,
}
