"""What a measurement says, and where it is kept."""

import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "bench"

Facts = dict[str, Any]


def share(values: Sequence[float], percent: float) -> float:
    """The value below which that many percent lie; 0 when there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def spread(seconds: Sequence[float]) -> Facts:
    """Milliseconds: the middle, the 95th percentile, the longest; and how many."""
    return {
        "p50_ms": round(share(seconds, 50) * 1000, 2),
        "p95_ms": round(share(seconds, 95) * 1000, 2),
        "longest_ms": round(max(seconds, default=0.0) * 1000, 1),
        "times": len(seconds),
    }


def timed(act: Callable[[], object], times: int, *, warm: int = 2) -> Facts:
    """How long the act takes, alone, one after another."""
    for _ in range(warm):
        act()
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - begun)
    return spread(seconds)


def keep(part: str, engine: str, size: int, facts: Facts) -> Facts:
    """Write one measurement down, over an earlier one of the same kind."""
    KEPT.mkdir(parents=True, exist_ok=True)
    whole = {
        "part": part,
        "engine": engine,
        "size": size,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "load_before": [round(load, 1) for load in os.getloadavg()],
        **facts,
    }
    file = KEPT / f"{part}-{engine}-{size}.json"
    file.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    return whole


def kept() -> list[Facts]:
    """Every measurement written down so far."""
    return [json.loads(file.read_text()) for file in sorted(KEPT.glob("*-*-*.json"))]
