"""Work in docs/benchmarks.md."""

from collections.abc import Iterable

from bench.cells import Cells, Kept, each_size, number, size_words, table
from bench.measures import Facts

_SIZE = 10_000  # postings beside the tasks: they matter little
_TARGETS = {
    "my work, p95": ("my work", 150),
    "boards, p95": ("board", 150),
    "matrix, p95": ("matrix", 150),
    "full-text search, p95": ("search", 100),
}


def targets(found: Kept, engine: str, name: str) -> Iterable[Cells]:
    """The slowest of each kind against what was promised."""
    facts = found.get(("work", engine, _SIZE))
    if not facts:
        return
    for what, (word, limit) in _TARGETS.items():
        slowest = max(one["p95_ms"] for asked, one in facts["questions"].items() if word in asked)
        yield _line(f"200,000 tasks: {what}", name, limit, slowest, "ms")
    sent = facts["assigning"]
    yield _line(f"a task sent to {sent['units']:,} communes", name, 3, sent["s"], "s")


def _line(what: str, name: str, limit: float, value: float, unit: str) -> Cells:
    met = "met" if value <= limit else "**missed**"
    told = f"{number(value, 1)} {unit}"
    return what, name, size_words(_SIZE), f"≤ {number(limit)} {unit}", told, met


def work(found: Kept) -> str:
    measured = {name: facts for name, _size, facts in each_size(found, "work")}
    if not measured:
        return ""
    asked = list(next(iter(measured.values()))["questions"])
    rows = [
        (
            question,
            *(_told(facts["questions"].get(question)) for facts in measured.values()),
            next(iter(measured.values()))["questions"][question]["queries"],
        )
        for question in asked
    ]
    rows.append(_sent(measured))
    one = next(iter(measured.values()))
    return "\n".join([
        "## Work",
        "",
        f"{one['tasks']:,} tasks of {one['communes']} communes in five years; p50 / p95 in ms of",
        "20, on the server: queries with their rows loaded, and whole requests.",
        "",
        table(("question", *measured, "queries"), rows),
    ])  # fmt: skip


def _told(one: Facts | None) -> str:
    return f"{one['p50_ms']:.0f} / {one['p95_ms']:.0f}" if one else "–"


def _sent(measured: dict[str, Facts]) -> Cells:
    every = [facts["assigning"] for facts in measured.values()]
    told = [f"{one['s']} s" for one in every]
    return f"one task sent to {every[0]['units']:,} communes", *told, every[0]["queries"]
