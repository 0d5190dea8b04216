"""The page that says whether the server is well: it costs as little as it can."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from senhong.org.tests.make import a_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_a_look_at_health_asks_the_database_once(
    is_signed_in: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    if is_signed_in:
        client.force_login(a_user())

    with django_assert_num_queries(1):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
