"""An empty database becomes this release's, with what is shipped, by one command.

Before the first release there is no older data to carry: what a release must bring from zero is
what every later one must keep. From 1.0 on, a small database of each release joins here.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from senhong.guides.models import HelpKind
from senhong.ledger.models import Indicator, Posting
from tools.live import Home, database_of_its_own

INDICATORS = {
    "teams.province", "teams.district", "teams.commune", "activities", "activities.province",
    "sorties", "volunteer-turns", "citizen-turns", "platform-turns", "organisations-helped",
}  # fmt: skip
SERVICES = {
    "online-public-services", "cashless-payment", "e-dong-thap", "y-te-dong-thap", "vneid",
    "thanh-nien-viet-nam", "email-account", "administrative-procedure", "e-commerce",
    "hoi-quan-it", "other",
}  # fmt: skip
APPEND_ONLY = Posting._meta.db_table


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Asks a database that was empty a moment ago, on the engine that is being tested."""
    folder = tmp_path_factory.mktemp("home")
    if not settings.DATABASE_URL:
        Home(folder).senhong("migrate", "--verbosity", "0")
        database = sqlite3.connect(folder / "senhong.sqlite3")
        yield lambda sql: database.execute(sql).fetchall()
        database.close()
        return
    with database_of_its_own(settings.DATABASE_URL) as url:
        Home(Path(folder), url).senhong("migrate", "--verbosity", "0")
        with psycopg.connect(url) as server:
            yield lambda sql: server.execute(sql).fetchall()


def test_shipped_indicators_are_there_with_their_rule(rows: Any) -> None:
    found = dict(rows(f"SELECT code, counting_rule FROM {Indicator._meta.db_table}"))

    assert found.keys() >= INDICATORS | {f"help.{code}" for code in SERVICES}
    assert [code for code, rule in found.items() if not rule] == []


def test_shipped_services_are_there(rows: Any) -> None:
    assert {code for (code,) in rows(f"SELECT code FROM {HelpKind._meta.db_table}")} >= SERVICES


def test_the_ledger_is_append_only(rows: Any) -> None:
    if settings.DATABASE_URL:
        events = rows(
            "SELECT DISTINCT event_manipulation FROM information_schema.triggers"
            f" WHERE event_object_table = '{APPEND_ONLY}'"
        )
        assert {"UPDATE", "DELETE"} <= {event for (event,) in events}
        return
    triggers = rows(
        f"SELECT sql FROM sqlite_master WHERE tbl_name = '{APPEND_ONLY}' AND sql LIKE '%TRIGGER%'"
    )
    text = " ".join(sql for (sql,) in triggers).upper()
    assert "BEFORE UPDATE" in text
    assert "BEFORE DELETE" in text


def test_migrating_again_does_nothing(tmp_path: Path) -> None:
    if settings.DATABASE_URL:
        pytest.skip("the same code on both engines")
    home = Home(tmp_path)
    home.senhong("migrate", "--verbosity", "0")

    assert "No migrations to apply" in home.senhong("migrate")
