"""One measurement inside an installation: prints its facts as JSON."""

import json
import sys
from collections.abc import Callable
from typing import Any

from bench import changes, country, ingest, queries, reads, seed, splits, tables, work

_PARTS: dict[str, Callable[..., Any]] = {
    "seed": seed.seed,
    "ingest": ingest.ingest,
    "reads": reads.reads,
    "queries": queries.first_page_queries,
    "tables": tables.tables,
    "merger": changes.merger,
    "proof": changes.proof,
    "country": country.restructured,
    "split": splits.split,
    "work": work.work,
}


def main() -> None:
    name, *arguments = sys.argv[1:]
    facts = _PARTS[name](*(json.loads(text) for text in arguments))
    sys.stdout.write(json.dumps(facts) + "\n")
