"""What is counted."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from senhong.ledger.errors import UnknownIndicator
from senhong.ledger.models import Indicator, IndicatorVersion


def indicators(codes: Iterable[str] | None = None) -> list[Indicator]:
    """All indicators in their order, or those with these codes in the order given.

    Each knows whether its words ever changed (``is_redefined``). Raises UnknownIndicator. One
    query.
    """
    versions = IndicatorVersion.objects.filter(indicator=OuterRef("pk"))
    known = Indicator.objects.annotate(is_redefined=Exists(versions))
    if codes is None:
        return list(known)
    wanted = list(dict.fromkeys(codes))
    found = {each.code: each for each in known.filter(code__in=wanted)}
    for code in wanted:
        if code not in found:
            raise UnknownIndicator(indicator=code)
    return [found[code] for code in wanted]


def get_indicator(code: str) -> Indicator:
    """The indicator with this code. Raises UnknownIndicator. One query."""
    return indicators([code])[0]
