"""What an indicator means, as pages show it: under which words a figure was counted."""

from django.utils.translation import gettext as _

from senhong.core.days import FIRST_DAY, LAST_DAY
from senhong.ledger.models import Indicator
from senhong.ledger.notes import shown
from senhong.ledger.queries import Versions, Words
from senhong.web.components import Definition, DefinitionPart


def definition_of(indicator: Indicator, id: str, words: list[Words] | None = None) -> Definition:
    """``words``: those of the period of the figure, where its words may have changed."""
    found = words or []
    said = found[0].said if len(found) == 1 else indicator
    return Definition(
        id=id,
        name=indicator.title,
        meaning=said.meaning,
        rule=said.rule,
        measure=indicator.measure,
        parts=[_part(each) for each in found] if len(found) > 1 else [],
    )


def definition_within(
    indicator: Indicator, id: str, versions: Versions, first: int, last: int
) -> Definition:
    """The definition under which the figure of these days was counted; two where it changed."""
    return definition_of(indicator, id, versions.within(indicator, first, last))


def days_said(words: Words) -> str:
    """From when to when these words hold."""
    if words.first == FIRST_DAY:
        return _("Đến {day}").format(day=shown(words.last)) if words.last != LAST_DAY else ""
    if words.last == LAST_DAY:
        return _("Từ {day}").format(day=shown(words.first))
    return _("Từ {first} đến {last}").format(first=shown(words.first), last=shown(words.last))


def _part(words: Words) -> DefinitionPart:
    return DefinitionPart(days_said(words), words.said.meaning, words.said.rule)
