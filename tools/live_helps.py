"""What an installation holds of its helps, read from its tables: run inside it, prints JSON."""

import json
import sys
from collections import Counter
from uuid import UUID

from django.db.models import Count, Sum

from senhong.activities.models import Help, Participant
from senhong.audit.models import Event
from senhong.ledger.models import Posting
from senhong.sync.models import KeptAct


def main() -> None:
    sources = Posting.objects.filter(source_kind="help").values_list("source_id", flat=True)
    sums = Posting.objects.filter(source_kind="help").values_list("indicator__code")
    held = {
        "helps": [str(id) for id in Help.objects.values_list("pk", flat=True)],
        "postings": {str(source): lines for source, lines in Counter(sources).items()},
        "sums": dict(sums.annotate(sum=Sum("quantity"))),
        "kept": dict(KeptAct.objects.values_list("kind").annotate(number=Count("pk"))),
        "there": [str(id) for id in _there()],
        "events": Event.objects.filter(name="help.recorded").count(),
    }
    sys.stdout.write(json.dumps(held) + "\n")


def _there() -> set[UUID]:
    """Activities at which somebody is."""
    return set(Participant.objects.there().values_list("activity", flat=True))
