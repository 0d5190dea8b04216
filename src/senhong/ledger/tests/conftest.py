"""The small province in which tests of figures take place."""

import pytest

from senhong.ledger.models import Indicator
from senhong.ledger.tests.make import an_indicator
from senhong.org.models import Unit
from senhong.org.tests.make import a_province


@pytest.fixture
def province() -> Unit:
    return a_province("Tỉnh A", huyen_a=["Xã 1", "Xã 2"], huyen_b=["Xã 3"])


@pytest.fixture
def units(province: Unit) -> dict[str, Unit]:
    found = Unit.objects.select_related("province").filter(province=province)
    return {unit.name: unit for unit in found}


@pytest.fixture
def flow() -> Indicator:
    return an_indicator("test.flow")
