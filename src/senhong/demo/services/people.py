"""What happens to lists of people and of partners in the course of years."""

from datetime import date

from senhong.activities.models import Activity
from senhong.activities.services import say_parts
from senhong.demo.services.stage import Crew, Stage
from senhong.org.models import Partner
from senhong.org.services import add_partner, hand_on_partner
from senhong.people.models import Member
from senhong.people.services import add_member, merge_members

# The day on which the two ministries became one, and the departments with them.
_MERGED_ON = date(2025, 3, 1)
_WRITTEN_AGAIN_ON = date(2023, 2, 6)


def hand_on_the_department(stage: Stage) -> None:
    """The joint programme goes on under the department that the first one became part of."""
    old = Partner.objects.select_related("unit").get(plan_parts__isnull=False)
    new = add_partner(
        stage.actor,
        stage.ids.next("partner"),
        unit=old.unit,
        name="Sở Khoa học và Công nghệ Đồng Tháp",
    )
    _take_part_once(stage, old)
    hand_on_partner(stage.actor, old, successor=new, on=_MERGED_ON)


def write_two_people_twice(stage: Stage, crew: Crew) -> None:
    """Two members of a team stand twice in the list: one has been made one again, one waits."""
    settled, waiting = crew.members[2], crew.members[3]
    twice = _written_again(stage, settled)
    _written_again(stage, waiting)
    merge_members(stage.actor, stage.ids.next("merge"), kept=settled, merged=twice)


def _written_again(stage: Stage, member: Member) -> Member:
    return add_member(
        stage.actor,
        stage.ids.next("member"),
        unit=member.unit,
        full_name=member.full_name.upper(),
        joined_on=_WRITTEN_AGAIN_ON,
    )


def _take_part_once(stage: Stage, partner: Partner) -> None:
    """The department sent its people to the province's first own activity."""
    activity = Activity.objects.filter(level="province").order_by("starts_at").first()
    if activity is not None:
        activity.partners.add(partner)
        say_parts(stage.actor, activity, {partner.pk: "cử cán bộ hướng dẫn, phát tài liệu"})
