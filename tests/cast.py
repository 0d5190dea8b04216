"""The people of the access table, and the world in which they ask.

An is a volunteer in a team of commune C, Bình leads it, Chi is the commune's secretary. Dũng is
the secretary of commune D, next to it, and must see nothing of C's.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.test import Client

from senhong.accounts.models import SignInLink, User
from senhong.accounts.services import issue_token, make_user
from senhong.accounts.tests.make import a_device, a_link
from senhong.activities.models import Evidence
from senhong.activities.services import save_template
from senhong.activities.tests.make import a_running_activity, help_given
from senhong.comms.models import Channel, Delivery, DeliveryState, Subject
from senhong.comms.services import About, Said, deliver, remind
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.files.models import StoredFile
from senhong.files.services import PhotoFacts, begin_upload, keep_file
from senhong.files.storage import save
from senhong.ledger.models import Posting
from senhong.org.models import Role, Unit
from senhong.org.queries import actor_of
from senhong.org.services import add_partner, draft_change, found_installation, write_change
from senhong.org.tests.make import SYSTEM, a_change, a_grant, a_province
from senhong.people.models import MembershipRole, Team
from senhong.people.services import add_member, join_team
from senhong.people.tests.make import a_newcomer, a_team
from senhong.plans.models import Directive
from senhong.plans.services import take_part
from senhong.plans.tests.make import a_directive, a_plan, a_target
from senhong.practices.tests.make import a_picture, a_practice, an_adoption
from senhong.public.services import make_feed
from senhong.sync.delivery import Sender
from senhong.sync.models import KeptAct, KeptKind
from senhong.sync.services import keep_acts
from senhong.sync.services.keeping import Keeping
from senhong.work.services import (
    RepeatFacts,
    ask_extension,
    make_dependency,
    make_group,
    set_milestone,
    set_repetition,
    write_item,
)
from senhong.work.tests.make import a_clause, a_list, a_task, parcels

CAST = (
    "nobody", "partner", "auditor", "administrator", "volunteer", "lead", "commune", "district",
    "province", "other",
)  # fmt: skip
SINCE = 20220630
MEMBERS = "Huỳnh Bông"  # how the names of commune C's members begin
PASSWORD = "hoa-sen-no-som-mai"


@dataclass(frozen=True)
class World:
    """What stands in place of a {name} in the table: keys and ids."""

    ids: dict[str, str]
    users: dict[str, User]

    def client(self, name: str) -> Client:
        """A browser in which this one of the cast has just signed in."""
        client = Client(raise_request_exception=False)
        if name in self.users:
            client.force_login(self.users[name])
        return client


def a_world() -> World:
    province = a_province("Tỉnh A", huyện_B=["Xã C", "Xã D"])
    units = {unit.name[-1].lower(): unit for unit in Unit.objects.filter(province=province)}
    found_installation(SYSTEM, province=province, demo_reading_on=date(2023, 3, 20))
    users = {
        name: make_user(SYSTEM, username=name, full_name="Nguyễn Văn An", password=PASSWORD)
        for name in CAST
        if name != "nobody"
    }
    for name, role, where in (
        ("partner", Role.PARTNER, "a"),
        ("auditor", Role.AUDITOR, "a"),
        ("administrator", Role.ADMINISTRATOR, "a"),
        ("commune", Role.SECRETARY, "c"),
        ("district", Role.SECRETARY, "b"),
        ("province", Role.PROVINCE_OFFICE, "a"),
        ("other", Role.SECRETARY, "d"),
    ):
        a_grant(users[name], units[where], role)
    ids = _of_the_people(units["c"], users) | _of_the_plans(province, units["c"])
    ids |= _of_the_practices(units["c"], units["d"])
    ids |= _of_the_work(province, units["c"], ids["directive"])
    ids |= _of_the_door(ids["team"])
    ids |= _of_the_photos(users["volunteer"], ids["help"])
    ids["map_change"] = str(_a_draft(province, units["d"]))
    keys = {
        "a_province": units["a"].key,
        "a_district": units["b"].key,
        "a_commune": units["c"].key,
        "role": str(users["commune"].role_grants.get().pk),
        "new": str(uuid7()),
        "zeros": "0" * 64,
        "token": str(_token(users["commune"])),
        "own_device": str(a_device(users["commune"]).device.pk),
        "device": str(a_device(users["volunteer"]).device.pk),
        "link": _a_lasting_link(users["volunteer"]),
        "reminder": str(_reminder(units["c"])),
        **_calendar(ids["team"]),
        **_messages(users["volunteer"]),
        "kept": str(_kept(users["volunteer"])),
    }
    return World(ids | keys, users)


def _a_lasting_link(user: User) -> str:
    """Such a link opens for minutes; on a busy machine the table takes longer than that."""
    secret = a_link(user)
    SignInLink.objects.filter(user=user).update(expires_at=clock.now() + timedelta(days=1))
    return secret


def _of_the_people(commune: Unit, users: dict[str, User]) -> dict[str, str]:
    """Commune C's team with An and Bình, its running activity and one help given in it."""
    team = a_team(commune)
    places = {}
    for name, role in (("volunteer", MembershipRole.MEMBER), ("lead", MembershipRole.LEADER)):
        member = add_member(
            SYSTEM, uuid7(), unit=commune, full_name=f"{MEMBERS} {name}",
            joined_on=date(2022, 6, 30), user=users[name],
        )  # fmt: skip
        places[name] = join_team(
            SYSTEM, uuid7(), member=member, team=team, role=role, from_day=SINCE
        )
    activity = a_running_activity(team)
    help_given(SYSTEM, activity)
    return {
        "team": str(team.pk),
        "member": str(places["volunteer"].member_id),
        "membership": str(places["volunteer"].pk),
        "activity": str(activity.pk),
        "help": str(activity.helps.get().pk),
        "short": activity.short,
        "template": str(save_template(SYSTEM, uuid7(), activity, title="Chợ sáng").pk),
        "posting": str(Posting.objects.filter(unit=commune).values_list("id", flat=True)[0]),
    }


def _of_the_door(team_id: str) -> dict[str, str]:
    """The team's word, and somebody who waits."""
    team = Team.objects.select_related("unit").get(pk=team_id)
    newcomer = a_newcomer(team, full_name=f"{MEMBERS} mới")
    word = team.join_codes.get().word
    return {"newcomer": str(newcomer.pk), "word": word}


def _of_the_photos(volunteer: User, help: str) -> dict[str, str]:
    """A photo that An's phone has begun to send, and one that stands behind the help."""
    begun = begin_upload(
        actor_of(volunteer.pk), uuid7(), PhotoFacts(act=uuid7(), size_bytes=9, digest="0" * 64)
    )
    stored = save(ContentFile(b"\xff\xd8\xff\xe0", name="a.jpg"))
    photo = Evidence.objects.create(
        id=uuid7(), help_id=help, arrived_at=clock.now(), digest=stored.digest,
        file=StoredFile.objects.create(
            id=uuid7(), name="anh.jpg", place="", is_private=True, **vars(stored)
        ),
    )  # fmt: skip
    return {"upload": str(begun.pk), "photo": str(photo.pk)}


def _of_the_plans(province: Unit, commune: Unit) -> dict[str, str]:
    """The province's directive and plan, with a target of commune C; a partner, a file."""
    directive = a_directive(province)
    plan = a_plan(province, directive=directive)
    partner = add_partner(SYSTEM, uuid7(), unit=province, name="Ngân hàng A")
    part = take_part(
        SYSTEM, uuid7(), plan=plan, partner=partner, part="hướng dẫn", from_day=20230101,
        to_day=20240101,
    )  # fmt: skip
    stored = save(ContentFile(b"%PDF-1.4", name="a.pdf"))
    file = keep_file(SYSTEM, uuid7(), place=commune.path, name="a.pdf", **vars(stored))
    return {
        "directive": str(directive.pk),
        "plan": str(plan.pk),
        "part": str(part.pk),
        "target": str(a_target(commune, plan=plan).pk),
        "partner_id": str(partner.pk),
        "file": str(file.pk),
    }


def _of_the_work(province: Unit, commune: Unit, directive: str) -> dict[str, str]:
    """A task that the province sent to commune C, what belongs to it, and what it waits for."""
    row = a_list(province)
    group = make_group(SYSTEM, uuid7(), row, name="Tuần này", position=1)
    milestone = set_milestone(SYSTEM, uuid7(), row, name="Sơ kết", on_day=date(2099, 1, 1))
    clause = a_clause(Directive.objects.select_related("unit").get(pk=directive))
    whole, other = a_task(row, clause=clause), a_task(row)
    needed = make_dependency(SYSTEM, uuid7(), before=other, after=whole)
    again = set_repetition(
        SYSTEM, uuid7(), other, RepeatFacts(rule="FREQ=YEARLY", first_on=date(2099, 1, 1))
    )
    [parcel] = parcels(whole, commune)
    item = write_item(SYSTEM, uuid7(), parcel, words="Chụp ảnh", position=1)
    until = clock.now() + timedelta(days=30)
    asked = ask_extension(SYSTEM, uuid7(), parcel, until=until, reason="Mưa lũ")
    return {
        "task": str(parcel.pk), "task_list": str(row.pk), "sent_task": str(whole.pk),
        "other_task": str(other.pk), "task_group": str(group.pk), "clause": str(clause.pk),
        "milestone": str(milestone.pk), "dependency": str(needed.pk), "extension": str(asked.pk),
        "repetition": str(again.pk), "item": str(item.pk),
    }  # fmt: skip


def _of_the_practices(commune: Unit, other: Unit) -> dict[str, str]:
    """A practice that commune C started and D adopted, with a picture."""
    practice = a_practice(commune)
    return {
        "practice": str(practice.pk),
        "picture": str(a_picture(practice).pk),
        "adoption": str(an_adoption(practice, other).pk),
    }


def _a_draft(province: Unit, commune: Unit) -> UUID:
    """A change of the map that is being prepared: commune D gets another name."""
    made = draft_change(SYSTEM, uuid7(), province=province, name="Đổi tên", day=20990101)
    write_change(SYSTEM, made, a_change(20990101, alters=[(commune, {"name": "Tên khác"})]))
    return made.pk


def _reminder(unit: Unit) -> UUID:
    about = About(Subject.SILENT)
    return remind(SYSTEM, uuid7(), units=[unit], words="Mời xem lại.", about=about).sent[0].pk


def _messages(user: User) -> dict[str, str]:
    """A message to An, and a letter to her that could not be sent."""
    said = Said("Ngày mai", "07:30")
    [message] = deliver(SYSTEM, [user.pk], occasion="test:1", say=lambda: said)
    letter = Delivery.objects.create(
        id=uuid7(), user=user, channel=Channel.EMAIL, occasion="test:2", subject=said.subject,
        words=said.words, at=message.at, state=DeliveryState.GIVEN_UP, error="server-away",
    )  # fmt: skip
    return {"message": str(message.pk), "given_up": str(letter.pk)}


def _kept(volunteer: User) -> UUID:
    """An act of the volunteer's phone that does not fit."""
    act = Keeping(act=None, value={}, text="{}", kind=KeptKind.HELD, why="act-malformed")
    keep_acts(SYSTEM, [act], Sender(volunteer.pk))
    return KeptAct.objects.get(sender=volunteer).pk


def _token(user: User) -> UUID:
    id = uuid7()
    issue_token(SYSTEM, id, user=user, name="máy tính")
    return id


def _calendar(team_id: str) -> dict[str, str]:
    team = Team.objects.select_related("unit").get(pk=team_id)
    feed = make_feed(SYSTEM, uuid7(), of=team)
    return {"feed": str(feed.pk), "secret": feed.secret}
