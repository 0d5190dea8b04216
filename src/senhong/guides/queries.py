"""The catalogue of services."""

from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.guides.models import HelpKind, PlatformChange


def help_kinds(*, offered: bool = True) -> list[HelpKind]:
    """The services with their indicators, in their order; ``offered=False``: also those that are
    no longer offered. One query."""
    kinds = HelpKind.objects.select_related("indicator")
    today = as_day(clock.today())
    return list(kinds.filter(to_day__gt=today) if offered else kinds)


def help_kinds_by_code() -> dict[str, HelpKind]:
    """Every service that ever was, by code. One query."""
    return {kind.code: kind for kind in help_kinds(offered=False)}


def get_help_kind(code: str) -> HelpKind:
    """The service with this code, with its indicator, or NotFound. One query."""
    kind = HelpKind.objects.select_related("indicator").filter(code=code).first()
    if kind is None:
        raise NotFound(what=_("việc này"))
    return kind


def platform_changes() -> dict[int, PlatformChange]:
    """The last decision on each service whose being a platform was ever changed. One query."""
    changes = PlatformChange.objects.order_by("help_kind_id", "from_day")
    return {each.help_kind_id: each for each in changes}
