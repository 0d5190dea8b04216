"""A figure beside earlier ones: in words, with a sign, and careful with nothing."""

from datetime import datetime

import pytest
from django.utils import timezone, translation

from senhong.activities.tests.make import a_cancelled_activity, a_closed_activity
from senhong.board.queries.earlier import Beside
from senhong.board.tests.make import a_demo, helped, signed_in, text_of
from senhong.board.views.compared import compared
from senhong.org.models import Role
from senhong.org.tests.make import a_province, a_unit
from senhong.people.tests.make import a_team


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (112, 100, "+12 % so với 79 ngày trước đó (100)"),
        (97, 100, "−3 % so với 79 ngày trước đó (100)"),
        (100, 100, "bằng 79 ngày trước đó (100)"),
        (100_001, 100_000, "+dưới 1 % so với 79 ngày trước đó (100.000)"),
        (1_250, 100, "gấp 12 lần 79 ngày trước đó (100)"),
        (0, 100, "−100 % so với 79 ngày trước đó (100)"),
        (5, 0, "79 ngày trước đó: chưa ghi gì"),
    ],
)
def test_in_words_with_a_sign(now: int, before: int, said: str) -> None:
    with translation.override("vi"):
        assert compared(Beside(79, now, before, now))[0] == said


def test_what_was_never_recorded_is_said_once() -> None:
    with translation.override("vi"):
        assert compared(Beside(79, 5, 0, 0)) == ["trước đó và cùng kỳ năm trước chưa ghi gì"]


def test_nothing_beside_nothing_is_not_said() -> None:
    assert compared(Beside(79, 0, 0, 0)) == []
    assert compared(None) == []


@pytest.mark.django_db
def test_cards_and_weeks_stand_beside_earlier_ones() -> None:
    province = a_province()
    a_demo(province)  # Monday, 20 March 2023
    commune = a_unit("Xã A", province)
    for people, day in ((30, 20230320), (20, 20230313), (6, 20220320), (12, 20220321)):
        helped(commune, people, day=day)

    text = text_of(signed_in(commune, Role.SECRETARY), f"/units/{commune.key}/?period=week")

    assert "+50 % so với 7 ngày trước đó (20)" in text  # 14 to 20 beside 7 to 13 March
    assert "+400 % so với cùng kỳ năm trước (6)" in text
    assert "+50 % so với cùng các ngày của tuần trước (20)" in text
    assert "+150 % so với cùng tuần năm trước (12)" in text


@pytest.mark.django_db
def test_today_and_this_week_are_seen_from_the_day_that_is_read() -> None:
    province = a_province()
    a_demo(province)
    team = a_team(a_unit("Xã A", province))
    for day, name in ((20, "Hôm nay"), (22, "Thứ tư"), (27, "Tuần sau")):
        starts_at = datetime(2023, 3, day, 7, 30, tzinfo=timezone.get_default_timezone())
        a_closed_activity(team, name=name, starts_at=starts_at)
        a_cancelled_activity(team, name=f"Hủy {name}", starts_at=starts_at)
    elsewhere = a_team(a_unit("Xã B", a_province("Tỉnh B")))
    a_closed_activity(elsewhere, name="Nơi khác", starts_at=starts_at)

    text = text_of(signed_in(province), f"/units/{province.key}/")
    coming = text.split('id="coming"')[1].split("</section>")[0]

    assert "Cả tuần: 2 hoạt động (1 dự kiến, 1 đã kết thúc)" in coming
    assert coming.index("Hôm nay</a>") < coming.index("Thứ tư</a>") < coming.index("Tuần sau</a>")
    assert "Hủy" not in coming
    assert "Nơi khác" not in text
