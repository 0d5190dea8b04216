"""A small storm (see ``bench.storm``): nothing that was acknowledged is lost or counted twice."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.storm import raged
from tools.live import Home, database_of_its_own


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """SQLite, or PostgreSQL where DATABASE_URL names a server."""
    if url := os.environ.get("DATABASE_URL"):
        with database_of_its_own(url) as own:
            yield Home(tmp_path, own)
    else:
        yield Home(tmp_path)


def test_a_storm_loses_nothing_and_counts_nothing_twice(home: Home) -> None:
    ground = home.answer_of("tools.live_ground", "--small", "--communes", "4")

    facts = raged(home, ground, phones=30, acts=8, kills=2, seed=7)

    assert facts["happened"]["killed"] == 2
    assert sum(facts["results"].values()) == facts["acts"]
    assert facts["results"]["recorded"] > 100
