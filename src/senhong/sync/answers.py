"""Answers to phones as JSON, written once."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from senhong.sync.delivery import Answer
from senhong.sync.queries.bundle import Section


def results_as_json(answers: Sequence[Answer], now: datetime) -> str:
    results = [
        {
            "id": answer.id,
            "result": answer.result,
            "code": answer.error.code if answer.error else "",
            "detail": str(answer.error) if answer.error else "",
        }
        for answer in answers
    ]
    return json.dumps({"results": results, "server_time": now.isoformat()})


def bundle_as_json(sections: Mapping[str, Section], now: datetime) -> str:
    said = {n: {"version": each.version, "data": each.data} for n, each in sections.items()}
    return json.dumps({"server_time": now.isoformat(), "sections": said}, ensure_ascii=False)
