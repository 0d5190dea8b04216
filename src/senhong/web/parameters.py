"""Query parameters that an operation of the API does not take are refused, never ignored."""

from collections.abc import Iterator
from typing import Any, ClassVar, LiteralString

from django.http import HttpRequest, QueryDict
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.params.models import QueryModel
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError


class KnownOnly(QueryModel):
    """One of an operation's models, so that its mistakes are told with those of the others.

    A parameter that is no list comes once: of several values one would be taken, unsaid.
    """

    __ninja_flatten_map_reverse__: ClassVar[dict[Any, Any]] = {}
    known: ClassVar[tuple[str, ...]] = ()
    lists: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def resolve(
        cls, request: HttpRequest, api: NinjaAPI, path_params: dict[str, Any]
    ) -> "KnownOnly":
        mistakes = [*cls._mistakes(request.GET)]
        if mistakes:
            raise ValidationError.from_exception_data("query", mistakes)
        return cls()

    @classmethod
    def _mistakes(cls, sent: QueryDict) -> Iterator[InitErrorDetails]:
        for name, values in sent.lists():
            if name not in cls.known:
                yield cls._mistake(name, "unknown_parameter" if cls.known else "no_parameters")
            elif len(values) > 1 and name not in cls.lists:
                yield cls._mistake(name, "repeated_parameter")

    @classmethod
    def _mistake(cls, name: str, kind: LiteralString) -> InitErrorDetails:
        told = PydanticCustomError(kind, kind, {"known": ", ".join(cls.known)})
        return {"type": told, "loc": (name,), "input": None}


def refuse_unknown_parameters(operation: Operation) -> None:
    """From now on the operation takes the query parameters that its OpenAPI lists, as it lists
    them, and no other."""
    models = [model for model in operation.models if _reads_query(model)]
    attributes = {
        "__ninja_param_source__": "query",
        "known": tuple(name for model in models for name in model.__ninja_flatten_map__),
        "lists": frozenset(name for m in models for name in m.__ninja_collection_fields__),
    }
    operation.models.append(type("KnownOnly", (KnownOnly,), attributes))


def _reads_query(model: Any) -> bool:
    return model.__ninja_param_source__ == "query" and not issubclass(model, KnownOnly)
