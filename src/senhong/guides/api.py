from datetime import date

from ninja import Field, Router, Schema

from senhong.core.days import LAST_DAY, as_date, day_before
from senhong.guides import queries
from senhong.guides.models import HelpKind, PlatformChange
from senhong.web.api import PROBLEMS, Problem
from senhong.web.http import ApiRequest

router = Router(tags=["guides"])


class ServiceOut(Schema):
    code: str = Field(description="Never changes.")
    name: str
    name_en: str
    description: str
    description_en: str
    is_platform: bool = Field(
        description="Help with it also counts as platform turns, as was decided last."
    )
    platform_from: date | None = Field(
        description="The day from which that holds, the opposite before it; null: it always did."
    )
    is_offered: bool = Field(description="Whether help of today can be recorded with it.")
    offered_until: date | None = Field(description="The last such day; null: none is set.")
    indicator: str = Field(description="The code of its indicator.")


@router.get(
    "/services", operation_id="services", response={200: list[ServiceOut], PROBLEMS: Problem}
)
def services(request: ApiRequest, offered: bool = True) -> list[ServiceOut]:
    """What people are helped with, in the order of the catalogue."""
    changes = queries.platform_changes()
    return [_service(kind, changes.get(kind.pk)) for kind in queries.help_kinds(offered=offered)]


def _service(kind: HelpKind, change: PlatformChange | None) -> ServiceOut:
    return ServiceOut(
        code=kind.code,
        name=kind.name,
        name_en=kind.name_en,
        description=kind.description,
        description_en=kind.description_en,
        is_platform=kind.is_platform,
        platform_from=as_date(change.from_day) if change else None,
        is_offered=kind.is_offered,
        offered_until=None if kind.to_day == LAST_DAY else as_date(day_before(kind.to_day)),
        indicator=kind.indicator.code,
    )
