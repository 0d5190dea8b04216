import pytest

from senhong.core.actor import Actor, Grant
from senhong.core.errors import Forbidden

CHI = Actor(1, frozenset({Grant("unit.view", "1/22/"), Grant("unit.view", "1/22/333/")}))


def test_a_grant_flows_down_and_neither_up_nor_sideways() -> None:
    assert CHI.can("unit.view", at="1/22/")
    assert CHI.can("unit.view", at="1/22/333/t0190/")
    assert not CHI.can("unit.view", at="1/")
    assert not CHI.can("unit.view", at="1/2/")
    assert not CHI.can("unit.view", at="1/223/")
    assert not CHI.can("help.record", at="1/22/")


def test_whoever_lacks_the_verb_is_refused() -> None:
    CHI.require("unit.view", at="1/22/")
    with pytest.raises(Forbidden):
        CHI.require("unit.view", at="1/")


def test_paths_leave_out_what_lies_below_another() -> None:
    assert list(CHI.paths("unit.view")) == ["1/22/"]
    assert list(CHI.paths("help.record")) == []
