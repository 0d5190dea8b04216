"""Query parameters that an operation of the API does not know are refused, never ignored."""

from typing import Any, ClassVar

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.params.models import QueryModel
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError


class KnownOnly(QueryModel):
    """One of an operation's models, so that its mistakes are told with those of the others."""

    __ninja_flatten_map_reverse__: ClassVar[dict[Any, Any]] = {}
    known: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def resolve(
        cls, request: HttpRequest, api: NinjaAPI, path_params: dict[str, Any]
    ) -> "KnownOnly":
        unknown = [name for name in request.GET if name not in cls.known]
        if unknown:
            raise ValidationError.from_exception_data("query", [cls._mistake(n) for n in unknown])
        return cls()

    @classmethod
    def _mistake(cls, name: str) -> InitErrorDetails:
        kind = "unknown_parameter" if cls.known else "no_parameters"
        told = PydanticCustomError(kind, kind, {"known": ", ".join(cls.known)})
        return {"type": told, "loc": (name,), "input": None}


def refuse_unknown_parameters(operation: Operation) -> None:
    """From now on the operation takes the query parameters that its OpenAPI lists, and no other."""
    maps = [model.__ninja_flatten_map__ for model in operation.models if _reads_query(model)]
    told = {"known": tuple(name for names in maps for name in names)}
    attributes = told | {"__ninja_param_source__": "query"}
    operation.models.append(type("KnownOnly", (KnownOnly,), attributes))


def _reads_query(model: Any) -> bool:
    return model.__ninja_param_source__ == "query" and not issubclass(model, KnownOnly)
