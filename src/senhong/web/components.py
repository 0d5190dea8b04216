"""What a page shows, as values. Views build them; ``templates/ui/_*.html`` draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
Shown = Text | int | float | date | datetime | None  # localised where it is drawn

Tone = Literal["reached", "ahead", "on-pace", "behind", "not-begun", "neutral", ""]


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the top to this page; the last has no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One way of looking at the same page."""

    label: Text
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    title: Text
    numeric: bool = False
    note: Text = ""  # a second, quiet line: the measure, the period
    url: str = ""  # the table sorted by this column
    order: str = ""  # "ascending" or "descending" where it is sorted by this column


@dataclass(frozen=True, slots=True)
class Cell:
    """One value; with an address it is a link, with a tone a coloured chip."""

    value: Shown
    url: str = ""
    tone: Tone = ""
    title: Text = ""
    is_header: bool = False
    note: Text = ""  # a second, quiet line


@dataclass(frozen=True, slots=True)
class Row:
    cells: Sequence[Cell]
    id: str = ""
    is_total: bool = False
    is_group: bool = False  # the head of the rows under it


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name. ``empty`` is said when there are no rows."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row] = ()
    empty: Text = ""
    shows_caption: bool = False  # else it is only read aloud
    lists_when_narrow: bool = False  # on a phone each row is a list under its own name


@dataclass(frozen=True, slots=True)
class DefinitionPart:
    """What an indicator meant in some of the days of a figure."""

    days: Text
    meaning: Text
    rule: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an indicator means, one tap away from wherever its figure is shown."""

    id: str  # unique on the page
    name: Text
    meaning: Text
    rule: Text = ""
    measure: Text = ""
    parts: Sequence[DefinitionPart] = ()  # where it changed within the days of the figure


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCard:
    """A figure is never alone: its name, period, definition, target and pace."""

    name: Text
    value: Shown
    measure: Text = ""
    target: Shown = None
    period: Text = ""
    url: str = ""  # what is behind the figure
    definition: Definition | None = None
    definition_id: str = ""  # of a definition drawn elsewhere on the page
    state_word: Text = ""
    tone: Tone = ""
    percent: float | None = None
    expected_percent: float | None = None
    note: Text = ""
    compared: Sequence[Text] = ()  # beside earlier periods, in words with a sign

    @property
    def bar_label(self) -> str:
        """What the bar shows, for those who hear the page."""
        reached = _("Đạt {percent} % chỉ tiêu").format(percent=round(self.percent or 0))
        if self.expected_percent is None:
            return reached
        due = _("mốc đến nay {percent} %").format(percent=round(self.expected_percent))
        return f"{reached}, {due}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that asks for the reader's attention, and what can be done about it."""

    title: Text
    text: Text = ""
    url: str = ""
    action: Text = ""
    note: Text = ""  # what has been done about it
    list_url: str = ""  # all that it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The demo clock: the day that is read, while the real day is another."""

    reading_on: date
    today: date
    back_to: str = "/"  # the page to return to
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Bell:
    """What waits in the reader's inbox; it rings while some has not been seen."""

    unseen: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts."""

    name: Text
    value: Shown
    url: str = ""
