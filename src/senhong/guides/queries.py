"""The catalogue of services."""

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import NotFound
from senhong.guides.models import HelpKind


def help_kinds(*, offered: bool = True) -> list[HelpKind]:
    """The services with their indicators, in their order; ``offered=False``: also those that are
    no longer offered. One query."""
    kinds = HelpKind.objects.select_related("indicator")
    return list(kinds.filter(is_offered=True) if offered else kinds)


def help_kinds_by_code() -> dict[str, HelpKind]:
    """Every service that ever was, by code. One query."""
    return {kind.code: kind for kind in help_kinds(offered=False)}


def get_help_kind(code: str) -> HelpKind:
    """The service with this code, with its indicator, or NotFound. One query."""
    kind = HelpKind.objects.select_related("indicator").filter(code=code).first()
    if kind is None:
        raise NotFound(what=_("việc này"))
    return kind
