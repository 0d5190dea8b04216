"""The office's part of docs/benchmarks.md: boards, tables, splits, changes of the map."""

from bench.cells import ENGINES, Kept, each_size, size_words, table
from bench.measures import Facts

UNCACHED = "map, not cached"


def boards(found: Kept) -> str:
    rows = [
        (
            name, size_words(size), facts["boards"], facts["without"]["p50_ms"],
            facts["without"]["p95_ms"], facts["beside"]["p50_ms"], facts["beside"]["p95_ms"],
            facts["word"]["p50_ms"], facts["cards"]["p50_ms"],
        )
        for name, size, facts in each_size(found, "boards")
    ]  # fmt: skip
    if not rows:
        return ""
    titles = (
        "database", "postings", "open pages", "without: p50, ms", "p95, ms", "beside: p50, ms",
        "p95, ms", "asking p50, ms", "new cards p50, ms",
    )  # fmt: skip
    return "\n".join([
        "## Recording beside first pages that stand open",
        "",
        "Twenty single helps a second over HTTP, each of which moves figures of every open page;",
        "a page asks every 1.3 s whether they moved, and then for its cards.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def tables(found: Kept) -> str:
    """The table units × targets and the map of states, each province on its own line."""
    rows = [
        (
            name, size_words(size), place, one["queries"],
            *(_both(one[page]) for page in ("matrix", "workbook", "map", UNCACHED)),
        )
        for name, size, facts in each_size(found, "tables")
        for place, one in facts.items()
        if isinstance(one, dict) and "matrix" in one
    ]  # fmt: skip
    if not rows:
        return ""
    titles = (
        "database", "postings", "province (communes)", "queries", "table", "workbook", "map",
        "map, not cached",
    )  # fmt: skip
    return "\n".join([
        "## Units × targets, and the map of states",
        "",
        "`/units/<province>/matrix/` and `/map/`, twelve targets for each commune, on the server;",
        "p50 / p95 in ms.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def _both(facts: Facts) -> str:
    return f"{facts['p50_ms']:.0f} / {facts['p95_ms']:.0f}"


def changes(found: Kept) -> str:
    proofs = {(name, size): facts for name, size, facts in each_size(found, "proof")}
    rows = [
        (
            name, size_words(size), facts["dry_run_s"], facts["change_s"],
            proofs.get((name, size), {}).get("check_s", "–"),
            proofs.get((name, size), {}).get("wrong", "–"),
        )
        for name, size, facts in each_size(found, "merger")
    ]  # fmt: skip
    titles = ("database", "postings", "dry run, s", "merger, s", "check-totals, s", "wrong totals")
    return "\n".join([
        "## A change of the map, and the proof",
        "",
        "Two communes of the province become one; the whole province's totals are carried over.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def country(found: Kept) -> str:
    told = {
        "day_totals": "day totals before",
        "groups": "groups of provinces, a transaction each",
        "change_s": "seconds in all",
        "longest_group_s": "longest of these transactions, s",
        "longest_wait_ms": "longest recording beside it, ms",
        "wait_p95_ms": "p95 of them, ms",
        "wrong": "wrong totals afterwards",
    }
    columns = [found.get(("country", engine, 0), {}) for engine in ENGINES]
    if not any(columns):
        return ""
    rows = [(what, *(facts.get(key, "–") for facts in columns)) for key, what in told.items()]
    return "\n".join([
        "## The change of 2025-07-01 in the whole country",
        "",
        "10,035 communes become 3,321 while somebody records in any commune, fifty times a second.",
        "Targets: 60 seconds in all; no recording waits longer than a second.",
        "",
        table(("", *ENGINES.values()), rows),
    ])  # fmt: skip


def splits(found: Kept) -> str:
    rows = [
        (name, f"{facts['units']:,}", facts["propose_s"], facts["save_s"], facts["again_s"])
        for name, _size, facts in each_size(found, "split")
    ]
    if not rows:
        return ""
    titles = ("database", "units", "proposed, s", "saved, s", "proposed and saved anew, s")
    return "\n".join([
        "## A target divided over the country's communes",
        "",
        "One unit with 3,321 directly below, and its own share: by members, then equally.",
        "",
        table(titles, rows),
    ])  # fmt: skip
