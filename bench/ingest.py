"""Recording help through its service in batches of fifty, by one process and by several."""

import json
import multiprocessing
from multiprocessing.queues import Queue
from typing import Any

from bench.measures import Facts, spread

Ground = dict[str, Any]


def ingest(ground: Ground, writers: int) -> Facts:
    """Helps per second of so many writer processes together, and how long a batch takes."""
    context = multiprocessing.get_context("spawn")
    answers: Queue[str] = context.Queue()
    start = context.Barrier(writers)
    args = [(json.dumps(ground), seed, start, answers) for seed in range(writers)]
    processes = [context.Process(target=_write, args=arg) for arg in args]
    for process in processes:
        process.start()
    told = [json.loads(answers.get(timeout=120)) for _ in processes]
    for process in processes:
        process.join()
    recorded = sum(answer["recorded"] for answer in told)
    seconds = max(answer["seconds"] for answer in told)
    return {
        "writers": writers,
        "helps_per_s": round(recorded / seconds),
        "postings_per_s": round(sum(answer["postings"] for answer in told) / seconds),
        **spread([took for answer in told for took in answer["took"]]),
    }


def _write(ground_text: str, seed: int, start: Any, answers: Any) -> None:
    """One writer: a process of its own, with its own connection."""
    import django  # this process has just begun

    django.setup()
    from bench.writer import record  # needs Django

    answers.put(json.dumps(record(json.loads(ground_text), seed, start)))
