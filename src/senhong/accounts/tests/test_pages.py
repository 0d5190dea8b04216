import re
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory

from senhong.accounts import services
from senhong.accounts.adapter import WAIT_MINUTES, WAIT_S
from senhong.accounts.auth import BrowserAuth
from senhong.accounts.errors import CsrfMissing
from senhong.accounts.models import ApiToken, User
from senhong.accounts.queries import user_of_token
from senhong.accounts.tests.make import KEEPER, PASSWORD, a_token, a_user
from senhong.core.ids import uuid7

pytestmark = pytest.mark.django_db
OTHER = "mot-cau-khac-de-nho"


def sign_in(user: User, password: str = PASSWORD, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/accounts/login/", {"login": user.username, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_who_knows_her_password_signs_in_and_goes_where_she_wanted() -> None:
    user = a_user(password=PASSWORD)
    client = Client()

    answer = client.post(
        "/accounts/login/?next=/accounts/tokens/", {"login": "an", "password": PASSWORD}
    )

    assert answer["Location"] == "/accounts/tokens/"
    assert is_signed_in(client)
    assert user.username == "an"


def test_a_stranger_is_not_sent_to_another_site() -> None:
    a_user(password=PASSWORD)

    answer = Client().post(
        "/accounts/login/?next=https://example.org/", {"login": "an", "password": PASSWORD}
    )

    assert answer["Location"] == "/"


def test_a_wrong_password_is_a_mistake_in_the_form() -> None:
    a_user(password=PASSWORD)
    client = Client()

    answer = client.post("/accounts/login/", {"login": "an", "password": OTHER})

    assert answer.status_code == 422
    assert not is_signed_in(client)
    assert OTHER not in answer.content.decode()


def test_the_login_page_says_what_to_do_when_the_password_is_forgotten() -> None:
    page = Client().get("/accounts/login/").content.decode()

    assert "Quên mật khẩu?" in page
    assert "văn phòng đơn vị của bạn" in page
    assert "signup" not in page


def test_who_guesses_too_often_must_wait() -> None:
    a_user(password=PASSWORD)
    cache.clear()
    client = Client()
    for _ in range(5):
        client.post("/accounts/login/", {"login": "an", "password": OTHER})

    answer = client.post("/accounts/login/", {"login": "an", "password": PASSWORD})

    assert not is_signed_in(client)
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert "Hãy đợi 5 phút" in answer.content.decode()


@pytest.mark.parametrize(
    ("action", "wait_s"),
    [("login", WAIT_S), ("change_password", WAIT_S), ("login_failed", 60 * WAIT_MINUTES)],
)
def test_after_the_wait_that_is_told_one_may_try_again(action: str, wait_s: int) -> None:
    rates = ratelimit.get_rates(app="allauth.account", action=action)

    assert max(rate.duration for rate in rates) == wait_s


def test_an_address_that_signs_in_too_often_is_told_when_to_come_back() -> None:
    user = a_user(password=PASSWORD)
    cache.clear()
    with time_machine.travel(datetime(2026, 1, 5, 3, tzinfo=UTC), tick=False) as clock:
        for _ in range(120):
            Client().post("/accounts/login/", {"login": "an"})

        answer = Client().post("/accounts/login/", {"login": "an", "password": PASSWORD})
        clock.shift(int(answer["Retry-After"]))
        may_come_back = is_signed_in(sign_in(user))

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Hãy đợi một phút" in answer.content.decode()
    assert may_come_back


def test_nobody_waits_for_the_guesses_of_others_at_her_address() -> None:
    user = a_user(password=PASSWORD)
    cache.clear()
    for number in range(25):  # a school that has forgotten its passwords
        Client().post("/accounts/login/", {"login": f"ban{number}", "password": OTHER})

    assert is_signed_in(sign_in(user))


def test_signing_in_speaks_vietnamese_and_says_nothing_that_is_seen() -> None:
    user = a_user(password=PASSWORD)
    client = Client()

    wrong = client.post("/accounts/login/", {"login": "an", "password": OTHER}).content.decode()
    sign_in(user, client=client)

    assert "chưa đúng" in wrong
    assert "are not correct" not in wrong
    assert "Successfully" not in client.get("/accounts/tokens/").content.decode()


def test_a_closed_account_does_not_sign_in() -> None:
    user = a_user(password=PASSWORD)
    services.deactivate(KEEPER, user)

    client = Client()
    right = client.post("/accounts/login/", {"login": "an", "password": PASSWORD})
    wrong = client.post("/accounts/login/", {"login": "an", "password": OTHER})

    assert not is_signed_in(client)
    assert (right.status_code, wrong.status_code) == (403, 422)
    assert "Tài khoản đã khóa" in right.content.decode()


def test_signing_out_asks_first() -> None:
    client = sign_in(a_user(password=PASSWORD))

    assert "Bạn muốn đăng xuất" in client.get("/accounts/logout/").content.decode()
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_one_time_password_opens_only_the_page_where_ones_own_is_set() -> None:
    user = a_user(password=PASSWORD)
    once = services.reset_password(KEEPER, user)
    client = sign_in(user, once)

    page = client.get("/people/")
    api = client.get("/api/v1/teams")
    form = client.get("/accounts/password/change/")
    assert (page.status_code, page["Location"]) == (303, "/accounts/password/change/")
    assert (api.status_code, api.json()["code"]) == (403, "password-must-change")
    assert api["Content-Type"] == "application/problem+json"
    assert "mật khẩu dùng một lần" in form.content.decode()

    client.post(
        "/accounts/password/change/",
        {"oldpassword": once, "password1": OTHER, "password2": OTHER},
    )
    assert client.get("/people/").status_code == 200
    assert is_signed_in(sign_in(user, OTHER))
    assert not is_signed_in(sign_in(user, once))


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [(OTHER, OTHER, OTHER), (PASSWORD, "12345678", "12345678"), (PASSWORD, OTHER, "khac-nua-roi")],
)
def test_a_password_is_not_changed_by_mistake(old: str, new: str, again: str) -> None:
    user = a_user(password=PASSWORD)
    client = sign_in(user)

    answer = client.post(
        "/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": again}
    )

    assert answer.status_code == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_nobody_changes_a_password_without_signing_in() -> None:
    answer = Client().get("/accounts/password/change/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_token_is_issued_shown_once_used_and_revoked() -> None:
    user = a_user(password=PASSWORD)
    client, form = sign_in(user), {"id": uuid7(), "name": "bảng tính"}

    answer = client.post("/accounts/tokens/", form)
    token = re.search(r"sh_[\w-]+", answer.content.decode())
    again = client.post("/accounts/tokens/", form)

    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    assert token
    assert user_of_token(token[0]) == user
    assert (again.status_code, ApiToken.objects.count()) == (409, 1)
    page = client.get("/accounts/tokens/").content.decode()
    assert "bảng tính" in page
    assert token[0] not in page
    revoked = client.post(f"/accounts/tokens/{form['id']}/revoke/")
    assert revoked.status_code == 303
    assert user_of_token(token[0]) is None


def test_nobody_revokes_a_token_of_another_person() -> None:
    a_token(a_user("binh"))
    client = sign_in(a_user(password=PASSWORD))

    answer = client.post(f"/accounts/tokens/{ApiToken.objects.get().pk}/revoke/")

    assert answer.status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_the_api_knows_who_asks_by_token_or_by_session() -> None:
    user = a_user(password=PASSWORD)
    bearer = {"Authorization": f"Bearer {a_token(user)}"}

    assert Client().get("/api/v1/teams", headers=bearer).status_code == 200
    assert sign_in(user).get("/api/v1/teams").status_code == 200
    for wrong in ({}, {"Authorization": "Bearer sh_no"}, {"Authorization": "Basic YTpi"}):
        answer = Client().get("/api/v1/teams", headers=wrong)
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


def test_another_site_cannot_act_through_a_session() -> None:
    request = RequestFactory().post("/api/v1/help")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "any"
    request.user = a_user()

    with pytest.raises(CsrfMissing):
        BrowserAuth()(request)


def test_who_is_not_signed_in_is_told_so_and_not_asked_for_a_csrf_token() -> None:
    request = RequestFactory().post("/api/v1/help")
    request.user = AnonymousUser()

    assert BrowserAuth()(request) is None


def test_the_console_prints_the_token_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    user = a_user()

    call_command("issue_token", username="an")

    printed = capsys.readouterr().out
    assert user_of_token(printed.strip()) == user
    assert printed == printed.strip() + "\n"


def test_the_console_says_when_there_is_no_such_user() -> None:
    with pytest.raises(CommandError, match="Không tìm thấy tài khoản"):
        call_command("issue_token", username="khong-co")
