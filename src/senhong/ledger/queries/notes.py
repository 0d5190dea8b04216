"""What those who post into the ledger have to say beside a unit's figures."""

from collections.abc import Callable, Collection

from senhong.org.models import Unit

# For a unit and codes of indicators a sentence, or ""; filled by ``config.questions``.
NOTES: list[Callable[[Unit, Collection[str]], str]] = []


def notes_beside(unit: Unit, indicators: Collection[str]) -> list[str]:
    """Sentences about how the figures of these indicators come about at the unit."""
    return [said for note in NOTES if (said := note(unit, indicators))]
