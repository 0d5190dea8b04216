"""The frame of every page, errors, themes and the gallery."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from senhong.core.actor import Actor, Grant
from senhong.core.errors import NotFound
from senhong.web import views
from senhong.web.components import Cell, Column, FigureCard, Row, Table
from senhong.web.middleware import DomainErrorMiddleware
from senhong.web.navigation import Entry, navigation_for

ANY_PAGE = "/no-such-page/"  # it has the frame, and nothing to draw
PARTIALS = Path(views.__file__).parent / "templates" / "ui"

pytestmark = pytest.mark.django_db


def request(path: str = "/ui/") -> HttpRequest:
    return RequestFactory().get(path)


@cache
def gallery() -> Any:
    """The page with its templates; its fourteen pictures are drawn once for all tests."""
    return Client().get("/ui/")


def test_the_gallery_shows_every_partial() -> None:
    shown = {template.name for template in gallery().templates}

    partials = {f"ui/{path.name}" for path in PARTIALS.glob("_*.html")}
    assert partials - shown == set()


def test_the_gallery_carries_nothing_that_the_policy_forbids() -> None:
    page = gallery()

    text = page.content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert not re.search(r"\son\w+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "default-src 'self'" in page["Content-Security-Policy"]


def test_no_id_stands_twice_on_the_gallery() -> None:
    ids = re.findall(r'\sid="([^"]+)"', gallery().content.decode())

    assert sorted(ids) == sorted(set(ids))


def test_a_missing_page_says_what_to_do(client: Client) -> None:
    page = client.get("/no-such-page/")

    assert page.status_code == 404
    assert "Không tìm thấy trang" in page.content.decode()


def test_a_broken_page_needs_no_database(django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.block():  # type: ignore[attr-defined]
        page = views.broken(request())

    assert page.status_code == 500
    assert "Có sự cố" in page.content.decode()


def test_a_domain_error_is_a_page_with_its_sentence_and_code(client: Client) -> None:
    asked = client.get(ANY_PAGE).wsgi_request

    page = DomainErrorMiddleware(views.gallery).process_exception(asked, NotFound(what="tổ"))

    assert page is not None
    assert page.status_code == 404
    assert "Không tìm thấy tổ." in page.content.decode()
    assert "not-found" in page.content.decode()


def test_a_theme_is_kept_and_given_up(client: Client) -> None:
    chosen = client.post("/theme/", {"theme": "dark", "next": "/ui/"})
    assert (chosen.status_code, chosen["Location"]) == (303, "/ui/")
    assert '<html lang="vi" data-theme="dark">' in client.get(ANY_PAGE).content.decode()

    client.post("/theme/", {"theme": "", "next": "/ui/"})
    assert '<html lang="vi">' in client.get(ANY_PAGE).content.decode()


def test_a_choice_never_leads_to_a_strangers_site(client: Client) -> None:
    assert client.post("/theme/", {"next": "https://example.org/"})["Location"] == "/"


def test_the_language_can_be_switched(client: Client) -> None:
    with translation.override("vi"):  # a request leaves its language behind in the thread
        client.post("/language/", {"language": "en", "next": "/ui/"})

        assert '<html lang="en">' in client.get(ANY_PAGE).content.decode()


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["Tổng quan"]),
        ("/units/P87-2/", ["Tổng quan"]),
        ("/targets/0190/", ["Kế hoạch"]),
        ("/figures/postings/", ["Số liệu"]),
        ("/services/", ["Danh mục"]),
        ("/somewhere-else/", []),
    ],
)
def test_the_navigation_marks_where_the_reader_is(path: str, current: list[str]) -> None:
    entries = navigation_for(may("activity.view", "team.view", "event.view"), path)

    assert [str(entry.label) for entry in entries if entry.is_current] == current


def test_the_navigation_leads_only_to_what_opens() -> None:
    partner, auditor = may("figure.view"), may("team.view", "event.view")

    assert "Con người" not in labels(navigation_for(partner, "/"))
    assert "Nhật ký" not in labels(navigation_for(partner, "/"))
    assert {"Con người", "Nhật ký"} <= labels(navigation_for(auditor, "/"))
    assert "Cụm" not in labels(navigation_for(auditor, "/"))
    assert "Cụm" in labels(navigation_for(may("cluster.edit"), "/"))


def may(*verbs: str) -> Actor:
    return Actor(1, frozenset(Grant(verb, "1/") for verb in verbs))


def labels(entries: Sequence[Entry]) -> set[str]:
    return {str(entry.label) for entry in entries} | {
        str(inner.label) for entry in entries for inner in entry.inside
    }


def test_nobody_has_no_navigation() -> None:
    assert navigation_for(Actor(None), "/") == []


class Sample(forms.Form):
    name = forms.CharField(label="Tên", help_text="Ngắn thôi.")
    number = forms.IntegerField(label="Số người", min_value=1)


def test_a_mistake_stands_at_its_field_and_is_read_with_it() -> None:
    form = Sample({"name": "", "number": "0"})

    text = render_to_string("ui/_form.html", {"form": form, "submit": "Lưu"}, request())

    named = re.search(r'<input type="text"[^>]*aria-describedby="([^"]+)"', text)
    assert named is not None
    assert named[1].split() == ["id_name_helptext", "id_name_error"]
    assert 'id="id_name_error"' in text
    assert 'aria-invalid="true"' in text
    assert "csrfmiddlewaretoken" in text


def test_a_table_writes_numbers_and_keeps_its_head() -> None:
    columns = [Column("Đơn vị"), Column("Lượt", numeric=True)]
    rows = [Row([Cell("Xã A", is_header=True), Cell(15964, url="/figures/", tone="ahead")], "u1")]

    text = render_to_string("ui/_table.html", {"table": Table("Bảng", columns, rows)})

    assert 'class="chip chip--ahead">15.964</a>' in text
    assert '<tr id="u1"><th scope="row">Xã A</th><td class="num">' in text
    assert 'scope="row"' in text
    assert 'aria-label="Bảng"' in text


def test_a_table_refuses_a_row_that_does_not_fit() -> None:
    table = Table("Bảng", [Column("Đơn vị")], [Row([Cell("Xã A"), Cell(1)])])

    with pytest.raises(ValueError, match="shorter"):
        render_to_string("ui/_table.html", {"table": table})


def test_a_table_without_rows_says_so() -> None:
    text = render_to_string("ui/_table.html", {"table": Table("Tổ", [], empty="Chưa có tổ nào.")})

    assert "Chưa có tổ nào." in text
    assert "<table" not in text


def test_a_card_says_its_bar_in_words() -> None:
    card = FigureCard(name="Lượt ra quân", value=183, target=200, percent=91.5, expected_percent=22)

    text = render_to_string("ui/_figure_card.html", {"card": card})

    assert "Đạt 92 % chỉ tiêu, mốc đến nay 22 %" in text
    assert 'width="91.5%"' in text


def test_user_text_in_a_notice_is_escaped() -> None:
    text = render_to_string("ui/_notice.html", {"text": "<b>x</b>", "tone": "info"})

    assert "&lt;b&gt;" in text
