"""Samples of every component in every state: long names, nothing at all, a great deal."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.web import charts
from senhong.web.charts import Point, Region
from senhong.web.components import (
    Bell,
    Cell,
    Clock,
    Column,
    Crumb,
    Definition,
    Fact,
    FigureCard,
    Need,
    Option,
    Row,
    Table,
    Tone,
)
from senhong.web.fields import DayField

LONG = gettext_lazy(
    "Lượt người dân được hướng dẫn cài đặt và sử dụng các nền tảng số dùng chung của tỉnh"
)
LONG_UNIT = gettext_lazy("Thị trấn Thường Thới Tiền (huyện Hồng Ngự)")
STATES: list[tuple[Tone, Any]] = [
    ("reached", gettext_lazy("Đã đạt")),
    ("ahead", gettext_lazy("Vượt nhịp")),
    ("on-pace", gettext_lazy("Đúng nhịp")),
    ("behind", gettext_lazy("Chậm nhịp")),
    ("not-begun", gettext_lazy("Chưa bắt đầu")),
    ("neutral", gettext_lazy("Đã hủy")),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Tên hoạt động"),
        help_text=gettext_lazy("Ngắn, nói rõ làm gì ở đâu."),
        max_length=200,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"),
        choices=[("sortie", gettext_lazy("Ra quân")), ("training", gettext_lazy("Tập huấn"))],
    )
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Giúp bà con việc gì?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("dvc", gettext_lazy("Dịch vụ công trực tuyến")),
            ("pay", gettext_lazy("Thanh toán không dùng tiền mặt")),
            ("vneid", "VNeID"),
            ("health", gettext_lazy("Y tế Đồng Tháp")),
        ],
    )
    helped = forms.ChoiceField(
        label=gettext_lazy("Giúp ai?"),
        widget=forms.RadioSelect,
        choices=[("citizens", gettext_lazy("Người dân")), ("firms", gettext_lazy("Doanh nghiệp"))],
    )
    people = forms.IntegerField(label=gettext_lazy("Bao nhiêu người?"), min_value=1)
    day = DayField(label=gettext_lazy("Ngày"))
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    file = forms.FileField(label=gettext_lazy("Tệp văn bản"), required=False)
    is_sure = forms.BooleanField(label=gettext_lazy("Tôi đã đọc cách đếm"), required=False)


def samples() -> dict[str, Any]:
    """What the gallery shows."""
    return {
        "crumbs": [
            Crumb(_("Tỉnh Đồng Tháp"), "/ui/"),
            Crumb(LONG_UNIT, "/ui/"),
            Crumb(_("Bộ thành phần")),
        ],
        "states": STATES,
        "cards": _cards(),
        "tables": [
            _progress_table(),
            _long_table(),
            Table(_("Bảng trống"), [], empty=_("Chưa có tổ nào.")),
        ],
        "form": SampleForm(),
        "wrong_form": _wrong_form(),
        "options": [
            Option(_("Bản đồ của ngày"), "/ui/", is_current=True),
            Option(_("Bản đồ hôm nay"), "/ui/?map=today"),
        ],
        "needs": _needs(),
        "facts": [
            Fact(_("Đơn vị chủ trì"), LONG_UNIT, "/ui/"),
            Fact(_("Bắt đầu"), date(2023, 3, 1)),
            Fact(_("Số người có mặt"), 2046),
            Fact(_("Ghi chú"), None),
        ],
        "bell_sample": Bell(3),
        "clock": Clock(reading_on=date(2023, 3, 20), today=date(2026, 1, 5), back_to="/ui/"),
        "charts": _charts(),
    }


def _cards() -> list[FigureCard]:
    definition = Definition(
        id="what-citizen-turns",
        name=_("Lượt người dân"),
        meaning=_("Một người dân được giúp ít nhất một việc trong một hoạt động."),
        rule=_("Mỗi người tính một lượt trong một hoạt động, dù được giúp nhiều việc."),
        measure=_("lượt"),
    )
    year = _("01/01 – 31/12/2023")
    return [
        FigureCard(
            name=_("Lượt ra quân"), value=183, target=200, period=year, url="/ui/", tone="ahead",
            state_word=_("Vượt nhịp"), percent=91.5, expected_percent=21.6,
            note=_("mốc đến nay 43"), measure=_("lượt"),
        ),
        FigureCard(
            name=LONG, value=15964, target=50000, period=year, url="/ui/", tone="on-pace",
            state_word=_("Đúng nhịp"), percent=31.9, expected_percent=30.1,
            note=_("dự kiến 51.800 đến hết kỳ"), measure=_("lượt"), definition=definition,
        ),
        FigureCard(
            name=_("Hoạt động cấp tỉnh"), value=1, target=4, period=year, tone="behind",
            state_word=_("Chậm nhịp"), percent=25, expected_percent=40, measure=_("hoạt động"),
        ),
        FigureCard(
            name=_("Sản phẩm lên sàn"), value=0, target=120, period=year, tone="not-begun",
            state_word=_("Chưa bắt đầu"), percent=0, expected_percent=21.6,
        ),
        FigureCard(
            name=_("Tổ cấp xã"), value=123, target=123, tone="reached", state_word=_("Đã đạt"),
            percent=140, expected_percent=100, period=_("đến 20/03/2023"), measure=_("tổ"),
        ),
        FigureCard(name=_("Lượt đoàn viên"), value=None, note=_("chưa có chỉ tiêu")),
    ]  # fmt: skip


def _progress_table() -> Table:
    columns = [Column(_("Đơn vị")), *(Column(name, numeric=True) for name in (
        _("Lượt ra quân"), _("Người dân"), _("Đoàn viên"), _("Sản phẩm lên sàn"),
    ))]  # fmt: skip
    names: list[Any] = [_("Huyện Hồng Ngự"), _("Thành phố Sa Đéc"), LONG_UNIT]
    rows = [
        Row(
            [
                Cell(name, url="/ui/", is_header=True),
                *(
                    Cell(1234 * (place + at), tone=tone, url="/ui/", title=str(word))
                    for at, (tone, word) in enumerate(STATES[place : place + 4])
                ),
            ]
        )
        for place, name in enumerate(names)
    ]
    total = Row(
        [Cell(_("Toàn tỉnh"), is_header=True), *(Cell(9876) for _n in range(4))], is_total=True
    )
    return Table(_("Đơn vị và chỉ tiêu"), columns, [*rows, total])


def _long_table() -> Table:
    months = [Column(f"{month:02d}/2023", numeric=True) for month in range(1, 13)]
    rows = [
        Row([Cell(f"Xã {place}", is_header=True), *(Cell(place * 117 + m) for m in range(12))])
        for place in range(1, 9)
    ]
    columns = [Column(_("Đơn vị"), note=_("xếp theo tên")), *months]
    return Table(_("Mười hai tháng của tám xã"), columns, rows, shows_caption=True)


def _wrong_form() -> SampleForm:
    facts = {"wrong-name": _("Chợ Sa Đéc"), "wrong-people": "0", "wrong-services": ["dvc", "bay"]}
    form = SampleForm(facts, prefix="wrong")
    form.is_valid()
    return form


def _needs() -> list[Need]:
    return [
        Need(
            title=_("9 xã chưa có lượt ra quân nào"),
            text=_("Bình Thạnh, Thường Phước 1, Phú Thành B, An Phước và 5 xã khác"),
            url="/ui/",
            action=_("Xem 9 xã"),
        ),
        Need(
            title=_("3 xã im lặng hơn 7 ngày"),
            note=_("Đã nhắc 1 xã hôm nay."),
            list_url="/ui/",
            url="/ui/",
            action=_("Nhắc 2 xã"),
        ),
    ]


def _charts() -> list[charts.Chart]:
    weeks = [("01–07/03", 5210), ("08–14/03", 6020), ("15–20/03", 4734)]
    week_points = [
        Point(label=label, value=value, url="/ui/", is_partial=label.startswith("15"))
        for label, value in weeks
    ]
    year = [
        Point(label=_("Tuần {week}").format(week=week), value=week * 37 % 900 * 11, url="/ui/")
        for week in range(1, 53)
    ]
    units = [Point(label=name, value=value, tone=tone, url="/ui/") for name, value, tone in _UNITS]
    series = [
        Point(label=f"{month:02d}/2023", value=month * step, series=name, url="/ui/")
        for month in range(1, 13)
        for name, step in ((_("Lượt người dân"), 1270), (_("Lượt nền tảng số"), 803))
    ]
    head, measure = _("Tuần"), _("Lượt người dân")
    return [
        charts.bar_chart(_("Lượt người dân theo tuần"), week_points, head=head, measure=measure),
        charts.bar_chart(_("Một năm theo tuần"), year, head=head, measure=measure),
        charts.bar_chart(_("Theo đơn vị"), units, head=_("Đơn vị"), measure=measure, lying=True),
        charts.line_chart(_("Hai chỉ tiêu trong năm"), series, head=_("Tháng")),
        charts.grouped_bar_chart(_("Hai chỉ tiêu, bốn tháng"), series[:8], head=_("Tháng")),
        charts.map_chart(_("Bản đồ theo nhịp"), _regions(12, has_tones=True), measure=measure),
        charts.map_chart(_("Bản đồ theo số lượng"), _regions(123), measure=measure),
        charts.bar_chart(_("Chưa có gì để vẽ"), []),
    ]  # fmt: skip


_UNITS: list[tuple[Any, int, Tone]] = [
    (gettext_lazy("Thành phố Cao Lãnh"), 3105, "ahead"),
    (gettext_lazy("Huyện Tháp Mười"), 720, "on-pace"),
    (LONG_UNIT, 410, "behind"),
    (gettext_lazy("Huyện Lai Vung"), 0, "not-begun"),
]


def _regions(count: int, *, has_tones: bool = False) -> list[Region]:
    """Centres strewn evenly, without chance: the golden angle."""
    return [
        Region(
            key=f"region-{count}-{at}",
            title=_("Huyện {number}").format(number=at + 1) if has_tones else f"Xã {at + 1}",
            lat=10.5 + 0.35 * ((at * 0.618034) % 1 - 0.5) * 2,
            lon=105.6 + 0.45 * (at / count - 0.5) * 2,
            value=(at * 37) % 300,
            tone=STATES[at % 5][0] if has_tones else "",
            note=str(STATES[at % 5][1]) if has_tones else "",
            url="/ui/",
        )
        for at in range(count)
    ]
