"""The API does what its own OpenAPI document says, for any request."""

import json
from importlib import import_module
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)

from senhong.accounts.services import issue_token
from senhong.config.wsgi import application
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import SYSTEM, a_grant
from tests.cast import a_world
from tests.code import module_of, sources
from tools import generate

# The document itself, since asking for it would need a database before any test runs.
schema = schemathesis.openapi.from_dict(json.loads(generate.openapi_document()))
schema.app, schema.location = application, "/api/v1/openapi.json"
EXAMPLES = 15
# Hypothesis also tries words of our code, as far as it is loaded: all of it, whatever ran before.
for source in sources():
    import_module(module_of(source))


# With a parameter, each operation is a test with a name of its own.
@pytest.fixture(params=["province"])
def token(db: None, request: pytest.FixtureRequest) -> str:
    """Of one who may do everything at the world's province: the contract is not about who."""
    world = a_world()
    user = world.users[request.param]
    a_grant(user, Unit.objects.get(key=world.ids["a_province"]), Role.ADMINISTRATOR)
    return issue_token(SYSTEM, uuid7(), user=user, name="thử hợp đồng")


@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation(case: "schemathesis.Case[Any]", token: str) -> None:
    # Facts that fit the schema may still not be: a period that ends before it begins (422).
    left_out: list[Any] = [positive_data_acceptance]
    if case.path == "/api/v1/sync":
        left_out.append(negative_data_rejection)  # an act that does not fit is held, not refused
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=left_out)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize(
    "address", ["/api/v1/figures?unit=%00&from=2023-03-01&to=2023-03-20", "/units/%00/"]
)
def test_a_nul_is_refused_on_both_databases(client: Client, token: str, address: str) -> None:
    answer = client.get(address, headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 400
