"""docs/benchmarks.md, made of what lies in var/bench."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bench import office_report, phones_report
from bench.cells import ENGINES, Cells, Kept, each_size, known_sizes, number, size_words, table
from bench.machine import machine
from bench.measures import ROOT, Facts, kept

_FILE = ROOT / "docs" / "benchmarks.md"
_YEAR = "province, a year by month, 30 indicators"


def write() -> None:
    found: Kept = {(one["part"], one["engine"], one["size"]): one for one in kept()}
    parts = [
        _head(found),
        _targets(found),
        _growth(found),
        _ingest(found),
        _http(found),
        phones_report.sync(found),
        phones_report.storm(found),
        phones_report.shell(found),
        phones_report.saving(found),
        office_report.boards(found),
        _reads(found),
        _pages(found),
        office_report.tables(found),
        _once(found),
        office_report.changes(found),
        office_report.country(found),
        office_report.splits(found),
        _how(),
    ]  # fmt: skip
    _FILE.write_text("\n\n".join(part for part in parts if part) + "\n")


def _head(found: Kept) -> str:
    days = sorted({one["measured_at"][:10] for one in found.values()})
    when = " to ".join(sorted({days[0], days[-1]})) if days else date.today().isoformat()  # noqa: DTZ011
    load = max((one["load_before"][0] for one in found.values()), default=0)
    return "\n".join([
        "# Benchmarks",
        "",
        "Made by `make bench` (`python -m bench --help` measures single parts and sizes).",
        f"Measured {when}; load on the machine before a measurement: at most {load:.1f}.",
        "Clients, server and database share the same cores.",
        "",
        table(("", ""), machine().items()),
    ])  # fmt: skip


def _targets(found: Kept) -> str:
    rows: list[Cells] = []
    for engine, name in ENGINES.items():
        rows += _targets_of(found, engine, name)
    return "\n".join([
        "## Against the targets",
        "",
        table(("what", "database", "postings", "target", "measured", ""), rows),
    ])  # fmt: skip


def _targets_of(found: Kept, engine: str, name: str) -> Iterable[Cells]:
    for target in _recording(engine):
        yield from _line(found, engine, name, target)
    yield from phones_report.targets(found, engine, name)
    yield from phones_report.shell_targets(found, engine, name)
    yield from phones_report.saving_targets(found, engine, name)
    for target in _reading():
        yield from _line(found, engine, name, target)


@dataclass(frozen=True, slots=True)
class _Target:
    """What a part is to measure: at least that many where it is a rate, else at most."""

    part: str
    what: str
    limit: float
    unit: str
    pick: Callable[[Facts], float]
    size: int = 1_000_000


def _line(found: Kept, engine: str, name: str, target: _Target) -> Iterable[Cells]:
    """What was measured beside its target; nothing where it was not."""
    facts = found.get((target.part, engine, target.size))
    if not facts:
        return
    value, limit, unit = target.pick(facts), target.limit, target.unit
    is_rate = unit == "helps/s"
    met = value >= limit if is_rate else value <= limit
    digits = 0 if value >= 100 else 1
    wanted = f"{'≥' if is_rate else '≤'} {number(limit)} {unit}"
    told = f"{number(value, digits)} {unit}", "met" if met else "**missed**"
    yield target.what, name, size_words(target.size), wanted, *told


def _recording(engine: str) -> list[_Target]:
    least, writers = (3000, "one writer") if engine == "sqlite" else (4000, "four writers")
    what = f"help in batches of 50, {writers}"
    single = "a single help over HTTP at 300/s, p95"
    return [
        _Target("ingest", what, least, "helps/s", lambda f: f["helps_per_s"]),
        _Target("http", f"{single} (token)", 40, "ms", lambda f: f["token"]["p95_ms"]),
        _Target("http", f"{single} (session)", 40, "ms", lambda f: f["session"]["p95_ms"]),
    ]


def _reading() -> list[_Target]:
    first = "first page of a province, p95"
    return [
        _Target("read", f"{_YEAR}, p95", 10, "ms", lambda f: f[_YEAR]["p95_ms"], 10_000_000),
        _Target("page", first, 200, "ms", lambda f: f["p95_ms"]),
        _Target(
            "page", "queries of the first page", 25, "queries",
            lambda f: max(f["queries"].values()),
        ),
        _Target("tables", "units × 12 targets, p95", 250, "ms", lambda f: _worst(f, "matrix")),
        _Target(
            "tables", "map, not cached, p95", 150, "ms",
            lambda f: _worst(f, office_report.UNCACHED),
        ),
        _Target(
            "split", "a target split over 3,321 communes", 2, "s",
            lambda f: max(f["propose_s"] + f["save_s"], f["again_s"]), 10_000,
        ),
        _Target("memory", "memory of a serving process", 350, "MB", lambda f: f["worker_mb"]),
    ]  # fmt: skip


def _worst(facts: Facts, page: str) -> float:
    """Of the provinces that were measured."""
    pages = [one[page] for one in facts.values() if isinstance(one, dict) and page in one]
    return max(float(one["p95_ms"]) for one in pages)


def _growth(found: Kept) -> str:
    rows = [
        (
            name,
            size_words(size),
            number(facts["totals"]),
            number(facts["bytes"]["ledger_posting"] / facts["postings"]),
            number(facts["bytes"]["ledger_total"] / facts["postings"]),
            number(sum(facts["bytes"].values()) / 1e6),
            number(facts["inserting_s"] + facts["totalling_s"], 1),
        )
        for name, size, facts in each_size(found, "growth")
    ]
    titles = (
        "database", "postings", "rows of totals", "bytes per posting", "totals per posting",
        "MB in all", "seeding this step, s",
    )  # fmt: skip
    return "\n".join([
        "## Growth",
        "",
        "All postings lie in the reference province, 30 indicators, since 2022-07-01, each commune",
        "active on one day in four; totals are kept on every map. Sizes include the indexes.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def _ingest(found: Kept) -> str:
    rows = [
        (
            name, size_words(size), facts["writers"], number(facts["helps_per_s"]),
            number(facts["postings_per_s"]), facts["p50_ms"], facts["p95_ms"], facts["longest_ms"],
        )
        for part in ("ingest", "one-writer")
        for name, size, facts in each_size(found, part)
    ]  # fmt: skip
    titles = (
        "database", "postings", "writers", "helps/s", "postings/s", "batch p50, ms", "p95, ms",
        "longest, ms",
    )  # fmt: skip
    return "\n".join([
        "## Recording help, `record_helps` in batches of 50",
        "",
        "Each writer is a process with its own connection; a help posts two to four lines.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def _http(found: Kept) -> str:
    rows = [
        (
            name, size_words(size), way, f"{one['asked_per_s']:.0f}", one["answered_per_s"],
            one["p50_ms"], one["p95_ms"], one["longest_ms"], facts[way]["limit_per_s"],
            ", ".join(f"{count} × {status}" for status, count in one["answers"].items()),
        )
        for name, size, facts in each_size(found, "http")
        for way in ("token", "session")
        for one in _by_rate(facts[way])
    ]  # fmt: skip
    titles = (
        "database", "postings", "signed in by", "asked/s", "answered/s", "p50, ms", "p95, ms",
        "longest, ms", "most answered/s", "answers",
    )  # fmt: skip
    return "\n".join([
        "## One help over HTTP",
        "",
        "`POST /api/v1/help` against `senhong serve`, open loop for 20 s: a request's time counts",
        "from when it was due. Forty team leaders record, each for her own team. *Most* is what",
        "was answered when 3,000 were sent at once on 64 connections.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def _by_rate(facts: Facts) -> list[Facts]:
    """The gentler rates first; one is missing where it was measured before they were."""
    return [*facts.get("gentler", {}).values(), facts]


def _reads(found: Kept) -> str:
    sizes = known_sizes(found)
    rows: list[Cells] = []
    for engine, name in ENGINES.items():
        measured = {size: found.get(("read", engine, size), {}) for size in sizes}
        questions = {
            q: None for facts in measured.values() for q in facts if isinstance(facts[q], dict)
        }
        rows += [
            (question, name, *(_middle(measured[s], question) for s in sizes))
            for question in questions
        ]
    return "\n".join([
        "## Reading figures from totals",
        "",
        "`ledger.queries.figures`, p50 / p95 in ms of 40, by number of postings.",
        "",
        table(("question", "database", *map(size_words, sizes)), rows),
    ])  # fmt: skip


def _middle(facts: Facts, question: str) -> str:
    one = facts.get(question)
    return f"{one['p50_ms']:.1f} / {one['p95_ms']:.1f}" if one else "–"


def _pages(found: Kept) -> str:
    rows = [
        (
            name, size_words(size), facts["p50_ms"], facts["p95_ms"], facts["cold_ms"],
            facts["page_kb"],
            "; ".join(f"{place}: {queries}" for place, queries in facts["queries"].items()),
        )
        for name, size, facts in each_size(found, "page")
    ]  # fmt: skip
    titles = (
        "database",
        "postings",
        "p50, ms",
        "p95, ms",
        "first after a start, ms",
        "kB",
        "queries",
    )
    lines = [
        "## The first page",
        "",
        "`/units/<province>/`, signed in; queries by province, with its number of communes.",
        "",
        table(titles, rows),
    ]
    return "\n".join([*lines, *_memory(found)])


def _memory(found: Kept) -> Iterable[str]:
    rows = [
        (
            name, size_words(size), facts["at_start_mb"], facts["worker_mb"], facts["workers"],
            facts["times"], facts["charts"], facts["p50_ms"], facts["p95_ms"],
        )
        for name, size, facts in each_size(found, "memory")
    ]  # fmt: skip
    titles = (
        "database", "postings", "MB at start", "MB after", "serving processes", "pages", "drawings",
        "page p50, ms", "page p95, ms",
    )  # fmt: skip
    yield ""
    yield "Memory of a serving process after a walk through all kinds of page, from link to link:"
    yield ""
    yield table(titles, rows)


def _once(found: Kept) -> str:
    told = {
        "migrate_s": "tables made",
        "import_units_s": "`senhong import-units`: the country with both changes of its map",
        "import_units_again_s": "the same again",
        "demo_s": "`senhong demo`",
        "ready_s": "`senhong serve` until it answers",
    }
    columns = [found.get(("once", engine, 0), {}) for engine in ENGINES]
    rows = [(what, *(number(facts.get(key), 1) for facts in columns)) for key, what in told.items()]
    return "\n".join(["## Once", "", table(("seconds", *ENGINES.values()), rows)])


def _how() -> str:
    return "\n".join([
        "## What limits it",
        "",
        _notes().strip(),
    ])  # fmt: skip


def _notes() -> str:
    """Written by hand beside the tables: profiles and what they say."""
    file = ROOT / "bench" / "notes.md"
    return file.read_text() if file.exists() else "Nothing noted."
