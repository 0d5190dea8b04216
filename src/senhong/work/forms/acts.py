"""What people type about one task: results, reasons, time, talk, people."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.errors import DomainError
from senhong.core.ids import uuid7
from senhong.files import storage
from senhong.files.models import StoredFile
from senhong.web.fields import DayField, HourField
from senhong.work.answering import MOST_ROWS, AnswerForm, AnswerKind, number_of
from senhong.work.services import AnswerFacts

FIRST_ROWS, MORE_ROWS = 5, 5
MOST_FILES = 10
_FILES_HELP = _("PDF, Word, Excel hoặc ảnh, mỗi tệp tối đa 10 MB, nhiều nhất 10 tệp.")


def instant(day: date, hour: time | None, before: datetime | None = None) -> datetime:
    """A day and an hour in the province; ``before`` where it is the same minute."""
    made = timezone.make_aware(datetime.combine(day, hour or time()))
    same = before is not None and before.replace(second=0, microsecond=0) == made
    return before if same and before is not None else made


def day_and_hour(at: datetime | None, name: str) -> dict[str, object]:
    """What two fields show of an instant."""
    if at is None:
        return {}
    said = clock.as_said(at)
    return {f"{name}_on": said.date(), f"{name}_hour": said.time().replace(second=0, microsecond=0)}


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, sent at once."""

    widget = ManyFilesInput(attrs={"multiple": True, "accept": storage.ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        if len(data or []) > MOST_FILES:
            most = _now("Mỗi lần gửi nhiều nhất {most} tệp. Hãy bớt lại hoặc gửi làm nhiều lần.")
            raise forms.ValidationError(most.format(most=MOST_FILES))
        if not data:
            super().clean(None, initial)  # says so where one is required
        return [super(ManyFilesField, self).clean(each, initial) for each in data or []]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class PauseForm(ReasonForm):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class ReturnForm(ReasonForm):
    """Why it goes back, and until when it is to be right."""

    due_on = DayField(
        label=_("Hạn mới"), required=False,
        help_text=_("Để trống thì hạn cũ vẫn giữ và đồng hồ chạy tiếp."),
    )  # fmt: skip
    due_hour = HourField(label=_("Giờ hạn mới"), required=False)

    def due_at(self, usual: time) -> datetime | None:
        said = self.cleaned_data
        return instant(said["due_on"], said["due_hour"] or usual) if said["due_on"] else None


class AskTimeForm(forms.Form):
    """Until when, and why."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    until_on = DayField(label=_("Xin tới ngày"))
    until_hour = HourField(label=_("Giờ"), required=False)
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def until(self, usual: time) -> datetime:
        return instant(self.cleaned_data["until_on"], self.cleaned_data["until_hour"] or usual)


class GrantForm(forms.Form):
    """Until when it may take, and what is said beside."""

    until_on = DayField(label=_("Cho tới ngày"))
    until_hour = HourField(label=_("Giờ"), required=False)
    words = forms.CharField(label=_("Lời nhắn"), max_length=500, required=False)

    def until(self, usual: time, asked: datetime) -> datetime:
        said = self.cleaned_data
        return instant(said["until_on"], said["until_hour"] or usual, asked)


class CommentForm(forms.Form):
    """Something said, and who is called."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    words = forms.CharField(
        label=_("Ý kiến"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Gọi ai thì viết @ rồi tên người ấy, hoặc chọn tên bên dưới."),
    )  # fmt: skip
    mentions = forms.MultipleChoiceField(label=_("Gọi tên"), required=False)

    def __init__(self, *args: Any, people: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        self.fields["mentions"].choices = names_of(people)  # type: ignore[attr-defined]
        self.fields["mentions"].widget.attrs["size"] = min(6, max(2, len(people)))

    def called(self) -> list[User]:
        """Who is chosen, and whose whole name stands behind an @ in the words."""
        chosen, words = self.cleaned_data["mentions"], self.cleaned_data["words"].lower()
        return [
            user
            for user in self.people
            if str(user.pk) in chosen or f"@{str(user).lower()}" in words
        ]


class ItemForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    words = forms.CharField(label=_("Thêm việc nhỏ"), max_length=300)


class FilesForm(forms.Form):
    """Files of what is to be done."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    files = ManyFilesField(label=_("Thêm tệp"), help_text=_FILES_HELP)  # type: ignore[assignment]  # its name


class ResultForm(forms.Form):
    """A result of any of the four kinds: words, files, a number or the rows of a table."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    number = forms.CharField(
        label=_("Con số"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Ví dụ 1.250 hoặc 12,5."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Kết quả bằng lời"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    files = ManyFilesField(  # type: ignore[assignment]  # its name
        label=_("Minh chứng"), required=False, help_text=_FILES_HELP
    )

    def __init__(self, *args: Any, asked: AnswerForm, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked, self.rows_wanted = asked, FIRST_ROWS
        if asked.kind != AnswerKind.NUMBER:
            del self.fields["number"]
        elif asked.label:
            self.fields["number"].label = asked.label
        if asked.kind == AnswerKind.FILES:
            self.fields["files"].required = True

    def clean_number(self) -> object:
        try:
            return number_of(self.cleaned_data["number"])
        except DomainError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    @property
    def rows(self) -> list[list[str]]:
        """The cells as they were typed, with empty rows to type more."""
        sent: Any = self.data  # lists under names, from a page or empty
        typed = [sent.getlist(f"cell-{at}") for at in range(len(self.asked.columns))]
        number = max((len(column) for column in typed), default=0)
        rows = [[c[at][:400] if at < len(c) else "" for c in typed] for at in range(number)]
        empty = [[""] * len(typed)] * max(0, self.rows_wanted - number)
        return (rows + empty)[:MOST_ROWS]

    @property
    def grid(self) -> list[list[tuple[str, str, str]]]:
        """Of each cell: its field's name, what it holds, and what it is called."""
        return [
            [
                (f"cell-{at}", cell, f"{column.title} {number}")
                for at, (column, cell) in enumerate(zip(self.asked.columns, row, strict=True))
            ]
            for number, row in enumerate(self.rows, start=1)
        ]

    def read(self, files: Sequence[StoredFile]) -> AnswerFacts:
        said = self.cleaned_data
        rows = self.rows if self.asked.kind == AnswerKind.TABLE else []
        return AnswerFacts(words=said["words"], number=said.get("number"), rows=rows, files=files)


class PeopleForm(forms.Form):
    """Who answers for a task, who works on it beside her, and who follows it."""

    assignee = forms.ChoiceField(label=_("Người chịu trách nhiệm"), required=False)
    coworkers = forms.MultipleChoiceField(
        label=_("Cùng làm"), required=False, widget=forms.CheckboxSelectMultiple
    )
    followers = forms.MultipleChoiceField(
        label=_("Theo dõi"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people, names = people, names_of(people)
        self.fields["assignee"].choices = [  # type: ignore[attr-defined]
            ("", _("– Chưa phân công –")), *names,
        ]  # fmt: skip
        for field in ("coworkers", "followers"):
            self.fields[field].choices = names  # type: ignore[attr-defined]

    @property
    def answerable(self) -> User | None:
        return next(iter(self.chosen("assignee")), None)

    def chosen(self, name: str) -> list[User]:
        said = self.cleaned_data[name]
        keys = said if isinstance(said, list) else [said]
        return [user for user in self.people if str(user.pk) in keys]


def names_of(people: Sequence[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), str(user)) for user in people]
