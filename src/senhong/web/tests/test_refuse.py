"""What is answered when a request cannot be: a page for people, problem+json for programs."""

import json
from http import HTTPStatus

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from pydantic import BaseModel, Field, ValidationError

from senhong.web import views
from senhong.web.known_errors import known_errors
from senhong.web.middleware import MethodMiddleware
from senhong.web.mistakes import sentence_of
from senhong.web.problem import ERRORS_PAGE

pytestmark = pytest.mark.django_db


def test_a_missing_api_address_is_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/no-such-thing")

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_page_that_only_takes_a_form_says_so_and_names_its_methods(client: Client) -> None:
    answer = client.get("/theme/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Hãy đi từ trang đầu" in answer.content.decode()


def test_a_wrong_method_of_the_api_is_a_problem(client: Client) -> None:
    answer = client.delete("/api/v1/help")

    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert answer["Allow"] == "POST"


def test_other_answers_pass_untouched() -> None:
    fine = HttpResponse("fine")

    assert MethodMiddleware(lambda request: fine)(RequestFactory().get("/api/v1/x")) is fine


def test_a_broken_api_answers_a_problem() -> None:
    answer = views.broken(RequestFactory().get("/api/v1/teams"))

    assert (answer.status_code, json.loads(answer.content)["code"]) == (500, "broken")


def test_an_address_of_another_host_is_a_page_without_a_frame(client: Client) -> None:
    page = client.get("/ui/", headers={"Host": "evil example"})
    api = client.get("/api/v1/teams", headers={"Host": "evil example"})

    assert (page.status_code, api.status_code) == (400, 400)
    assert "không đọc được yêu cầu" in page.content.decode()
    assert api.json()["code"] == "unreadable-request"


def test_a_form_without_its_token_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})

    assert answer.status_code == 403
    assert "tải lại rồi gửi" in answer.content.decode()


@pytest.fixture
def an(client: Client) -> Client:
    """Signed in, without a role."""
    client.force_login(get_user_model().objects.create(username="an", full_name="An"))
    return client


def test_a_query_parameter_that_nobody_knows_is_refused_beside_what_is_missing(an: Client) -> None:
    answer = an.get("/api/v1/figures?unit=P87-2&form=2023-03-01&to=2023-03-20")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert answer.json()["params"] == {
        "query.from": "Còn thiếu mục này.",
        "query.form": "Không có tham số này. Hãy chọn trong: unit, from, to, map, indicator, by.",
    }


def test_a_query_parameter_that_is_no_list_comes_once(an: Client) -> None:
    asked = "/api/v1/figures?indicator=sorties&indicator=activities&unit=P87-2&unit=P82-3&unit=P1"
    answer = an.get(f"{asked}&from=2023-03-01&to=2023-03-20")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert answer.json()["params"] == {"query.unit": "Tham số này chỉ gửi một lần. Hãy bỏ bớt."}


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_operation_without_query_parameters_takes_none(an: Client, method: str) -> None:
    address = {"get": "/api/v1/indicators?group=society", "post": "/api/v1/help?dry-run=1"}[method]
    answer = getattr(an, method)(address, content_type="application/json")

    [told] = [text for name, text in answer.json()["params"].items() if name.startswith("query.")]
    assert (answer.status_code, told) == (422, "Địa chỉ này không nhận tham số nào. Hãy bỏ đi.")


def test_who_is_not_signed_in_is_told_that_first(client: Client) -> None:
    assert client.get("/api/v1/indicators?group=society").status_code == 401


def test_json_that_cannot_be_read_is_called_that(an: Client) -> None:
    answer = an.post("/api/v1/helps", "{", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable-json")


def test_a_session_without_the_csrf_token_is_told_what_to_send() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.create(username="an", full_name="An"))

    answer = client.post("/api/v1/helps", "{}", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf-missing")
    assert "X-CSRFToken" in answer.json()["detail"]


def test_every_code_has_its_anchor_on_the_page_of_errors(client: Client) -> None:
    page = client.get(ERRORS_PAGE.removesuffix("#"))

    assert page.status_code == HTTPStatus.OK
    text = page.content.decode()
    assert [e.code for e in known_errors() if f'id="{e.code}"' not in text] == []


def test_no_code_is_used_twice() -> None:
    codes = [error.code for error in known_errors()]

    assert len(codes) == len(set(codes))


class Asked(BaseModel, extra="forbid"):
    people: int = Field(ge=1)
    name: str = Field(max_length=3)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "An"}, "Còn thiếu mục này."),
        ({"name": "An", "people": "hai"}, "Hãy gửi một số nguyên."),
        ({"name": "An", "people": 0}, "Ít nhất là 1."),
        ({"name": "Bình", "people": 1}, "Nhiều nhất 3 ký tự."),
        ({"name": "An", "people": 1, "x": 1}, "Không có mục nào tên như vậy. Hãy bỏ đi."),
    ],
)
def test_a_mistake_is_said_in_the_language_of_the_reader(
    asked: dict[str, object], said: str
) -> None:
    with translation.override("vi"), pytest.raises(ValidationError) as refused:
        Asked(**asked)  # type: ignore[arg-type]  # what a program may send

    [error] = refused.value.errors()
    assert sentence_of(dict(error)) == said


def test_a_mistake_without_a_sentence_names_its_kind() -> None:
    assert "url_scheme" in sentence_of({"type": "url_scheme", "msg": "English"})


def test_static_files_carry_the_policy_and_belong_to_no_other_origin(client: Client) -> None:
    answer = client.get("/static/web/icon.svg")

    assert answer.status_code == HTTPStatus.OK
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer
