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
from senhong.work.services.feeds import make_deadline_feed, revoke_deadline_feed
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
from senhong.work.services.notices import (
    Morning,
    forget_notices,
    pass_over,
    tell_morning,
)
from senhong.work.services.papers import ClauseFacts, Portion, split_directive, write_clauses
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
from senhong.work.services.rules import (
    RuleFacts,
    clear_work_rule,
    remove_day,
    set_day,
    set_work_rule,
)
from senhong.work.services.saved_views import remove_view, save_view
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
    "ClauseFacts",
    "CopyHow",
    "ListFacts",
    "Morning",
    "Portion",
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
    "clear_work_rule",
    "close_list",
    "comment_on",
    "copy_tree",
    "detach_file",
    "end_repetition",
    "follow_task",
    "forget_notices",
    "grant_extension",
    "hand_in",
    "hang_task",
    "import_tasks",
    "make_deadline_feed",
    "make_dependency",
    "make_group",
    "make_list",
    "make_occurrence",
    "make_task",
    "name_answerable",
    "pass_over",
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
    "remove_view",
    "restore_tasks",
    "resume_task",
    "return_task",
    "revoke_deadline_feed",
    "save_mapping",
    "save_view",
    "set_day",
    "set_milestone",
    "set_parts",
    "set_repetition",
    "set_work_rule",
    "split_directive",
    "start_task",
    "take_back",
    "tell_morning",
    "tick_item",
    "withdraw_extension",
    "write_clause",
    "write_clauses",
    "write_item",
]
