"""What may be done to tasks. The only writers of this app."""

from senhong.work.services.answers import (
    AnswerFacts,
    accept_task,
    hand_in,
    return_task,
    take_back,
)
from senhong.work.services.clauses import remove_clause, write_clause
from senhong.work.services.copying import CopyHow, copy_tree
from senhong.work.services.counting import reach_task
from senhong.work.services.dependencies import make_dependency, remove_dependency
from senhong.work.services.doing import cancel_task, pause_task, resume_task, start_task
from senhong.work.services.extensions import (
    ask_extension,
    grant_extension,
    refuse_extension,
    withdraw_extension,
)
from senhong.work.services.facts import TaskFacts, TaskPlace
from senhong.work.services.importing import import_tasks, save_mapping
from senhong.work.services.lists import (
    ListFacts,
    change_list,
    close_list,
    make_group,
    make_list,
    remove_group,
    remove_milestone,
    set_milestone,
)
from senhong.work.services.people import (
    carry_tasks_of_account,
    follow_task,
    name_answerable,
    release_tasks_of_member,
    set_parts,
)
from senhong.work.services.repeating import (
    RepeatFacts,
    end_repetition,
    make_occurrence,
    set_repetition,
)
from senhong.work.services.rules import RuleFacts, remove_day, set_day, set_work_rule
from senhong.work.services.sending import Sent, assign_down, remind_silent
from senhong.work.services.talk import (
    attach_file,
    comment_on,
    detach_file,
    remove_item,
    tick_item,
    write_item,
)
from senhong.work.services.tasks import change_task, hang_task, make_task, place_task
from senhong.work.services.units import carry_tasks, restore_tasks

__all__ = [
    "AnswerFacts",
    "CopyHow",
    "ListFacts",
    "RepeatFacts",
    "RuleFacts",
    "Sent",
    "TaskFacts",
    "TaskPlace",
    "accept_task",
    "ask_extension",
    "assign_down",
    "attach_file",
    "cancel_task",
    "carry_tasks",
    "carry_tasks_of_account",
    "change_list",
    "change_task",
    "close_list",
    "comment_on",
    "copy_tree",
    "detach_file",
    "end_repetition",
    "follow_task",
    "grant_extension",
    "hand_in",
    "hang_task",
    "import_tasks",
    "make_dependency",
    "make_group",
    "make_list",
    "make_occurrence",
    "make_task",
    "name_answerable",
    "pause_task",
    "place_task",
    "reach_task",
    "refuse_extension",
    "release_tasks_of_member",
    "remind_silent",
    "remove_clause",
    "remove_day",
    "remove_dependency",
    "remove_group",
    "remove_item",
    "remove_milestone",
    "restore_tasks",
    "resume_task",
    "return_task",
    "save_mapping",
    "set_day",
    "set_milestone",
    "set_parts",
    "set_repetition",
    "set_work_rule",
    "start_task",
    "take_back",
    "tick_item",
    "withdraw_extension",
    "write_clause",
    "write_item",
]
