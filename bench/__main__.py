"""``python -m bench``: measure on both databases, from 10^4 to 10^7 postings, and write it down.

Each part's facts lie in var/bench as JSON; docs/benchmarks.md is made of what lies there, so a
part can be measured again alone: ``python -m bench --only http --sizes 1000000``.
"""

import argparse
import json
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from bench import (
    country,
    once,
    open_boards,
    pages,
    places,
    report,
    saving,
    shell,
    single_helps,
    storm,
    sync,
)
from bench.measures import Facts, keep
from tools.live import Home

_SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
_COMMUNES = 40  # with a team and an activity of today
_WRITERS = {"sqlite": 1, "postgresql": 4}

Ground = dict[str, Any]
Part = Callable[[Home, Ground], Facts]


def _ingest(home: Home, ground: Ground) -> Facts:
    facts: Facts = _child(home, "ingest", ground, _WRITERS[home.engine])
    return facts


def _one_writer(home: Home, ground: Ground) -> Facts:
    facts: Facts = _child(home, "ingest", ground, 1)
    return facts


def _read(home: Home, ground: Ground) -> Facts:
    facts: Facts = _child(home, "reads")
    return facts


def _page(home: Home, ground: Ground) -> Facts:
    queries = _child(home, "queries")
    return pages.first_page(home, ground) | {"queries": queries}


def _tables(home: Home, ground: Ground) -> Facts:
    facts: Facts = _child(home, "tables")
    return facts


def _merger(home: Home, ground: Ground) -> Facts:
    facts: Facts = _child(home, "merger")
    return facts


def _split(home: Home, ground: Ground) -> Facts:
    facts: Facts = _child(home, "split")
    return facts


def _proof(home: Home, ground: Ground) -> Facts:
    facts: Facts = _child(home, "proof")
    return facts


def _work(home: Home, ground: Ground) -> Facts:
    facts: Facts = _child(home, "work")
    return facts


_PARTS: dict[str, Part] = {
    "ingest": _ingest,
    "one-writer": _one_writer,
    "http": single_helps.single_helps,
    "sync": sync.sync,
    "sync-single": sync.sync_single,
    "storm": storm.storm,
    "shell": shell.shell,
    "saving": saving.saving,
    "boards": open_boards.open_boards,
    "read": _read,
    "page": _page,
    "tables": _tables,
    "memory": pages.memory,
    "merger": _merger,
    "proof": _proof,
    "split": _split,
    "work": _work,
}
_ONLY_AT: dict[str, Iterable[int]] = {
    "tables": (1_000_000,),
    "storm": (10_000,),
    "shell": (10_000,),
    "saving": (10_000,),
    "boards": (1_000_000,),
    "memory": (1_000_000,),
    "proof": (10_000, 1_000_000),
    "split": (10_000,),
    "work": (10_000,),
}


def main() -> None:
    asked = _asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is removed
    if not asked.report:
        for engine in asked.engines:
            with places.home_of(engine) as home:
                _measure(home, asked)
    report.write()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    names = ["once", "country", *_PARTS]
    parser.add_argument("--only", type=_words, default=names, help=", ".join(names))
    parser.add_argument("--sizes", type=_numbers, default=list(_SIZES), help="postings")
    parser.add_argument("--engines", type=_words, default=list(_WRITERS), help="sqlite,postgresql")
    parser.add_argument("--report", action="store_true", help="only write docs/benchmarks.md anew")
    asked = parser.parse_args()
    if unknown := set(asked.only) - set(names):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return asked


def _words(text: str) -> list[str]:
    return text.split(",")


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _measure(home: Home, asked: argparse.Namespace) -> None:
    if "once" in asked.only:
        _tell(keep("once", home.engine, 0, once.once(home)))
    if "country" in asked.only:
        _tell(keep("country", home.engine, 0, country.country(home)))
    parts = {name: _PARTS[name] for name in _PARTS if name in asked.only}
    if not parts:
        return
    ground = _ground(home)
    for size in sorted(asked.sizes):
        _tell(keep("growth", home.engine, size, _child(home, "seed", size)))
        for name, part in parts.items():
            if _is_measured(name, home, size, asked):
                _tell(keep(name, home.engine, size, part(home, ground)))


def _is_measured(name: str, home: Home, size: int, asked: argparse.Namespace) -> bool:
    if name == "one-writer" and _WRITERS[home.engine] == 1:
        return False
    return len(asked.sizes) == 1 or size in _ONLY_AT.get(name, asked.sizes)


def _ground(home: Home) -> Ground:
    """What was laid when this home was new; a home that is kept is laid once."""
    kept = home.folder / "ground.json"
    if not kept.exists():
        shutil.rmtree(home.folder, ignore_errors=True)
        home.folder.mkdir(parents=True)
        ground = home.answer_of("tools.live_ground", "--communes", str(_COMMUNES))
        kept.write_text(json.dumps(ground))
    return dict(json.loads(kept.read_text()))


def _child(home: Home, name: str, *arguments: Any) -> Any:
    texts = [json.dumps(argument) for argument in arguments]
    return home.answer_of("bench.child", name, *texts, timeout_s=3600)


def _tell(facts: Facts) -> None:
    shown = {k: v for k, v in facts.items() if k not in {"load_before", "measured_at"}}
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {json.dumps(shown, ensure_ascii=False)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
