from ninja import Field, Router, Schema

from senhong.guides import queries
from senhong.guides.models import HelpKind
from senhong.web.api import PROBLEMS, Problem
from senhong.web.http import ApiRequest

router = Router(tags=["guides"])


class ServiceOut(Schema):
    code: str = Field(description="Never changes.")
    name: str
    name_en: str
    description: str
    description_en: str
    is_platform: bool = Field(description="Help with it also counts as platform turns.")
    is_offered: bool = Field(description="Whether new help can be recorded with it.")
    indicator: str = Field(description="The code of its indicator.")


@router.get(
    "/services", operation_id="services", response={200: list[ServiceOut], PROBLEMS: Problem}
)
def services(request: ApiRequest, offered: bool = True) -> list[ServiceOut]:
    """What people are helped with, in the order of the catalogue."""
    return [_service(kind) for kind in queries.help_kinds(offered=offered)]


def _service(kind: HelpKind) -> ServiceOut:
    return ServiceOut(
        code=kind.code,
        name=kind.name,
        name_en=kind.name_en,
        description=kind.description,
        description_en=kind.description_en,
        is_platform=kind.is_platform,
        is_offered=kind.is_offered,
        indicator=kind.indicator.code,
    )
