from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.sync.exports import MOST_BYTES


class RepairForm(forms.Form):
    """What is sent on in the place of what was kept."""

    text = forms.CharField(
        label=_("Nội dung (JSON)"),
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code"}),
        help_text=_("Chỉ sửa chỗ sai. Bản gốc được giữ nguyên bên cạnh."),
    )


class DismissForm(forms.Form):
    """Why it is not recorded."""

    reason = forms.CharField(
        label=_("Vì sao không ghi"),
        max_length=300,
        help_text=_("Ví dụ: đã ghi ở lượt khác; ghi thử. Không ghi tên hay số của người dân."),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp lượt ghi"),
        help_text=_("Tệp .json do ứng dụng xuất ra, ở Hộp gửi."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp quá lớn."))
        return file
