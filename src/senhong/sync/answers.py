"""Answers to phones as JSON, written once."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from senhong.sync.delivery import Answer, Result
from senhong.sync.queries.bundle import Section


def results_as_json(answers: Sequence[Answer], now: datetime) -> str:
    results = [
        {
            "id": answer.id,
            "result": answer.result,
            "code": answer.error.code if answer.error else "",
            "detail": words_of(answer),
        }
        for answer in answers
    ]
    return json.dumps({"results": results, "server_time": now.isoformat()})


def words_of(answer: Answer) -> str:
    """Why, for people; nothing where there is nothing to say."""
    if answer.result is Result.CONFLICT:
        return _("Mã này đã dùng cho một lượt khác. Cả hai được giữ, người phụ trách sẽ xem.")
    return str(answer.error or "")


def bundle_as_json(sections: Mapping[str, Section], now: datetime) -> str:
    said = {n: {"version": each.version, "data": each.data} for n, each in sections.items()}
    return json.dumps({"server_time": now.isoformat(), "sections": said}, ensure_ascii=False)
