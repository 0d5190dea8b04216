"""What a change of the map means for teams and members: asked by its dry run."""

from collections.abc import Collection, Mapping

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.days import LAST_DAY, as_day
from senhong.org.changes import HeirsAnswer
from senhong.people.models import Stay, Team


def teams_hanging(unit_ids: Collection[int]) -> HeirsAnswer:
    """Teams that still stand at the units. One query."""
    today = as_day(clock.today())
    teams = Team.objects.filter(unit__in=unit_ids, to_day__gt=today)
    return HeirsAnswer(
        _("tổ, đội hình"), teams.count(), _("Giữ nguyên, sang đơn vị kế thừa cùng người trong tổ.")
    )


def teams_stranded(unit_ids: Collection[int]) -> Mapping[int, int]:
    """How many teams still stand at each of the units, or at what landed there. One query."""
    today = as_day(clock.today())
    teams = Team.objects.filter(
        to_day__gt=today,
        unit__landings__landed__in=unit_ids,
        unit__landings__map__to_day=LAST_DAY,
    )
    counted = teams.values_list("unit__landings__landed").annotate(number=Count("pk")).order_by()
    return dict(counted)


def members_hanging(unit_ids: Collection[int]) -> HeirsAnswer:
    """Members who still take part at the units. One query."""
    members = Stay.objects.filter(unit__in=unit_ids, to_day=LAST_DAY)
    return HeirsAnswer(_("thành viên"), members.count(), _("Giữ nguyên, thuộc về đơn vị kế thừa."))
