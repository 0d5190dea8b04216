"""Every error that a person or a program can be answered, for the page of errors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from senhong.core.errors import DomainError
from senhong.web.problem import invalid_request, not_signed_in


@dataclass(frozen=True, slots=True)
class KnownError:
    """An error as it is documented: its rule for programs, its sentence for people."""

    code: str
    status: int
    title: str
    message: str


def known_errors() -> list[KnownError]:
    """Those of requests first, then those of the rules, by code."""
    bodies = [invalid_request([]), not_signed_in()]
    return [_of_body(body) for body in bodies] + [_of_rule(rule) for rule in domain_errors()]


def domain_errors() -> list[type[DomainError]]:
    """Every rule of the product whose app is loaded, by code."""
    ours = {rule for rule in _below(DomainError) if _is_ours(rule)}
    return sorted(ours, key=lambda rule: rule.code)


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _is_ours(rule: type[DomainError]) -> bool:
    module = rule.__module__
    return "code" in vars(rule) and module.startswith("senhong.") and ".tests." not in module


def _of_body(body: dict[str, Any]) -> KnownError:
    return KnownError(body["code"], body["status"], body["title"], body["detail"])


def _of_rule(rule: type[DomainError]) -> KnownError:
    title = (rule.__doc__ or "").split("\n\n")[0]
    return KnownError(rule.code, rule.status, " ".join(title.split()), str(rule.message))
