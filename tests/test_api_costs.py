"""What a list of the API costs: as many queries with one row as with thirty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.accounts.tests.make import a_token
from senhong.activities.tests.make import an_activity
from senhong.ledger.tests.make import posted
from senhong.org.models import Role, Unit
from senhong.org.tests.make import SYSTEM, a_grant, a_province, a_unit, a_user
from senhong.people.tests.make import a_membership, a_team
from senhong.plans.tests.make import a_plan, a_target
from senhong.practices.tests.make import a_practice

pytestmark = pytest.mark.django_db

WHO_ASKS = 2  # whose token it is, and what she may do
MARCH = "from=2023-03-01&to=2023-03-31"


def a_busy_province(rows: int) -> Unit:
    province = a_province()
    plan = a_plan(province)
    for number in range(rows):
        commune = a_unit(f"Xã {number}", province)
        a_target(commune, plan=plan)
        an_activity(a_membership(a_team(commune)).team)
        a_plan(commune)
        a_practice(commune)
        posted(SYSTEM, commune)
    return province


# Beyond who asks: the day that is read where it matters, the unit where one is named, the list;
# of activities also their teams and partners, of figures and targets the map and the sums, of
# figures also whether help counts at once.
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/indicators", 1),
        ("/services", 1),
        ("/activities", 3),
        ("/activities?unit={unit}", 4),
        ("/practices", 1),
        ("/plans", 1),
        ("/plans?unit={unit}", 3),
        ("/teams?on=2023-03-20", 1),
        ("/teams", 2),
        ("/teams?unit={unit}", 3),
        ("/members?on=2023-03-20", 1),
        ("/members", 2),
        ("/members?unit={unit}", 3),
        ("/targets?on=2023-03-20", 3),
        ("/targets?unit={unit}", 5),
        (f"/figures?unit={{unit}}&{MARCH}", 5),
        (f"/figures?unit={{unit}}&by=unit&{MARCH}", 6),
        (f"/postings?unit={{unit}}&indicator=test.flow&{MARCH}", 6),
    ],
)
def test_a_list_takes_as_many_queries_with_one_row_as_with_thirty(path: str, most: int) -> None:
    counts = []
    for rows in (1, 30):
        province = a_busy_province(rows)
        user = a_user()
        a_grant(user, province, Role.PROVINCE_OFFICE)
        headers = {"Authorization": f"Bearer {a_token(user)}"}
        with CaptureQueriesContext(connection) as seen:
            answer = Client().get(f"/api/v1{path.format(unit=province.key)}", headers=headers)
        assert answer.status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1] <= WHO_ASKS + most
