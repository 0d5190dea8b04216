"""Who waits for a team sees its activities; what she recorded stays hers."""

import pytest
from django.test import Client

from senhong.activities.models import Help
from senhong.activities.tests.make import a_running_activity, help_given
from senhong.core.ids import uuid7
from senhong.files.services import PhotoFacts, begin_upload
from senhong.org.tests.make import SYSTEM, a_user, an_actor
from senhong.people.models import Member
from senhong.people.services import confirm_newcomers, unite_accounts
from senhong.people.tests.make import a_newcomer

pytestmark = pytest.mark.django_db


def test_a_newcomer_finds_the_running_activity_of_the_team() -> None:
    newcomer = a_newcomer()
    activity = a_running_activity(newcomer.team)
    client = Client()
    client.force_login(newcomer.user)

    listed = client.get(f"/activities/?team={newcomer.team.pk}").content.decode()
    page = client.get(f"/activities/{activity.pk}/")

    assert activity.name in listed
    assert page.status_code == 200


def test_what_was_recorded_under_one_account_is_hers_under_the_other() -> None:
    newcomer = a_newcomer()
    confirm_newcomers(SYSTEM, {newcomer: None})
    member = Member.objects.select_related("unit", "user").get(user=newcomer.user_id)
    help_given(SYSTEM, a_running_activity(newcomer.team))
    Help.objects.update(recorded_by=newcomer.user_id)
    known = a_user()

    photo = PhotoFacts(act=uuid7(), size_bytes=9, digest="a" * 64)
    sender = an_actor("help.record", at=newcomer.team, user=newcomer.user)
    upload = begin_upload(sender, uuid7(), photo)

    unite_accounts(SYSTEM, uuid7(), member, known)

    assert Help.objects.get().recorded_by == known.pk
    sender = an_actor("help.record", at=newcomer.team, user=known)
    assert begin_upload(sender, upload.pk, photo) == upload
