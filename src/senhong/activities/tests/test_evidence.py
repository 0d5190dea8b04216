"""Photos behind help: whose they are, who sees them, and where they go."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings

from senhong.accounts.models import User
from senhong.activities import queries
from senhong.activities.facts import HelpFacts
from senhong.activities.models import Evidence, Help
from senhong.activities.services import correct_help
from senhong.activities.tests.make import an_activity, given_help, help_given
from senhong.activities.tests.test_flags import MARCH
from senhong.core.ids import uuid7
from senhong.files import storage
from senhong.files.pictures import bare_picture
from senhong.files.services import PhotoFacts, begin_upload, finish_upload
from senhong.files.tests.test_pictures import a_jpeg, segment
from senhong.org.models import Role
from senhong.org.tests.make import SYSTEM, a_grant, a_unit, a_user, an_actor
from senhong.people.models import MembershipRole, Team
from senhong.people.tests.make import a_member, a_membership, a_newcomer

pytestmark = pytest.mark.django_db

PHOTO = a_jpeg(segment(0xFE, b"Nikon"))


@pytest.fixture(autouse=True)
def _store(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def a_volunteer(team: Team, role: MembershipRole = MembershipRole.MEMBER) -> User:
    user = a_user()
    a_membership(team, a_member(team.unit, user), role)
    return user


def photo_sent(user: User, act: Any, photo: bytes = PHOTO) -> None:
    actor = an_actor("help.record", at="1/", user=user)
    digest = hashlib.sha256(photo).hexdigest()
    upload = begin_upload(actor, uuid7(), PhotoFacts(act=act, size_bytes=len(photo), digest=digest))
    stored = storage.save(bare_picture(ContentFile(photo, name="anh")))
    finish_upload(actor, upload, **vars(stored))


def a_help_with_photo(**facts: Any) -> tuple[Help, User]:
    activity = an_activity()
    user = a_volunteer(activity.lead_team)
    actor = an_actor("activity.view", "help.record", at=activity.lead_team, user=user)
    help = help_given(actor, activity, **facts)
    photo_sent(user, help.pk)
    return help, user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_photo_stands_behind_its_help_and_is_private_to_who_may_see_it() -> None:
    help, user = a_help_with_photo()
    photo = Evidence.objects.get(help=help)
    neighbour = a_user()
    a_grant(neighbour, a_unit(), Role.SECRETARY)

    mine = browser(user).get(f"/activities/photos/{photo.pk}/")
    page = browser(user).get(f"/activities/help/{help.pk}/").content.decode()

    assert mine.status_code == 200
    assert mine["Cache-Control"].startswith("private")
    assert b"Nikon" not in b"".join(mine)
    assert f"/activities/photos/{photo.pk}/" in page
    assert browser(neighbour).get(f"/activities/photos/{photo.pk}/").status_code == 404
    assert Client().get(f"/activities/photos/{photo.pk}/").status_code == 302


def test_who_waits_to_be_taken_in_sees_no_photos() -> None:
    help, _user = a_help_with_photo()
    photo = Evidence.objects.get(help=help)
    newcomer = a_newcomer(help.team).user

    page = browser(newcomer).get(f"/activities/help/{help.pk}/")

    assert f"/activities/photos/{photo.pk}/" not in page.content.decode()
    assert browser(newcomer).get(f"/activities/photos/{photo.pk}/").status_code == 404


def test_a_photo_that_arrives_before_its_help_waits_for_it() -> None:
    activity = an_activity()
    user = a_volunteer(activity.lead_team)
    given = given_help(activity)

    photo_sent(user, given.id)
    help = help_given(SYSTEM, activity, id=given.id)

    assert queries.photos_of([help])[help.pk]


def test_nobody_puts_a_photo_behind_what_another_recorded() -> None:
    help, _user = a_help_with_photo()

    photo_sent(a_volunteer(help.team), help.pk, a_jpeg(segment(0xFE, b"other")))

    assert Evidence.objects.count() == 1


def test_sending_the_same_photo_twice_keeps_it_once() -> None:
    help, user = a_help_with_photo()

    photo_sent(user, help.pk)

    assert Evidence.objects.count() == 1


def test_the_same_photo_behind_two_helps_is_flagged_on_both() -> None:
    activity = an_activity()
    user = a_volunteer(activity.lead_team)
    actor = an_actor("activity.view", "help.record", at=activity.lead_team, user=user)
    helps = [help_given(actor, activity) for _ in range(2)]
    for help in helps:
        photo_sent(user, help.pk)
    further = help_given(actor, activity, same_people_as=helps[0].pk)
    photo_sent(user, further.pk, a_jpeg(segment(0xFE, b"third")))

    lines = queries.review_of(SYSTEM, MARCH).lines

    odd = {line.help for line in lines if [flag.code for flag in line.flags] == ["same-photo"]}
    assert odd == set(helps)


def test_photos_follow_a_correction_also_those_that_arrive_after_it() -> None:
    help, user = a_help_with_photo()
    facts = HelpFacts(team_id=help.team_id, services=("vneid",), people=3)

    new = correct_help(SYSTEM, uuid7(), help, facts, reason="Nhầm")
    photo_sent(user, help.pk, a_jpeg(segment(0xFE, b"later")))

    assert Evidence.objects.filter(help=new).count() == 2
