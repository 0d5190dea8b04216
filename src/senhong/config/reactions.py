"""What follows from what. The one place to look for side effects.

*Together*: in the event's own transaction, called with the actor and the event's facts.
*Afterwards*: a job, queued in that transaction, called with the event's id.
"""

from senhong.audit.services import AFTERWARDS, TOGETHER
from senhong.ledger.services import carry_totals
from senhong.org.jobs import import_country

TOGETHER.update({"map.changed": [carry_totals]})
AFTERWARDS.update({"units.wanted": [import_country]})
