from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import cast
from zipfile import ZipFile

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings

from senhong.audit.models import Event
from senhong.core.actor import Actor, Grant
from senhong.core.errors import Forbidden, IdReused, NotFound
from senhong.core.ids import uuid7
from senhong.files import storage
from senhong.files.errors import FileEmpty, FileKindNotAllowed, FileTooLarge
from senhong.files.models import StoredFile
from senhong.files.queries import get_file
from senhong.files.services import keep_file
from senhong.files.views import download
from senhong.web.http import PageRequest

PDF = b"%PDF-1.7\n%\xe2\xe3"


@pytest.fixture(autouse=True)
def _store(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def an_upload(name: str = "300-KH.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def an_office_file(*parts: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as file:
        for part in parts:
            file.writestr(part, "x")
    return made.getvalue()


def a_crafted_zip(place: int, byte: int) -> bytes:
    """An Office file with one byte of its directory bent, counted from where it begins."""
    made = bytearray(an_office_file("word/document.xml"))
    made[made.index(b"PK\x01\x02") + place] = byte
    return bytes(made)


def a_zip_with_bent_letters() -> bytes:
    """Says that its names are UTF-8, and begins one with a byte that no UTF-8 begins with."""
    made = bytearray(a_crafted_zip(9, 0x08))
    made[made.index(b"PK\x01\x02") + 46] = 0xFF
    return bytes(made)


def at(path: str) -> Actor:
    return Actor(None, frozenset({Grant("unit.view", path)}))


def kept(place: str = "1/2/", name: str = "300-KH.pdf") -> StoredFile:
    stored = storage.save(an_upload(name))
    return keep_file(at("1/"), uuid7(), name=name, place=place, **vars(stored))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.docx", an_office_file("[Content_Types].xml", "word/document.xml")),
        ("a.xlsx", an_office_file("[Content_Types].xml", "xl/workbook.xml")),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"),
        ("a.jpg", b"\xff\xd8\xff\xe0rest"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPrest"),
    ],
)
def test_documents_and_photographs_are_laid_in_the_store(name: str, content: bytes) -> None:
    stored = storage.save(an_upload(name, content))

    with storage.opened(stored.digest) as file:
        assert file.read() == content
    assert stored.size_bytes == len(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.html", b"<script>"),
        ("a.svg", b"<svg>"),
        ("a.pdf", b"<html>"),
        ("a.png", PDF),
        ("a", PDF),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.docx", a_crafted_zip(6, 255)),  # needs version 25.5 to be read
        ("a.docx", a_zip_with_bent_letters()),
        ("a.docx", an_office_file("xl/workbook.xml")),
        ("a.docx", an_office_file("word/document.xml", "word/vbaProject.bin")),
        ("a.webp", b"RIFF\x00\x00\x00\x00WAVE"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileKindNotAllowed):
        storage.save(an_upload(name, content))


def test_an_empty_file_and_a_huge_one_are_refused() -> None:
    with pytest.raises(FileEmpty):
        storage.save(an_upload(content=b""))
    with pytest.raises(FileTooLarge) as refused:
        storage.save(an_upload(content=PDF + b"x" * storage.MOST_BYTES))
    assert "10 MB" in str(refused.value)


def test_the_same_content_lies_in_the_store_once(tmp_path: Path) -> None:
    first = storage.save(an_upload("a.pdf"))
    second = storage.save(an_upload("b.pdf"))

    assert first == second
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


@pytest.mark.django_db
def test_keeping_a_file_twice_keeps_it_once() -> None:
    id, facts = uuid7(), vars(storage.save(an_upload()))

    first = keep_file(at("1/"), id, name="a.pdf", place="1/", **facts)
    second = keep_file(at("1/"), id, name="a.pdf", place="1/", **facts)

    assert first == second
    assert Event.objects.filter(name="file.kept").count() == 1
    with pytest.raises(IdReused):
        keep_file(at("1/"), id, name="b.pdf", place="1/", **facts)


@pytest.mark.django_db
def test_nobody_keeps_a_file_at_a_place_she_may_not_see() -> None:
    with pytest.raises(Forbidden):
        keep_file(
            at("1/2/"), uuid7(), name="a.pdf", place="1/3/", **vars(storage.save(an_upload()))
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Users\\kế hoạch.pdf", "kế hoạch.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("dài" * 100 + ".pdf", ("dài" * 100)[:196] + ".pdf"),
    ],
)
def test_a_name_is_kept_without_its_folders(name: str, plain: str) -> None:
    facts = vars(storage.save(an_upload()))

    assert keep_file(at("1/"), uuid7(), name=name, place="1/", **facts).name == plain


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "1/", "1/2/", "1/2/7/", "1/2/t0190/"])
def test_a_file_is_open_to_its_place_and_to_those_above_and_below(path: str) -> None:
    file = kept("1/2/")

    assert get_file(at(path), file.pk) == file


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["1/3/", "2/", "12/"])
def test_a_file_is_closed_to_its_neighbours(path: str) -> None:
    file = kept("1/2/")

    with pytest.raises(NotFound):
        get_file(at(path), file.pk)
    with pytest.raises(NotFound):
        get_file(Actor(None), file.pk)


@pytest.mark.django_db
def test_a_file_is_always_a_download_under_its_own_name() -> None:
    file = kept("1/2/", "kế hoạch 300.pdf")

    answer = download(asked_by(at("1/2/")), file.pk)

    assert b"".join(cast(Iterator[bytes], answer.streaming_content)) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''k%E1%BA%BF")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_neighbour_downloads_nothing() -> None:
    file = kept("1/2/")

    with pytest.raises(NotFound):
        download(asked_by(at("1/3/")), file.pk)


@pytest.mark.django_db
def test_nobody_is_asked_to_sign_in() -> None:
    assert Client().get(f"/files/{kept().pk}/").status_code == 302


def asked_by(actor: Actor) -> PageRequest:
    request = cast(PageRequest, RequestFactory().get("/files/"))
    request.user, request.actor = get_user_model()(pk=1), actor
    return request
