"""What the tables of docs/benchmarks.md are made of."""

from collections.abc import Iterable

from bench.measures import Facts

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
Kept = dict[tuple[str, str, int], Facts]
Cells = Iterable[object]


def table(titles: Cells, rows: Iterable[Cells]) -> str:
    heads = [str(title) for title in titles]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *([str(c) for c in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def size_words(postings: int) -> str:
    return f"{postings:,}"


def known_sizes(found: Kept) -> list[int]:
    return sorted({size for part, _engine, size in found if part == "growth"})


def each_size(found: Kept, part: str) -> Iterable[tuple[str, int, Facts]]:
    for engine, name in ENGINES.items():
        for size in known_sizes(found):
            if facts := found.get((part, engine, size)):
                yield name, size, facts
