import pytest

from senhong.accounts import services
from senhong.accounts.errors import (
    AccountInactive,
    TokenAlreadyShown,
    UsernameNotAllowed,
    UsernameTaken,
    WeakPassword,
)
from senhong.accounts.models import ApiToken, User
from senhong.accounts.queries import user_of_token
from senhong.accounts.tests.make import KEEPER, PASSWORD, a_token, a_user
from senhong.audit.models import Event
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7

pytestmark = pytest.mark.django_db


def test_a_user_signs_in_with_the_password_she_was_given() -> None:
    user = a_user("An.Nguyen", password=PASSWORD)

    assert user.username == "an.nguyen"
    assert user.check_password(PASSWORD)
    assert not user.must_change_password


def test_without_a_password_nobody_signs_in() -> None:
    assert not a_user().has_usable_password()


def test_two_people_never_share_a_user_name() -> None:
    a_user("an")

    with pytest.raises(UsernameTaken) as refused:
        a_user("AN", "Trần Thị An")

    assert "Hãy chọn tên khác" in str(refused.value)
    assert User.objects.count() == 1


@pytest.mark.parametrize("username", ["nguyễn", "an nguyen", "", "a" * 51, "<an>"])
def test_a_user_name_can_be_typed_on_any_keyboard(username: str) -> None:
    with pytest.raises(UsernameNotAllowed):
        a_user(username)


def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason() -> None:
    with pytest.raises(WeakPassword) as refused:
        a_user(password="12345678")

    assert "12345678" not in str(refused.value)
    assert refused.value.reasons


def test_the_reason_is_in_the_readers_language() -> None:
    with pytest.raises(WeakPassword) as refused:
        a_user(password="Sen-9")

    assert "cần ít nhất 8 ký tự" in refused.value.reasons


def test_who_may_not_make_accounts_makes_none() -> None:
    with pytest.raises(Forbidden):
        services.make_user(Actor(None), username="an", full_name="An")


def test_a_reset_password_works_once_and_then_another_must_be_chosen() -> None:
    user = a_user(password=PASSWORD)

    first = services.reset_password(KEEPER, user)

    user.refresh_from_db()
    assert user.check_password(first)
    assert user.must_change_password
    services.change_password(Actor(user.pk), user, PASSWORD)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not user.must_change_password


def test_one_person_does_not_change_the_password_of_another() -> None:
    an, binh = a_user("an"), a_user("binh")

    with pytest.raises(Forbidden):
        services.change_password(Actor(an.pk), binh, PASSWORD)


def test_a_closed_account_opens_nothing() -> None:
    user = a_user(password=PASSWORD)
    token = a_token(user)

    services.deactivate(KEEPER, user)
    services.deactivate(KEEPER, user)

    assert user_of_token(token) is None
    assert Event.objects.filter(name="account.closed").count() == 1
    with pytest.raises(AccountInactive):
        services.reset_password(KEEPER, user)
    with pytest.raises(AccountInactive):
        a_token(user)


def test_an_account_opened_again_keeps_its_password_and_not_its_tokens() -> None:
    user = a_user(password=PASSWORD)
    token = a_token(user)
    services.deactivate(KEEPER, user)

    services.reactivate(KEEPER, user)

    user.refresh_from_db()
    assert user.is_active
    assert user.check_password(PASSWORD)
    assert user_of_token(token) is None


def test_a_token_stands_for_its_user_until_it_is_revoked() -> None:
    user = a_user()
    token = a_token(user)

    assert user_of_token(token) == user
    services.revoke_token(Actor(user.pk), ApiToken.objects.get())
    services.revoke_token(Actor(user.pk), ApiToken.objects.get())

    assert user_of_token(token) is None
    assert Event.objects.filter(name="token.revoked").count() == 1


def test_only_the_digest_of_a_token_is_kept() -> None:
    token = a_token(a_user())

    kept = ApiToken.objects.get()

    assert token not in vars(kept).values()
    assert token.removeprefix("sh_") not in str(list(Event.objects.values()))


def test_a_token_is_shown_once() -> None:
    user, id = a_user(), uuid7()
    services.issue_token(KEEPER, id, user=user, name="máy tính")

    with pytest.raises(TokenAlreadyShown):
        services.issue_token(KEEPER, id, user=user, name="máy tính")
    with pytest.raises(IdReused):
        services.issue_token(KEEPER, id, user=a_user("binh"), name="máy tính")


def test_nobody_issues_or_revokes_a_token_of_another_person() -> None:
    an, binh = a_user("an"), a_user("binh")
    a_token(an)

    with pytest.raises(Forbidden):
        services.issue_token(Actor(binh.pk), uuid7(), user=an, name="x")
    with pytest.raises(Forbidden):
        services.revoke_token(Actor(binh.pk), ApiToken.objects.select_related("user").get())


def test_no_event_carries_a_name_or_a_password() -> None:
    user = a_user("binh", "Trần Thị Bình", PASSWORD)
    password = services.reset_password(KEEPER, user)

    told = str(list(Event.objects.values()))

    assert "Bình" not in told
    assert password not in told
    assert PASSWORD not in told
