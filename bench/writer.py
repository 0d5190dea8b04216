"""One writer of help, for as long as it is measured."""

import random
import time
from typing import Any
from uuid import UUID

from bench.measures import Facts
from senhong.accounts.queries import get_user
from senhong.activities.services import GivenHelp, record_helps
from senhong.core.ids import uuid7
from senhong.org.queries import actor_of

_BATCH = 50
_SECONDS = 8.0
_SERVICES = (
    ["vneid"],
    ["online-public-services"],
    ["online-public-services", "vneid"],
    ["cashless-payment"],
)

Ground = dict[str, Any]


def record(ground: Ground, seed: int, start: Any) -> Facts:
    chance = random.Random(seed)  # noqa: S311  # a load, no secret
    actor = actor_of(get_user(ground["username"]).pk)
    record_helps(actor, _batch(ground, chance))
    start.wait(timeout=60)
    took: list[float] = []
    recorded = postings = 0
    begun = time.perf_counter()
    while time.perf_counter() - begun < _SECONDS:
        batch = _batch(ground, chance)
        at = time.perf_counter()
        answered = record_helps(actor, batch)
        took.append(time.perf_counter() - at)
        recorded += sum(answer.error is None for answer in answered)
        postings += sum(
            len(set(given.services)) + 1 + ("vneid" in given.services) for given in batch
        )
    seconds = time.perf_counter() - begun
    return {"recorded": recorded, "postings": postings, "seconds": seconds, "took": took}


def _batch(ground: Ground, chance: random.Random) -> list[GivenHelp]:
    """Fifty helps in five activities, as a phone that was offline for a while would send them."""
    places = chance.sample(ground["activities"], min(5, len(ground["activities"])))
    return [
        GivenHelp(
            id=uuid7(),
            activity_id=UUID(place["id"]),
            team_id=UUID(place["team"]),
            services=tuple(chance.choice(_SERVICES)),
            people=chance.randint(1, 5),
        )
        for place in chance.choices(places, k=_BATCH)
    ]
