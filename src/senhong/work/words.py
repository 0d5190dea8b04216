"""How tasks are said on pages, in messages and documents."""

from senhong.web.components import Tone
from senhong.work.clocks import Outcome
from senhong.work.states import TaskState

# Colours go with a word, never alone.
OUTCOME_TONES: dict[str, Tone] = {
    Outcome.ON_TIME: "reached",
    Outcome.LATE: "on-pace",
    Outcome.RUNNING: "neutral",
    Outcome.OVERDUE: "behind",
}
STATE_TONES: dict[str, Tone] = {
    TaskState.OPEN: "not-begun",
    TaskState.RUNNING: "neutral",
    TaskState.HANDED_IN: "ahead",
    TaskState.RETURNED: "behind",
    TaskState.PAUSED: "not-begun",
    TaskState.ACCEPTED: "reached",
    TaskState.CANCELLED: "not-begun",
}
