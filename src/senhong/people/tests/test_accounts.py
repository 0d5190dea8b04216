import pytest

from senhong.accounts.errors import UsernameTaken
from senhong.accounts.models import User
from senhong.core.errors import Forbidden
from senhong.org.models import ROLE_VERBS, Role, Unit
from senhong.org.tests.make import SYSTEM, a_grant, a_province, a_unit, a_user, an_actor
from senhong.people import queries, services
from senhong.people.errors import AccountAlreadyLinked, MayDoMoreThanYou, NoAccount
from senhong.people.models import Member
from senhong.people.tests.make import a_member, a_membership

pytestmark = pytest.mark.django_db
SECRETARY = ("unit.view", "team.view", "member.view", "member.edit", "user.edit", "user.reset")


def with_account(unit: Unit) -> tuple[Member, User]:
    user = a_user()
    return a_member(unit, user), user


def test_a_member_gets_an_account_and_a_password_for_once() -> None:
    member = a_member(a_unit())

    password = services.open_account(SYSTEM, member, username="annv")

    user = User.objects.get(username="annv")
    assert user.check_password(password)
    assert user.must_change_password
    assert user.full_name == member.full_name
    assert Member.objects.get().user == user
    with pytest.raises(AccountAlreadyLinked):
        services.open_account(SYSTEM, member, username="annv2")


def test_a_taken_user_name_opens_nothing() -> None:
    a_user("annv")
    member = a_member(a_unit())

    with pytest.raises(UsernameTaken):
        services.open_account(SYSTEM, member, username="annv")

    assert User.objects.count() == 1
    assert Member.objects.get().user is None


def test_one_account_is_one_person() -> None:
    unit = a_unit()
    _member, user = with_account(unit)
    other = a_member(unit, full_name="Lê Bình")

    with pytest.raises(AccountAlreadyLinked):
        services.link_account(SYSTEM, other, user)


def test_linking_again_changes_nothing() -> None:
    member, user = with_account(a_unit())

    assert services.link_account(SYSTEM, member, user).user == user


def test_the_secretary_resets_the_password_of_her_own_people_only() -> None:
    commune, neighbour = a_unit("Xã A"), a_unit("Xã B", a_province())
    user = a_user()
    member = a_membership(user=user, team=None).member
    ours = an_actor(*SECRETARY, "posting.view", "activity.view", "activity.join", "help.record",
                    "figure.view", "plan.view", at=member.unit)  # fmt: skip
    theirs = an_actor(*SECRETARY, at=neighbour)

    password = services.reset_member_password(ours, member)

    user.refresh_from_db()
    assert user.check_password(password)
    with pytest.raises(Forbidden):
        services.reset_member_password(theirs, member)
    with pytest.raises(NoAccount):
        services.reset_member_password(SYSTEM, a_member(commune, full_name="Lê Chi"))


def test_nobody_takes_over_the_account_of_one_who_may_do_more() -> None:
    province = a_province("Tỉnh A")
    commune = a_unit("Xã A", a_unit("Huyện B", province))
    member, user = with_account(commune)
    a_grant(user, province, Role.PROVINCE_OFFICE)
    secretary = an_actor(*SECRETARY, at=commune)
    unlinked = a_member(commune, full_name="Lê Chi")
    other = a_user()
    a_grant(other, province, Role.ADMINISTRATOR)

    for refused in (
        lambda: services.reset_member_password(secretary, member),
        lambda: services.close_account(secretary, member),
        lambda: services.link_account(secretary, unlinked, other),
    ):
        with pytest.raises(MayDoMoreThanYou):
            refused()


def test_an_administrator_resets_whom_she_may_also_grant_roles() -> None:
    province = a_province("Tỉnh A")
    commune = a_unit("Xã A", a_unit("Huyện B", province))
    member, user = with_account(commune)
    a_grant(user, commune, Role.SECRETARY)
    administrator = an_actor("user.reset", "role.appoint", at=province)

    assert services.reset_member_password(administrator, member)


def test_to_grant_roles_is_not_enough_to_take_over_an_administrator() -> None:
    province = a_province("Tỉnh A")
    member, user = with_account(province)
    a_grant(user, province, Role.ADMINISTRATOR)
    office = an_actor(*ROLE_VERBS[Role.PROVINCE_OFFICE], at=province)

    with pytest.raises(MayDoMoreThanYou):
        services.reset_member_password(office, member)


def test_a_closed_account_is_opened_again() -> None:
    member, user = with_account(a_unit())

    services.close_account(SYSTEM, member)
    user.refresh_from_db()
    assert not user.is_active

    services.reopen_account(SYSTEM, member)
    user.refresh_from_db()
    assert user.is_active


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("Nguyễn Thị Hoa", "hoant"), ("Đỗ Ân", "and"), ("Y", "y"), ("Võ Thị Sáu", "sauvt")],
)
def test_a_user_name_is_suggested_from_the_name(name: str, suggested: str) -> None:
    assert queries.suggested_username(name) == suggested


def test_a_suggested_user_name_is_free() -> None:
    a_user("hoant")
    a_user("hoant2")

    assert queries.suggested_username("Nguyễn Thị Hoa") == "hoant3"
