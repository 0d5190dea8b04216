from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import PlainValidator, TypeAdapter, ValidationError

from senhong.core.days import as_date, as_day
from senhong.ledger import queries
from senhong.ledger.answers import figures_as_json
from senhong.ledger.models import Indicator, IndicatorGroup, IndicatorNature
from senhong.ledger.queries import By, PostingLine, Versions, Words
from senhong.org.queries import get_unit
from senhong.web.api import PROBLEMS, IsoDay, Problem, SchemaIn
from senhong.web.http import ApiRequest

router = Router(tags=["ledger"])

OF_DAY: Literal["of-day"] = "of-day"
_DAY = TypeAdapter[date](IsoDay)


def _map_as_written(value: object) -> object:
    """One validator: a union would tell the mistakes of both its parts."""
    try:
        return value if value == OF_DAY else _DAY.validate_python(value)
    except ValidationError as mistake:
        text = _("Hãy viết ngày dạng 2023-03-20, hoặc {of_day}.")
        raise ValueError(text.format(of_day=OF_DAY)) from mistake


OnMap = Annotated[
    date | Literal["of-day"],
    PlainValidator(_map_as_written, json_schema_input_type=IsoDay | Literal["of-day"]),
    Field(description="A day whose map is read; of-day: each day on the map of that day."),
]


class PeriodIn(SchemaIn):
    unit: str = Field(description="Key of a unit, such as P87-2.", max_length=20)
    from_: IsoDay = Field(alias="from", description="First day, included.")
    to: IsoDay = Field(description="Last day, included.")
    map: OnMap = OF_DAY

    @property
    def on(self) -> int | None:
        return None if self.map == OF_DAY else as_day(self.map)


class FiguresIn(PeriodIn):
    indicator: list[str] = Field([], description="Codes of indicators; none: all.", max_length=100)
    by: By = By.INDICATOR


class FigureOut(Schema):
    unit: str
    unit_title: str
    indicator: str
    quantity: int
    is_own: bool = Field(description="Without the units below.")
    stood_until: date | None = Field(
        description="The last day with a figure, if the unit, or the map asked for, ended before "
        "the period did (of a predecessor: whenever it ended). States are read on that day."
    )
    day: str | None = Field(None, description="2023-03-20, when asked by day.")
    week: str | None = Field(None, description="2023-W11, when asked by week.")
    month: str | None = Field(None, description="2023-03, when asked by month.")
    quarter: str | None = Field(None, description="2023-Q1, when asked by quarter.")
    year: str | None = Field(None, description="2023, when asked by year.")
    versions: list[date] = Field(
        [],
        description="Where the definition has ever changed: the days from which those hold under "
        "which the figure was counted, as the indicator lists them; else left out.",
    )
    notes: list[str] = Field(
        [],
        description="How the figure comes about at the unit that was asked for, such as that help "
        "counts there only after acceptance; left out where there is nothing to say.",
    )


@router.get(
    "/figures",
    operation_id="figures",
    response={200: list[FigureOut], PROBLEMS: Problem},
    exclude_unset=True,
)
def figures(request: ApiRequest, asked: Query[FiguresIn]) -> list[dict[str, Any]]:
    """Sums of postings for a unit, indicators and a period.

    Flows are summed, states are read on the period's last day. A unit that ended within the
    period has the figures of the days on which it stood; one that ended before it is an error
    that names those that carry on. By unit: the units directly
    below, those that stood before the unit did, and its own postings as a row of its own.
    """
    unit = get_unit(request.actor, asked.unit)
    first, last = as_day(asked.from_), as_day(asked.to)
    counted = queries.indicators(asked.indicator or None)
    rows = queries.figures(
        request.actor, unit, counted, first=first, last=last, by=asked.by, on=asked.on
    )
    return figures_as_json(unit, rows, counted, asked.by, first, last)


class VersionOut(Schema):
    from_on: date = Field(description="From this day on; 0001-01-01: from the beginning.")
    definition: str
    definition_en: str
    counting_rule: str
    counting_rule_en: str


class IndicatorOut(Schema):
    code: str
    name: str
    name_en: str
    group: IndicatorGroup
    nature: IndicatorNature
    unit_of_measure: str
    unit_of_measure_en: str
    definition: str
    definition_en: str
    counting_rule: str
    counting_rule_en: str
    versions: list[VersionOut] = Field(
        description="Where the definition has ever changed: all of them, the oldest first."
    )


@router.get(
    "/indicators",
    operation_id="indicators",
    response={200: list[IndicatorOut], PROBLEMS: Problem},
)
def indicators(request: ApiRequest) -> list[IndicatorOut]:
    """Everything that is counted, with its written definition and counting rule."""
    counted = queries.indicators()
    versions = queries.versions_of(counted)
    return [_indicator_out(each, versions) for each in counted]


class PostingsIn(PeriodIn):
    indicator: str = Field(description="Code of an indicator.", max_length=60)
    after: UUID | None = Field(None, description="The next of the page before.")
    limit: int = Field(50, ge=1, le=200)


class PostingOut(Schema):
    id: UUID
    unit: str
    day: date
    quantity: int = Field(description="Below 0 on a reversal.")
    source_kind: str
    source_id: UUID | None
    source_title: str = Field(description="Empty when you may not see the source.")
    reverses: UUID | None
    is_reversed: bool
    recorded_by: str = Field(description="A name where you may know it, else a role.")


class PostingsOut(Schema):
    items: list[PostingOut]
    next: UUID | None


@router.get(
    "/postings",
    operation_id="postings",
    response={200: PostingsOut, PROBLEMS: Problem},
)
def postings(request: ApiRequest, asked: Query[PostingsIn]) -> PostingsOut:
    """The postings that a figure sums, newest first."""
    page = queries.postings_behind(
        request.actor,
        get_unit(request.actor, asked.unit),
        queries.get_indicator(asked.indicator),
        first=as_day(asked.from_),
        last=as_day(asked.to),
        on=asked.on,
        after=asked.after,
        limit=asked.limit,
    )
    return PostingsOut(items=[_posting_out(line) for line in page.lines], next=page.next)


def _posting_out(line: PostingLine) -> PostingOut:
    posting = line.posting
    return PostingOut(
        id=posting.id,
        unit=posting.unit.key,
        day=as_date(posting.day),
        quantity=posting.quantity,
        source_kind=posting.source_kind,
        source_id=posting.source_id,
        source_title=line.source.title if line.source else "",
        reverses=posting.reverses,
        is_reversed=line.is_reversed,
        recorded_by=line.recorded_by,
    )


def _indicator_out(indicator: Indicator, versions: Versions) -> IndicatorOut:
    words = versions.of(indicator) if versions.has_changed(indicator) else []
    names = [name for name in IndicatorOut.model_fields if name != "versions"]
    return IndicatorOut(
        **{name: getattr(indicator, name) for name in names},
        versions=[_version_out(each) for each in words],
    )


def _version_out(words: Words) -> VersionOut:
    names = [name for name in VersionOut.model_fields if name != "from_on"]
    return VersionOut(
        from_on=as_date(words.first), **{name: getattr(words.said, name) for name in names}
    )
