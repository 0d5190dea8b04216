"""The rules of tasks that may not be met."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class TaskNotPossible(DomainError):
    """A task passes from state to state as its table says."""

    state: str | Promise  # what it is
    code = "task-not-possible"
    message = _(
        "Nhiệm vụ này đang ở tình trạng “{state}” nên không làm việc đó được. Hãy tải lại trang."
    )


@dataclass(eq=False, kw_only=True)
class EditConflict(DomainError):
    """Of two people who edit one task the second sees both, and nothing is overwritten."""

    version: int  # the one that stands
    yours: dict[str, Any] = field(default_factory=dict)  # what differs, as it was sent
    theirs: dict[str, Any] = field(default_factory=dict)  # the same, as it stands
    code = "edit-conflict"
    message = _("Vừa có người sửa nhiệm vụ này. Hãy xem cả hai bản rồi chọn trước khi lưu.")


@dataclass(eq=False, kw_only=True)
class TaskDatesDisordered(DomainError):
    """A task is due after it begins."""

    starts_at: datetime
    due_at: datetime
    code = "task-dates-disordered"
    status = 422
    message = _("Hạn ({due_at}) sớm hơn lúc bắt đầu ({starts_at}). Hãy sửa lại.")


@dataclass(eq=False, kw_only=True)
class ListDatesDisordered(DomainError):
    """A list of tasks ends on the day it begins or later."""

    first_on: date
    last_on: date
    code = "list-dates-disordered"
    status = 422
    message = _("Ngày kết thúc ({last_on}) sớm hơn ngày bắt đầu ({first_on}). Hãy sửa lại.")


@dataclass(eq=False, kw_only=True)
class NothingSaid(DomainError):
    """A title, a reason or a comment says something."""

    code = "nothing-said"
    status = 422
    message = _("Phần này không được để trống. Hãy viết vài chữ.")


@dataclass(eq=False, kw_only=True)
class TaskInRing(DomainError):
    """A task never hangs below itself, and no task waits for itself."""

    title: str
    code = "task-in-ring"
    status = 422
    message = _("Làm vậy thì “{title}” chờ hoặc nằm dưới chính nó. Hãy chọn nhiệm vụ khác.")


@dataclass(eq=False, kw_only=True)
class TreeTooDeep(DomainError):
    """Tasks hang below tasks, a few levels deep."""

    most: int
    code = "tree-too-deep"
    status = 422
    message = _("Nhiệm vụ con chỉ chia tới {most} cấp. Hãy đặt nhiệm vụ này ở cấp cao hơn.")


@dataclass(eq=False, kw_only=True)
class NotOfThisList(DomainError):
    """Groups, subtasks and dependencies stay within one list, or one plan."""

    title: str
    code = "not-of-this-list"
    status = 422
    message = _("“{title}” thuộc danh sách khác. Hãy chọn trong cùng danh sách hoặc cùng kế hoạch.")


@dataclass(eq=False, kw_only=True)
class TaskUnitNotStanding(DomainError):
    """A task is given to a unit that stands."""

    unit: str
    code = "task-unit-not-standing"
    status = 422
    message = _("{unit} không còn hoạt động. Hãy chọn đơn vị kế thừa.")


@dataclass(eq=False, kw_only=True)
class NobodyThere(DomainError):
    """Who is named for a task works at its unit, above it or below it."""

    code = "nobody-there"
    status = 422
    message = _("Không có người này ở đơn vị làm nhiệm vụ. Hãy chọn trong danh sách.")


@dataclass(eq=False, kw_only=True)
class NobodyToAssign(DomainError):
    """A task is sent to at least one unit that does not have it yet."""

    code = "nobody-to-assign"
    status = 422
    message = _(
        "Chưa có đơn vị nào mới để giao. Hãy chọn ít nhất một đơn vị chưa nhận nhiệm vụ này."
    )


@dataclass(eq=False, kw_only=True)
class NotBelow(DomainError):
    """A task is sent to units below the one that gives it."""

    unit: str
    code = "not-below"
    status = 422
    message = _("{unit} không nằm dưới đơn vị giao. Hãy bỏ đơn vị này khỏi danh sách.")


@dataclass(eq=False, kw_only=True)
class OwnWork(DomainError):
    """Who answers for a task that somebody else gave does not accept it herself."""

    code = "own-work"
    status = 403
    message = _("Bạn chịu trách nhiệm nhiệm vụ này nên cần người khác duyệt kết quả.")


@dataclass(eq=False, kw_only=True)
class NothingToAnswer(DomainError):
    """An answer holds what was asked for: words, a number, rows or files."""

    code = "nothing-to-answer"
    status = 422
    message = _("Chưa có kết quả theo yêu cầu. Hãy nhập lời, con số, bảng hoặc tệp được hỏi.")


@dataclass(eq=False, kw_only=True)
class AnswerNotFitting(DomainError):
    """An answer's numbers are numbers, and its rows have the columns that were asked for."""

    said: str
    code = "answer-not-fitting"
    status = 422
    message = _("“{said}” không đúng kiểu được hỏi. Hãy nhập lại, ví dụ 1.250 hoặc 12,5.")


@dataclass(eq=False, kw_only=True)
class ColumnsUnusable(DomainError):
    """A table that is asked for has a few columns, each with a name of its own."""

    most: int
    code = "columns-unusable"
    status = 422
    message = _("Bảng cần từ 1 đến {most} cột, mỗi cột một tên khác nhau. Hãy sửa lại tên cột.")


@dataclass(eq=False, kw_only=True)
class DeadlineNotLater(DomainError):
    """More time is asked for until after the deadline that holds, and not for the past."""

    due_at: datetime | None
    code = "deadline-not-later"
    status = 422
    message = _("Hạn mới phải sau hạn hiện nay ({due_at}). Hãy chọn lại.")


@dataclass(eq=False, kw_only=True)
class ExtensionWaits(DomainError):
    """One request for more time is judged before the next is made."""

    code = "extension-waits"
    message = _("Đã có một lần xin gia hạn đang chờ. Hãy chờ trả lời, hoặc rút lại lần đó.")


@dataclass(eq=False, kw_only=True)
class ExtensionJudged(DomainError):
    """A request for more time is granted or refused once."""

    code = "extension-judged"
    message = _("Lần xin gia hạn này đã được trả lời. Hãy tải lại trang để xem.")


@dataclass(eq=False, kw_only=True)
class CountedTaskUnclear(DomainError):
    """A task that counts itself has an indicator, a quantity from 1 on and a first day."""

    code = "counted-task-unclear"
    status = 422
    message = _("Nhiệm vụ tự đếm cần chọn chỉ tiêu, mức từ 1 trở lên và ngày bắt đầu.")


@dataclass(eq=False, kw_only=True)
class RuleUnreadable(DomainError):
    """Work comes again daily, weekly, monthly or yearly, by a rule of RFC 5545."""

    code = "rule-unreadable"
    status = 422
    message = _("Chưa hiểu cách lặp lại này. Hãy chọn lặp theo ngày, tuần, tháng hoặc năm.")


@dataclass(eq=False, kw_only=True)
class RulesDisordered(DomainError):
    """Days before and after a deadline are few, whole and not below nothing."""

    most: int
    code = "rules-disordered"
    status = 422
    message = _("Số ngày phải từ 0 đến {most}. Hãy nhập lại.")


@dataclass(eq=False, kw_only=True)
class NotOfProvince(DomainError):
    """Working days are a province's."""

    unit: str
    code = "not-of-province"
    status = 422
    message = _("{unit} không phải là tỉnh. Ngày làm việc đặt chung cho cả tỉnh.")


@dataclass(eq=False, kw_only=True)
class ClauseOfAnother(DomainError):
    """What a directive is split into carries out clauses of that directive."""

    title: str
    code = "clause-of-another"
    status = 422
    message = _("“{title}” cần một mục của chính văn bản này. Hãy chọn lại mục.")


@dataclass(eq=False, kw_only=True)
class UnitsChanged(DomainError):
    """A task is sent to the units that were shown, as they stand."""

    code = "units-changed"
    message = _("Danh sách đơn vị vừa thay đổi. Hãy xem lại các đơn vị rồi giao.")


@dataclass(eq=False, kw_only=True)
class TaskImportTooLong(DomainError):
    """A workbook of tasks has so many rows that people can look through them."""

    most: int
    code = "task-import-too-long"
    status = 422
    message = _("Tệp có nhiều hơn {most} nhiệm vụ. Hãy chia làm vài tệp.")


@dataclass(eq=False, kw_only=True)
class TaskImportRefused(DomainError):
    """A workbook of tasks is taken in whole, or not at all."""

    rows: int
    code = "task-import-refused"
    status = 422
    message = _("Còn {rows} dòng cần sửa nên chưa ghi gì. Hãy sửa trong tệp rồi gửi lại.")


@dataclass(eq=False, kw_only=True)
class TaskImportChanged(DomainError):
    """What is written is what was shown."""

    code = "task-import-changed"
    message = _("Danh sách nhiệm vụ đã khác lúc xem trước nên chưa ghi gì. Hãy gửi lại tệp.")


@dataclass(eq=False, kw_only=True)
class MappingUnusable(DomainError):
    """A way of reading says which column holds what is to be done, and has a name."""

    code = "mapping-unusable"
    status = 422
    message = _("Hãy chọn cột nào là tên nhiệm vụ, mỗi cột chỉ dùng một lần.")
