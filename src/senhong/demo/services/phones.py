"""What the volunteer's phone brought and a person has to look at."""

import json
from typing import Any

from senhong.accounts.queries import get_user
from senhong.activities.models import Help
from senhong.core import clock
from senhong.demo.services.stage import Stage
from senhong.org.queries import actor_of
from senhong.sync.delivery import Sender
from senhong.sync.services import receive_acts


def leave_acts_aside(stage: Stage) -> None:
    """One act that does not fit, and one under an id that names another help."""
    user = get_user("tinhnguyen")
    helps = Help.objects.filter(team=stage.busiest_crew().team).select_related("activity")
    stands = helps.order_by("-pk")[0]
    at = clock.start_of(stands.given_on).replace(hour=3).isoformat()
    fits: dict[str, Any] = {
        "type": "help",
        "team": str(stands.team_id),
        "activity": str(stands.activity_id),
        "services": stands.services,
        "citizens": stands.people + 2,
        "at": at,
        "note": "Ghi bù buổi sáng",
    }
    conflict = {"id": str(stands.pk), **fits}
    held = {"id": str(stage.ids.next("act")), **fits, "citizens": "2 người"}
    acts = [conflict, held]
    receive_acts(actor_of(user.pk), acts, lambda: list(map(_text, acts)), Sender(user.pk))


def _text(act: dict[str, Any]) -> str:
    return json.dumps(act, ensure_ascii=False)
