import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from senhong.ledger.tests.history import History
from senhong.ledger.tests.world import SEEN

pytestmark = pytest.mark.django_db

# HYPOTHESIS_PROFILE=thorough for a long run; it says what it has met.
EXAMPLES, STEPS = {"thorough": (1000, 40), "long": (150, 40)}.get(
    os.environ.get("HYPOTHESIS_PROFILE", ""), (25, 25)
)


def test_after_any_history_every_figure_is_the_sum_of_its_postings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink] if EXAMPLES < 100 else [Phase.generate],
            suppress_health_check=[*HealthCheck],
        ),
    )

    with capsys.disabled():
        if EXAMPLES >= 100:
            print(dict(SEEN))  # noqa: T201
    assert min(SEEN["changes"], SEEN["asked"]) > 0
