import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senhong.core.rows import run_often

pytestmark = pytest.mark.django_db


def test_a_statement_of_every_request_answers_and_is_told_each_time() -> None:
    """Also when the database has it prepared, after some times."""
    with CaptureQueriesContext(connection) as seen:
        answers = [run_often("SELECT 1 + CAST(%s AS integer)", [n]) for n in range(5)]

    assert answers == [[(n + 1,)] for n in range(5)]
    assert len(seen) == 5
    assert all("SELECT 1 +" in query["sql"] for query in seen)
