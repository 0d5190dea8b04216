"""How targets and figures are shown, and where their numbers lead: for pages, also of the board."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.core.days import FIRST_DAY, LAST_DAY, as_date, as_day
from senhong.ledger.definitions import definition_within
from senhong.ledger.models import Indicator
from senhong.ledger.queries import FigureRow, Versions
from senhong.org.models import Unit
from senhong.plans.models import Target, Wording
from senhong.plans.queries import PaceState, Progress
from senhong.web.charts import Chart, Point, bar_chart
from senhong.web.components import Definition, FigureCard, Text, Tone

NO_VERSIONS = Versions()  # where nobody asked: the present words
WORDS: dict[PaceState, Text] = {
    PaceState.REACHED: gettext_lazy("Đã đạt"),
    PaceState.AHEAD: gettext_lazy("Vượt nhịp"),
    PaceState.ON_PACE: gettext_lazy("Đúng nhịp"),
    PaceState.BEHIND: gettext_lazy("Chậm nhịp"),
    PaceState.NOT_BEGUN: gettext_lazy("Chưa bắt đầu"),
}
TONES: dict[PaceState, Tone] = {
    PaceState.REACHED: "reached",
    PaceState.AHEAD: "ahead",
    PaceState.ON_PACE: "on-pace",
    PaceState.BEHIND: "behind",
    PaceState.NOT_BEGUN: "not-begun",
}


def progress_card(
    progress: Progress, *, url: str = "", name: Text = "", versions: Versions = NO_VERSIONS
) -> FigureCard:
    """A target's figure with its bar, its pace, and where it is heading."""
    target = progress.target
    return FigureCard(
        name=name or target.indicator.title,
        value=progress.figure,
        measure=target.indicator.measure,
        target=target.quantity,
        period=period_of(target),
        url=url,
        definition=definition_of(target.indicator, str(target.pk), versions, days_read(progress)),
        state_word=WORDS[progress.state],
        tone=TONES[progress.state],
        percent=progress.share_percent,
        expected_percent=progress.expected_percent,
        note=pace_note(progress),
    )


def definition_of(
    indicator: Indicator,
    where: str,
    versions: Versions = NO_VERSIONS,
    days: tuple[int, int] = (FIRST_DAY, LAST_DAY),
) -> Definition:
    """Under which words the figure of these days was counted.

    ``where`` keeps its id apart from others on the page.
    """
    return definition_within(indicator, f"dinh-nghia-{where}", versions, *days)


def days_read(progress: Progress) -> tuple[int, int]:
    """The first and the last day of the period that is read."""
    target = progress.target
    read_on = as_date(target.last_day) - timedelta(days=progress.days_left)
    return target.from_day, max(target.from_day, as_day(read_on))


def period_of(target: Target) -> str:
    """The wording and period of a target: "Phấn đấu, 01/01/2023 – 31/12/2023"."""
    days = said_days(target.first_on, as_date(target.last_day))
    if target.wording == Wording.STRIVING_FOR:
        return _("Phấn đấu, {days}").format(days=days)
    return _("Ít nhất, {days}").format(days=days)


def said_days(first: date, last: date) -> str:
    """Two days as people say them, the year once where it is the same."""
    ends = date_format(last, "DATE_FORMAT")
    begins = f"{first:%d/%m}" if first.year == last.year else date_format(first, "DATE_FORMAT")
    return ends if first == last else f"{begins} – {ends}"


def pace_note(progress: Progress) -> str:
    """The rest of the sentence that the state's word begins."""
    if progress.forecast is None:
        return _("bắt đầu {day}").format(day=date_format(progress.target.first_on, "DATE_FORMAT"))
    if progress.is_over:
        return _over_note(progress)
    due = number_format(progress.expected)
    if progress.target.indicator.is_state or not progress.figure:
        return _("mốc hôm nay {due}").format(due=due)
    forecast = number_format(about(progress.forecast))
    if progress.state is PaceState.REACHED:
        return _("dự kiến cuối kỳ khoảng {forecast}").format(forecast=forecast)
    return _("mốc hôm nay {due} · dự kiến cuối kỳ khoảng {forecast}").format(
        due=due, forecast=forecast
    )


def _over_note(progress: Progress) -> str:
    if progress.missing:
        return _("đã hết kỳ, còn thiếu {missing}").format(missing=number_format(progress.missing))
    return _("đã hết kỳ")


def about(value: int) -> int:
    """A forecast is no count: three digits of it are said, 51.784 → 51.800."""
    step = int(10 ** max(0, len(str(abs(value))) - 3))
    return (value + step // 2) // step * step


def figures_url(unit: Unit | str, codes: list[str], first: int, last: int, **further: str) -> str:
    """The page of a figure: unit, indicators, first and last day; ``by``, ``map``."""
    return f"{reverse('ledger:figures')}?{_asked(unit, codes, first, last, further)}"


def postings_url(unit: Unit | str, code: str, first: int, last: int, **further: str) -> str:
    """The postings behind a figure."""
    return f"{reverse('ledger:postings')}?{_asked(unit, [code], first, last, further)}"


def _asked(
    unit: Unit | str, codes: list[str], first: int, last: int, further: dict[str, str]
) -> str:
    fields = {
        "unit": unit if isinstance(unit, str) else unit.key,
        "indicator": codes,
        "from": as_date(first).isoformat(),
        "to": as_date(last).isoformat(),
    } | {name: value for name, value in further.items() if value}
    return urlencode(fields, doseq=True)


def week_chart(title: Text, rows: Sequence[FigureRow], indicator: Indicator, until: int) -> Chart:
    """Figures by week as bars; the week that holds the day ``until`` is not over."""
    points = [_week_point(row, indicator, until) for row in rows if row.period]
    return bar_chart(title, points, measure=indicator.measure, head=_("Tuần"))


def _week_point(row: FigureRow, indicator: Indicator, until: int) -> Point:
    year, _w, week = (row.period or "").partition("-W")
    monday = date.fromisocalendar(int(year), int(week), 1)
    sunday = monday + timedelta(days=6)
    last = min(as_day(sunday), until)
    label = f"{monday:%d/%m}–{as_date(last):%d/%m}"
    return Point(
        label=label,
        value=row.quantity,
        url=figures_url(row.unit, [indicator.code], as_day(monday), last, by="day"),
        title=f"{label}: {number_format(row.quantity)} {indicator.measure}",
        is_partial=as_day(sunday) > until,
    )


def weeks_before(day: int, weeks: int, *, since: int) -> int:
    """The Monday that many weeks before the week of ``day``, or ``since`` where that is later."""
    today = as_date(day)
    monday = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    return max(since, as_day(monday))
