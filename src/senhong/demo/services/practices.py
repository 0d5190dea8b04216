"""Three practices that spread, and an indicator that was defined anew. Illustrative, all of it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from senhong.core import clock
from senhong.core.days import as_day
from senhong.demo.calendar import NEW_MAP
from senhong.demo.services.stage import Stage, units_below
from senhong.files.services import keep_file
from senhong.files.storage import Stored
from senhong.ledger.queries import get_indicator
from senhong.ledger.services import IndicatorFacts, change_indicator
from senhong.org.models import Unit
from senhong.practices.errors import (
    AdoptedInFuture,
    AdopterNotStanding,
    AlreadyAdopted,
    OwnPractice,
)
from senhong.practices.models import Practice
from senhong.practices.services import (
    PracticeFacts,
    add_picture,
    adopt_practice,
    start_practice,
)

_BEFORE = date(2025, 6, 30)  # the last day of the old map


@dataclass(frozen=True, slots=True)
class Told:
    """A practice, its picture, and how many take it up before and after the new map."""

    name: str
    since_on: date
    description: str
    results: str
    picture: str
    shows: str
    before: int
    after: int


_PRACTICES = (
    Told(
        "Chợ không tiền mặt (minh họa)",
        date(2022, 11, 5),
        "Mỗi sáng thứ bảy, tổ đến chợ xã cùng ngân hàng.\n"
        "Bước 1: hỏi từng sạp có muốn nhận chuyển khoản không.\n"
        "Bước 2: mở tài khoản, in mã QR, dán ở chỗ dễ thấy.\n"
        "Bước 3: hai tuần sau quay lại, gỡ vướng cho từng sạp.",
        "Sau ba tháng, hơn nửa số sạp nhận chuyển khoản; tiểu thương tự chỉ cho nhau.",
        "cho",
        "Tranh vẽ một sạp chợ mái hồng, giữa sạp treo tấm bảng có mã QR.",
        before=9,
        after=6,
    ),
    Told(
        "Tối thứ ba đến nhà (minh họa)",
        date(2023, 2, 7),
        "Người đi làm cả ngày thì tối mới rảnh. Tối thứ ba hằng tuần, mỗi nhóm hai đoàn viên đến "
        "nhà đã hẹn trước, giúp cài định danh điện tử và nộp một hồ sơ thật.",
        "Mỗi tối giúp được bốn đến sáu nhà; hồ sơ nộp xong ngay tại chỗ.",
        "nha",
        "Tranh vẽ một căn nhà mái hồng dưới trăng, bên cạnh là chiếc điện thoại.",
        before=5,
        after=7,
    ),
    Told(
        "Loa xã đọc một mẹo số mỗi ngày (minh họa)",
        date(2024, 4, 1),
        "Mỗi chiều loa xã đọc một mẹo dưới một phút: cách nhận ra tin nhắn lừa đảo, cách nộp hồ sơ "
        "trực tuyến. Tổ viết lời, đài xã thu, đọc lại ba lần trong tuần.",
        "",
        "loa",
        "Tranh vẽ cột loa phát thanh với những vòng sóng âm.",
        before=3,
        after=5,
    ),
)


def tell_practices(stage: Stage, new: Unit, pictures: Mapping[str, Stored]) -> None:
    """What communes with a team started, and which others took it up from 2022 to today."""
    communes = [crew.team.unit for crew in stage.crews if crew.team.unit.level == "commune"]
    later = units_below(new, as_day(NEW_MAP))["commune"]
    for number, told in enumerate(_PRACTICES):
        practice = _started(stage, communes[7 * number], told, pictures)
        others = communes[number + 10 :: 11][: told.before]
        _spread(stage, practice, others, told.since_on, _BEFORE)
        _spread(stage, practice, later[number + 1 :: 13][: told.after], NEW_MAP, clock.today())


def _started(stage: Stage, unit: Unit, told: Told, pictures: Mapping[str, Stored]) -> Practice:
    facts = PracticeFacts(
        name=told.name,
        since_on=told.since_on,
        description=told.description,
        results=told.results,
    )
    practice = start_practice(stage.actor, stage.ids.next("practice"), unit, facts)
    if stored := pictures.get(told.picture):
        name = f"{told.picture}.png"
        file = keep_file(
            stage.actor, stage.ids.next("file"), place=unit.path, name=name, **vars(stored)
        )
        add_picture(stage.actor, stage.ids.next("picture"), practice, file=file, told=told.shows)
    return practice


def _spread(stage: Stage, practice: Practice, units: list[Unit], first: date, last: date) -> None:
    """Evenly over the days, those that may: not who has it through what it was made of."""
    step = max((last - first) // (len(units) + 1), timedelta(days=1))
    for number, unit in enumerate(units, 1):
        with suppress(AlreadyAdopted, OwnPractice, AdopterNotStanding, AdoptedInFuture):
            adopt_practice(
                stage.actor, stage.ids.next("adoption"), practice,
                unit=unit, adopted_on=first + step * number,
            )  # fmt: skip


def define_sorties_anew(stage: Stage) -> None:
    """From the new map on, so that a figure across that day shows two definitions."""
    sorties = get_indicator("sorties")
    told = replace(
        IndicatorFacts.of(sorties),
        definition=f"{sorties.definition} Kể cả ra quân do nhiều xã trong một cụm cùng làm.",
        definition_en=f"{sorties.definition_en} Also one that several communes hold together.",
    )
    change_indicator(
        stage.actor, sorties, told, since=as_day(NEW_MAP),
        reason="Không còn cấp huyện, các xã ra quân theo cụm (minh họa)",
    )  # fmt: skip
