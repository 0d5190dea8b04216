"""Domain errors as RFC 9457 problem details."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from senhong.core.errors import DomainError
from senhong.web.mistakes import sentence_of

PROBLEM_JSON = "application/problem+json"
ERRORS_PAGE = "/errors/#"


def problem(error: DomainError) -> dict[str, Any]:
    """The JSON body for an error; ``params`` carries its fields for the client."""
    return {
        "type": f"{ERRORS_PAGE}{error.code}",
        "title": (type(error).__doc__ or "").strip().splitlines()[0],
        "status": error.status,
        "detail": str(error),
        "code": error.code,
        "params": {name: _said(value) for name, value in error.params.items()},
    }


def _said(value: Any) -> str:
    """As text; several values under names as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def invalid_request(errors: list[dict[str, Any]], *, status: int = 422) -> dict[str, Any]:
    """The JSON body for a request that does not fit the schema."""
    return {
        "type": f"{ERRORS_PAGE}invalid-request",
        "title": "The request does not fit the schema.",
        "status": status,
        "detail": _("Dữ liệu gửi lên chưa đúng. Xem từng mục trong params."),
        "code": "invalid-request",
        "params": {".".join(map(str, e["loc"])): sentence_of(e) for e in errors},
    }


def not_signed_in() -> dict[str, Any]:
    """The JSON body for a request that says not, or wrongly, who asks."""
    return {
        "type": f"{ERRORS_PAGE}not-signed-in",
        "title": "Nobody is signed in.",
        "status": 401,
        "detail": _("Hãy đăng nhập, hoặc gửi mã truy cập còn hiệu lực."),
        "code": "not-signed-in",
        "params": {},
    }


def problem_response(body: dict[str, Any]) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=body["status"], content_type=PROBLEM_JSON)
