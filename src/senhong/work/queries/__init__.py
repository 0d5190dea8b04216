"""What is to be done, by whom, until when, and how far it is."""

from senhong.work.queries.board import BoardColumn, board_of_list, board_of_unit
from senhong.work.queries.calendars import (
    calendar_of,
    day_rules_of,
    get_day_rule,
    quiet_hours,
    work_rule_of,
    work_rules_of,
    work_time_of,
)
from senhong.work.queries.digests import Digest, digests_due, digests_wanted
from senhong.work.queries.feeds import deadline_feed_of, deadlines_in, standing_deadline_feed
from senhong.work.queries.heirs import came_along, tasks_hanging
from senhong.work.queries.lists import (
    TaskSlice,
    Wanted,
    get_group,
    get_list,
    lists_of,
    task_slice,
)
from senhong.work.queries.matrix import (
    MOST_COLUMNS,
    AnswerLine,
    AnswersSummed,
    Matrix,
    MatrixCell,
    answers_summed,
    matrix_of,
    sent_tasks,
)
from senhong.work.queries.mine import Exceptions, MyWork, exceptions_at, my_work
from senhong.work.queries.notices import NoticeDue, by_person, notices_due
from senhong.work.queries.one import (
    HISTORY,
    TaskPage,
    get_task,
    get_task_file,
    get_task_page,
    history_of,
)
from senhong.work.queries.outcomes import (
    CountBy,
    Counted,
    OutcomeCounts,
    OutcomeRow,
    outcomes_by,
    outcomes_of,
)
from senhong.work.queries.papers import (
    ClauseTask,
    ClauseWork,
    Execution,
    UnitWork,
    execution_of,
    get_clause,
    idle_clauses,
    tasks_of_directives,
)
from senhong.work.queries.people import people_at
from senhong.work.queries.progress import Progress, progress_of, tasks_that_count
from senhong.work.queries.sent import Chosen, silent_units, units_chosen
from senhong.work.queries.timelines import (
    Timeline,
    clauses_of,
    is_broken,
    milestones_of,
    repetitions_due,
    timeline_of,
)
from senhong.work.queries.told import own_parcel

__all__ = [
    "HISTORY",
    "MOST_COLUMNS",
    "AnswerLine",
    "AnswersSummed",
    "BoardColumn",
    "Chosen",
    "ClauseTask",
    "ClauseWork",
    "CountBy",
    "Counted",
    "Digest",
    "Exceptions",
    "Execution",
    "Matrix",
    "MatrixCell",
    "MyWork",
    "NoticeDue",
    "OutcomeCounts",
    "OutcomeRow",
    "Progress",
    "TaskPage",
    "TaskSlice",
    "Timeline",
    "UnitWork",
    "Wanted",
    "answers_summed",
    "board_of_list",
    "board_of_unit",
    "by_person",
    "calendar_of",
    "came_along",
    "clauses_of",
    "day_rules_of",
    "deadline_feed_of",
    "deadlines_in",
    "digests_due",
    "digests_wanted",
    "exceptions_at",
    "execution_of",
    "get_clause",
    "get_day_rule",
    "get_group",
    "get_list",
    "get_task",
    "get_task_file",
    "get_task_page",
    "history_of",
    "idle_clauses",
    "is_broken",
    "lists_of",
    "matrix_of",
    "milestones_of",
    "my_work",
    "notices_due",
    "outcomes_by",
    "outcomes_of",
    "own_parcel",
    "people_at",
    "progress_of",
    "quiet_hours",
    "repetitions_due",
    "sent_tasks",
    "silent_units",
    "standing_deadline_feed",
    "task_slice",
    "tasks_hanging",
    "tasks_of_directives",
    "tasks_that_count",
    "timeline_of",
    "units_chosen",
    "work_rule_of",
    "work_rules_of",
    "work_time_of",
]
