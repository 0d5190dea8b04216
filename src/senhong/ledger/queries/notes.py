"""What those who post into the ledger have to say beside a unit's figures."""

from collections.abc import Callable, Collection, Mapping

from senhong.org.models import Unit

# For a unit and codes of indicators: a sentence for each of which there is one to say; filled by
# ``config.questions``.
NOTES: list[Callable[[Unit, Collection[str]], Mapping[str, str]]] = []


def notes_beside(unit: Unit, indicators: Collection[str]) -> list[str]:
    """Sentences about how the figures of these indicators come about at the unit."""
    every = notes_of_each(unit, indicators)
    return list(dict.fromkeys(said for notes in every.values() for said in notes))


def notes_of_each(unit: Unit, indicators: Collection[str]) -> dict[str, list[str]]:
    """The same for each indicator by its code; without those of which there is nothing to say."""
    found: dict[str, list[str]] = {}
    for note in NOTES:
        for code, said in note(unit, indicators).items():
            found.setdefault(code, []).append(said)
    return found
