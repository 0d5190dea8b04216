"""When a start builds the demo."""

from datetime import date

import pytest

from senhong.config.queries import takes_a_demo
from senhong.demo.services import remove_demo
from senhong.org.services import found_installation
from senhong.org.tests.make import SYSTEM, a_province

pytestmark = pytest.mark.django_db


def test_an_installation_that_nobody_has_founded_takes_a_demo() -> None:
    assert takes_a_demo()

    found_installation(SYSTEM, province=a_province())

    assert not takes_a_demo()


def test_a_demo_that_was_removed_does_not_come_back() -> None:
    found_installation(SYSTEM, province=a_province(), demo_reading_on=date(2023, 3, 20))

    remove_demo(SYSTEM)

    assert not takes_a_demo()
