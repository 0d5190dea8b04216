"""The word of one team, and those who heard it and wait."""

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.demo.services.stage import Crew, Stage
from senhong.people.services import Asking, ask_to_join, make_join_code

_WAITING = 3


def open_the_door(stage: Stage, crew: Crew) -> None:
    """Three wait for the leader; the first is called as a member who has no account yet."""
    today = as_day(clock.today())
    if not crew.team.from_day <= today < crew.team.to_day:
        return  # the demo is read before its new map
    code = make_join_code(stage.actor, stage.ids.next("join-code"), crew.team)
    names = [crew.members[4].full_name, *(stage.name() for _ in range(_WAITING - 1))]
    for name in names:
        asking = Asking(full_name=name)
        ask_to_join(Actor(None), stage.ids.next("newcomer"), code, asking)
