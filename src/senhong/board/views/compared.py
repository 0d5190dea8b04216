"""A figure beside earlier ones, in words: a sign and a share, and of what."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senhong.board.queries.earlier import Beside

_MOST_PERCENT = 900  # beyond, people say how many times


def compared(beside: Beside | None) -> list[str]:
    """The days just before and the same days a year before; nothing where both were without."""
    if beside is None or not (beside.figure or beside.before or beside.year_before):
        return []
    if not (beside.before or beside.year_before):
        return [_("trước đó và cùng kỳ năm trước chưa ghi gì")]
    before = ngettext("{days} ngày trước đó", "{days} ngày trước đó", beside.days)
    said = [
        (beside.before, before.format(days=beside.days)),
        (beside.year_before, _("cùng kỳ năm trước")),
    ]
    return [_change(beside.figure, then, when) for then, when in said]


def compared_weeks(beside: Beside) -> list[str]:
    """The same weekdays of the week before, and 52 weeks before."""
    said = [
        (beside.before, _("cùng các ngày của tuần trước")),
        (beside.year_before, _("cùng tuần năm trước")),
    ]
    return [_change(beside.figure, then, when) for then, when in said if beside.figure or then]


def _change(now: int, then: int, when: str) -> str:
    facts = {"when": when, "then": number_format(then)}
    if not then:
        return _("{when}: chưa ghi gì").format(**facts)
    percent = round((now - then) * 100 / then)
    if now == then:
        return _("bằng {when} ({then})").format(**facts)
    if percent > _MOST_PERCENT:
        times = number_format(round(now / then))
        return _("gấp {times} lần {when} ({then})").format(times=times, **facts)
    return _("{change} so với {when} ({then})").format(change=_signed(now - then, percent), **facts)


def _signed(difference: int, percent: int) -> str:
    """ "+12 %", "−3 %"; what rounds to nothing keeps its sign as "dưới 1 %"."""
    sign = "+" if difference > 0 else "−"
    return f"{sign}{abs(percent)} %" if percent else _("{sign}dưới 1 %").format(sign=sign)
