"""What people say about a workbook of tasks: the file, and which of its columns is which."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.core.ids import uuid7
from senhong.core.text import search_key
from senhong.web.workbooks import ACCEPT
from senhong.work.models import ColumnMapping
from senhong.work.sheets import READ

OURS, BY_HAND = "", "by-hand"


class WorkbookForm(forms.Form):
    """A workbook, and how it is read."""

    file = forms.FileField(
        label=_("Tệp Excel"),
        help_text=_("Kiểu .xlsx, có cột Nhiệm vụ."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    way = forms.ChoiceField(label=_("Cách đọc cột"), required=False)

    def __init__(self, *args: Any, mappings: Sequence[ColumnMapping], **options: Any) -> None:
        super().__init__(*args, **options)
        kept = [(str(each.pk), each.name) for each in mappings]
        self.fields["way"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (OURS, _("Theo tên cột như tệp tải từ đây")),
            *kept,
            (BY_HAND, _("Tệp của công cụ khác: tự ghép cột")),
        ]


class MappingForm(forms.Form):
    """For each of our columns one of theirs, or none."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    raw = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, heads: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.heads = heads
        for column in READ:
            self.fields[f"col-{column.key}"] = forms.ChoiceField(
                label=str(column.title),
                required=column.key == "title",
                choices=[("", _("(không có)")), *((head, head) for head in heads)],
                initial=next((head for head in heads if search_key(head) in column.names), ""),
            )
        self.fields["name"] = forms.CharField(
            label=_("Lưu cách ghép này với tên"),
            required=False,
            max_length=100,
            help_text=_("Lần sau chọn tên này thì không phải ghép lại."),
        )

    def clean(self) -> dict[str, Any]:
        said = [value for key, value in self.cleaned_data.items() if key[:4] == "col-" and value]
        for head in {each for each in said if said.count(each) > 1}:
            told = _("Cột “{column}” được chọn hai lần. Mỗi cột chỉ dùng một lần.")
            self.add_error(None, told.format(column=head))
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, str]:
        """Their column → the key of ours."""
        said = self.cleaned_data.items()
        return {value: key[4:] for key, value in said if key[:4] == "col-" and value}
