"""The phones' part of docs/benchmarks.md: what they send, and the storm."""

from collections.abc import Iterable

from bench.cells import Cells, Kept, each_size, number, size_words, table

_LEAST = {"postgresql": 3000, "sqlite": 2000}  # acts a second, fifty a request
_LEAST_SINGLE = 700  # requests a second
_SCORE = 95  # of 100
_READY_MS = 2500
_SHELL_KB = 80  # compressed; fonts apart
_BUNDLE_KB = 300
_SAVED_MS = 100
_TAPS = 3
_PARTS = ("sync", "sync-single")


def targets(found: Kept, engine: str, name: str) -> Iterable[Cells]:
    for part, least, unit, most_ms in (
        ("sync", _LEAST[engine], "acts/s", 250),
        ("sync-single", _LEAST_SINGLE, "requests/s", 40),
    ):
        facts = found.get((part, engine, 1_000_000)) or found.get((part, engine, 10_000))
        if facts is None:
            continue
        what = f"sync, 8 clients, {facts['acts_a_request']} a request"
        value = facts["acts_per_s" if unit == "acts/s" else "requests_per_s"]
        size = size_words(facts["size"])
        met = "met" if value >= least else "**missed**"
        yield what, name, size, f"≥ {number(least)} {unit}", f"{number(value)} {unit}", met
        met = "met" if facts["p95_ms"] <= most_ms else "**missed**"
        yield f"{what}, p95", name, size, f"≤ {most_ms} ms", f"{facts['p95_ms']} ms", met


def shell_targets(found: Kept, engine: str, name: str) -> Iterable[Cells]:
    facts = found.get(("shell", engine, 10_000))
    if facts is None:
        return
    what = "phone app ready for input, slow 4G, 4× slower processor"
    yield _most(what, name, _READY_MS, facts["ready_ms"], "ms")
    yield _most("phone app, compressed, fonts apart", name, _SHELL_KB, facts["shell_kb"], "kB")
    yield _most("first bundle", name, _BUNDLE_KB, facts["bundle_kb"], "kB")
    for part in ("performance", "accessibility", "best-practices"):
        met = "met" if facts[part] >= _SCORE else "**missed**"
        yield f"Lighthouse, {part}", name, "–", f"≥ {_SCORE}", str(facts[part]), met


def saving_targets(found: Kept, engine: str, name: str) -> Iterable[Cells]:
    facts = found.get(("saving", engine, 10_000))
    if facts is None:
        return
    what = f"saving a help, {number(facts['waiting'])} acts waiting, 4× slower processor, p95"
    yield _most(what, name, _SAVED_MS, facts["p95_ms"], "ms")
    yield _most("taps from home to a saved help", name, _TAPS, facts["taps"], "taps")


def _most(what: str, name: str, limit: float, value: float, unit: str) -> Cells:
    met = "met" if value <= limit else "**missed**"
    return what, name, "–", f"≤ {number(limit)} {unit}", f"{number(value)} {unit}", met


def shell(found: Kept) -> str:
    rows = [
        (
            name, facts["performance"], facts["accessibility"], facts["best-practices"],
            number(facts["largest_paint_ms"]), number(facts["ready_ms"]), facts["shell_kb"],
            facts["sent_kb"], facts["bundle_kb"],
        )
        for name, _size, facts in each_size(found, "shell")
    ]  # fmt: skip
    if not rows:
        return ""
    titles = (
        "database", "performance", "accessibility", "best practices", "largest paint, ms",
        "ready for input, ms", "shell, kB", "kB sent", "first bundle, kB",
    )  # fmt: skip
    return "\n".join([
        "## The phone app's shell",
        "",
        "`/field/` in Lighthouse on Debian's Chromium: a phone on a simulated slow 4G with a",
        "processor four times slower, the middle of three runs.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def saving(found: Kept) -> str:
    rows = [
        (
            name, number(facts["waiting"]), facts["slower"], facts["taps"], facts["p50_ms"],
            facts["p95_ms"], facts["longest_ms"],
        )
        for name, _size, facts in each_size(found, "saving")
    ]  # fmt: skip
    if not rows:
        return ""
    titles = (
        "database", "acts waiting", "times slower", "taps", "p50, ms", "p95, ms", "longest, ms",
    )  # fmt: skip
    return "\n".join([
        "## Saving a help",
        "",
        "In Chromium, without a network: from the tap that saves until the way to take it back is",
        "on the screen, by when the act is on the disk. Others are being sent meanwhile.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def sync(found: Kept) -> str:
    rows = [
        (
            name, size_words(size), facts["acts_a_request"], facts["clients"],
            number(facts["acts_per_s"]), number(facts["requests_per_s"]), facts["p50_ms"],
            facts["p95_ms"], facts["longest_ms"],
        )
        for part in _PARTS
        for name, size, facts in each_size(found, part)
    ]  # fmt: skip
    if not rows:
        return ""
    titles = (
        "database", "postings", "acts a request", "clients", "acts/s", "requests/s", "p50, ms",
        "p95, ms", "longest, ms",
    )  # fmt: skip
    return "\n".join([
        "## What phones send",
        "",
        "`POST /api/v1/sync` against `senhong serve`, complete (sign-in, rules, audit), closed",
        "loop: each client sends its next request when the last one was answered.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def storm(found: Kept) -> str:
    rows = [
        (
            name, facts["phones"], number(facts["acts"]), facts["happened"].get("killed", 0),
            number(sum(facts["happened"].get(way, 0) for way in ("lost", "cut-off", "no answer"))),
            number(facts["happened"].get("cut-body", 0)), number(facts["happened"].get("twice", 0)),
            _results(facts["results"]), facts["seconds"],
        )
        for name, _size, facts in each_size(found, "storm")
    ]  # fmt: skip
    if not rows:
        return ""
    titles = (
        "database", "phones", "acts", "times killed", "answers lost", "bodies cut", "sent twice",
        "told in the end", "seconds",
    )  # fmt: skip
    return "\n".join([
        "## A storm",
        "",
        "Phones with duplicates, reorderings, bodies cut in the middle, wrong clocks and lost",
        "answers; the server is killed (SIGKILL) at random moments and started again. It fails",
        "unless every acknowledged act is counted exactly once and every other one is still on its",
        "phone.",
        "",
        table(titles, rows),
    ])  # fmt: skip


def _results(results: dict[str, int]) -> str:
    return ", ".join(f"{number(times)} {word}" for word, times in sorted(results.items()))
