"""What every JSON endpoint shares."""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, field_validator

from senhong.core.errors import DomainError
from senhong.core.text import plain
from senhong.web.errors import UnreadableJson
from senhong.web.parameters import refuse_unknown_parameters
from senhong.web.problem import (
    PROBLEM_JSON,
    invalid_request,
    not_signed_in,
    problem,
    problem_response,
)

PROBLEMS = frozenset({400, 401, 403, 404, 409, 422})  # what any endpoint may answer


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(rf"{_DAY.pattern}[Tt][0-9:.]+(?:[Zz]|[+-][0-9]{{2}}:[0-9]{{2}})")


def _day_as_written(value: object) -> object:
    """Refuse any other spelling: a number would be read as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError(_("Hãy viết ngày dạng 2023-03-20."))


def _instant_as_written(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _INSTANT.fullmatch(value)):
        return value
    raise ValueError(_("Hãy viết giờ kèm múi giờ, dạng 2023-03-20T07:30:00+07:00."))


# A day or an instant in a request, within what every calendar and both databases know; the
# OpenAPI says "date" and "date-time", as for any other. The limits stand before our validator:
# after it a mistake would say them as Python writes them.
IsoDay = Annotated[
    date,
    Field(
        ge=date(2000, 1, 1),
        le=date(2999, 12, 31),
        json_schema_extra={"ge": "2000-01-01", "le": "2999-12-31"},
    ),
    BeforeValidator(_day_as_written),
]
Instant = Annotated[
    AwareDatetime,
    Field(
        ge=datetime(2000, 1, 1, tzinfo=UTC),
        lt=datetime(2100, 1, 1, tzinfo=UTC),
        json_schema_extra={"ge": "2000-01-01T00:00:00Z", "lt": "2100-01-01T00:00:00Z"},
    ),
    BeforeValidator(_instant_as_written),
]


class SchemaIn(Schema):
    """What a request says: no key that we do not know, no text that nobody can read.

    Text is made plain before it is measured: one letter may be spelt with several signs.
    """

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        if isinstance(value, list):
            return [_plain_text(each) for each in value]
        return _plain_text(value)


def _plain_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.isprintable() and any(map(_is_control, value)):
        raise ValueError(_("Nội dung có ký tự điều khiển. Hãy gõ lại."))
    return plain(value)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\r\n"


class Problem(Schema):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, str] = {}


def answered(status: int, what: Schema) -> HttpResponse:
    """What is valid already, written once: ninja would check it and write it anew.

    For the endpoints that a whole province calls at once.
    """
    text = what.model_dump_json()
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8")


class ProblemAPI(NinjaAPI):
    """An API that refuses what it does not know.

    Every error is problem+json, in the answers and in the OpenAPI.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.exception_handler(DomainError)(on_domain_error)
        self.exception_handler(ValidationError)(on_invalid_request)
        self.exception_handler(AuthenticationError)(on_nobody)
        self.exception_handler(HttpError)(on_unreadable_request)

    def add_router(self, prefix: str, router: Router | str, **options: Any) -> None:
        assert isinstance(router, Router)
        for path in router.path_operations.values():
            for operation in path.operations:
                refuse_unknown_parameters(operation)
        super().add_router(prefix, router, **options)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if status >= 400 and "content" in answer:
                        answer["content"] = {PROBLEM_JSON: answer["content"].popitem()[1]}
                        # Python's own phrases for a status change from one release to the next.
                        answer["description"] = "Problem"
        return schema


def on_domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    return problem_response(problem(error))


def on_invalid_request(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_response(invalid_request(error.errors))


def on_nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(not_signed_in())


def on_unreadable_request(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == UnreadableJson.status:
        return problem_response(problem(UnreadableJson()))
    return problem_response(invalid_request([], status=error.status_code))
