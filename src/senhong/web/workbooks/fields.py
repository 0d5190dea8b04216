"""A workbook as a field of a form."""

from collections.abc import Sequence
from typing import Any

from django import forms

from senhong.core.errors import DomainError
from senhong.web.workbooks.columns import Column
from senhong.web.workbooks.reading import Table, read_table

ACCEPT = ".xlsx"


class WorkbookField(forms.FileField):
    """Cleaned it is the table that was read; a file of no use is a mistake at this field, so the
    form comes back with all that was typed."""

    def __init__(self, *, columns: Sequence[Column], **options: Any) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": ACCEPT})
        super().__init__(**{"widget": widget, **options})
        self._columns = columns

    def clean(self, data: Any, initial: Any | None = None) -> Table | None:
        file = super().clean(data, initial)
        try:
            return read_table(file, self._columns) if file else None
        except DomainError as mistake:
            raise forms.ValidationError(str(mistake)) from mistake
