"""A photo on its way from a phone, over the API: here, where those who may send one are known."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from pytest_django import Settings

from senhong.accounts.models import User
from senhong.accounts.tests.make import a_token
from senhong.audit.models import Event
from senhong.core import clock
from senhong.core.actor import Actor, Grant
from senhong.core.ids import uuid7
from senhong.files import storage, uploading
from senhong.files.errors import PhotoTooLarge, UploadOffset
from senhong.files.jobs import clear_uploads
from senhong.files.models import StoredFile, Upload
from senhong.files.services import PhotoFacts, begin_upload, take_piece
from senhong.files.tests.test_pictures import a_jpeg, segment
from senhong.files.uploading import LEAST_PIECE
from senhong.org.models import Role
from senhong.org.tests.make import a_grant, a_unit, a_user

pytestmark = pytest.mark.django_db

PHOTO = a_jpeg(segment(0xFE, b"Nikon " * 2000))


@pytest.fixture(autouse=True)
def _store(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


class Phone:
    """Somebody's phone, which carries a token."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user or a_user()
        if user is None:
            a_grant(self.user, a_unit(), Role.SECRETARY)
        self.client = Client(headers={"Authorization": f"Bearer {a_token(self.user)}"})

    def begin(self, photo: bytes = PHOTO, **other: Any) -> Any:
        body = {
            "id": str(uuid7()),
            "act": str(uuid7()),
            "size_bytes": len(photo),
            "digest": hashlib.sha256(photo).hexdigest(),
            "taken_at": "2023-03-15T08:00:00+07:00",
        } | other
        text = json.dumps(body)
        return self.client.post("/api/v1/field/photos", text, content_type="application/json")

    def send(self, id: str, piece: bytes, offset: int) -> Any:
        return self.client.patch(
            f"/api/v1/field/photos/{id}",
            piece,
            content_type="application/octet-stream",
            headers={"Upload-Offset": str(offset)},
        )

    def send_whole(self, photo: bytes = PHOTO) -> Any:
        id = self.begin(photo).json()["id"]
        return self.send(id, photo, 0)


def test_a_photo_arrives_in_pieces_and_is_bared() -> None:
    phone = Phone()
    begun = phone.begin()
    id, half = begun.json()["id"], len(PHOTO) // 2

    first = phone.send(id, PHOTO[:half], 0)
    then = phone.client.get(f"/api/v1/field/photos/{id}")
    last = phone.send(id, PHOTO[half:], half)

    assert begun.status_code == 201
    assert first.json() == then.json() == {"id": id, "received_bytes": half, "done": False}
    assert last.json() == {"id": id, "received_bytes": len(PHOTO), "done": True}
    file = StoredFile.objects.get()
    assert b"Nikon" not in storage.opened(file.digest).read()
    assert not default_storage.exists(f"uploads/{id}")
    assert Event.objects.filter(name="upload.finished").count() == 1


def test_a_wrong_offset_is_told_where_to_go_on() -> None:
    phone = Phone()
    id = phone.begin().json()["id"]
    phone.send(id, PHOTO[:LEAST_PIECE], 0)

    again = phone.send(id, PHOTO[:LEAST_PIECE], 0)

    assert again.status_code == 409
    assert again.json()["code"] == "upload-offset"
    assert again.json()["params"] == {"received_bytes": str(LEAST_PIECE)}


def test_of_two_pieces_at_once_one_counts() -> None:
    phone = Phone()
    id = phone.begin().json()["id"]
    actor = Actor(phone.user.pk, frozenset({Grant("help.record", "1/")}))
    upload, same = Upload.objects.get(pk=id), Upload.objects.get(pk=id)
    names = [uploading.lay_piece(upload.pk, 0, PHOTO[:5000]) for _ in range(2)]

    take_piece(actor, upload, names[0], offset=0, size_bytes=5000)
    with pytest.raises(UploadOffset):
        take_piece(actor, same, names[1], offset=0, size_bytes=5000)
    last = phone.send(id, PHOTO[5000:], 5000)

    assert last.json()["done"]


def test_a_piece_is_neither_tiny_nor_huge_nor_more_than_the_photo() -> None:
    phone = Phone()
    id = phone.begin().json()["id"]

    pieces = [b"", PHOTO[:10], PHOTO + b"x", bytes(300_000)]

    assert {phone.send(id, piece, 0).json()["code"] for piece in pieces} == {"piece-out-of-range"}


def test_what_this_person_sent_before_is_done_at_once() -> None:
    phone = Phone()
    phone.send_whole()

    again, other = phone.begin(), Phone().begin()

    assert (again.status_code, again.json()["done"]) == (200, True)
    assert (other.status_code, other.json()["done"]) == (201, False)
    assert StoredFile.objects.count() == 1


def test_announcing_twice_is_once_and_other_facts_are_a_conflict() -> None:
    phone = Phone()
    id, act = str(uuid7()), str(uuid7())

    answers = [phone.begin(id=id, act=act) for _ in range(2)]
    other = phone.begin(id=id, act=str(uuid7()))
    foreign = Phone().begin(id=id, act=act)

    assert [each.status_code for each in answers] == [201, 201]
    assert {other.json()["code"], foreign.json()["code"]} == {"id-reused"}
    assert Upload.objects.count() == 1


def test_what_is_damaged_or_no_picture_begins_anew() -> None:
    phone = Phone()
    damaged = phone.begin().json()["id"]

    answer = phone.send(damaged, b"x" * len(PHOTO), 0)
    no_picture = phone.send_whole(b"%PDF-1.7" + bytes(5000))

    assert (answer.status_code, answer.json()["code"]) == (422, "photo-damaged")
    assert no_picture.json()["code"] == "not-a-picture"
    assert Upload.objects.get(pk=damaged).received_bytes == 0
    assert phone.send(damaged, PHOTO, 0).json()["done"]


def test_a_photo_whose_last_answer_was_lost_is_finished_by_asking_again() -> None:
    phone = Phone()
    begun = phone.begin()
    id = begun.json()["id"]
    name = uploading.lay_piece(Upload.objects.get().pk, 0, PHOTO)
    Upload.objects.update(received_bytes=len(PHOTO), pieces=[name])

    assert phone.send(id, b"", len(PHOTO)).json()["done"]
    assert phone.send(id, b"", len(PHOTO)).json()["done"]


def test_only_ones_own_uploads_are_there_and_who_may_not_help_sends_none() -> None:
    id = Phone().begin().json()["id"]

    assert Phone().send(id, PHOTO, 0).status_code == 404
    assert Phone(a_user()).begin().status_code == 403


def test_the_generic_route_does_not_serve_photos() -> None:
    phone = Phone()
    id = phone.send_whole().json()["id"]
    phone.client.force_login(phone.user)

    assert phone.client.get(f"/files/{id}/").status_code == 404


def test_uploads_that_were_given_up_are_cleared_after_seven_days() -> None:
    phone = Phone()
    left, young, done = (phone.begin(PHOTO).json()["id"] for _ in range(3))
    for id in (left, young):
        phone.send(id, PHOTO[:5000], 0)
    phone.send(done, PHOTO, 0)
    week_ago = clock.now() - timedelta(days=7, minutes=1)
    Upload.objects.filter(pk__in=[left, done]).update(began_at=week_ago)

    clear_uploads.func()

    assert {str(pk) for pk in Upload.objects.values_list("pk", flat=True)} == {young, done}
    assert not default_storage.exists(f"uploads/{left}")
    assert default_storage.exists(f"uploads/{young}")


def test_a_phone_that_comes_back_after_its_pieces_were_cleared_begins_anew() -> None:
    phone = Phone()
    id = phone.begin().json()["id"]
    phone.send(id, PHOTO[:5000], 0)
    uploading.clear_pieces(Upload.objects.get().pk)

    assert phone.send(id, PHOTO[5000:], 5000).json()["code"] == "photo-damaged"
    assert phone.send(id, PHOTO, 0).json()["done"]


def test_a_photo_is_at_most_one_megabyte() -> None:
    facts = PhotoFacts(act=uuid7(), size_bytes=2**20 + 1, digest="0" * 64)
    actor = Actor(a_user().pk, frozenset({Grant("help.propose", "1/")}))

    with pytest.raises(PhotoTooLarge):
        begin_upload(actor, uuid7(), facts)


def test_beyond_the_days_cap_photos_wait_for_tomorrow(settings: Settings) -> None:
    settings.PHOTOS_A_DAY = 2
    phone = Phone()
    first = phone.begin(act=(act := str(uuid7()))).json()
    phone.begin()

    refused = phone.begin()

    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "too-many-photos"
    assert "ngày mai" in refused.json()["detail"]
    assert phone.begin(id=first["id"], act=act).status_code == 201
    assert Phone().begin().status_code == 201
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert phone.begin().status_code == 201
