"""What an office types about a change of the map → plain steps."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.core.text import nfc
from senhong.org.change_sheet import COLUMNS
from senhong.org.changes import Alteration, Change, NewUnit
from senhong.org.models import Level, Placement, Unit
from senhong.org.steps import altered, divided, ended, merged
from senhong.org.unit_kinds import KINDS, LEVEL_OF_KIND, kind_and_name
from senhong.web.fields import DayField
from senhong.web.workbooks import WorkbookField

_MOST_PARTS = 12
Choice = tuple[str, str]


class DraftForm(forms.Form):
    """What a change is called, whose map it changes and from when."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    province = forms.ChoiceField(label=_("Tỉnh, thành phố"))
    name = forms.CharField(
        label=_("Tên gọi"), max_length=200, help_text=_("Ví dụ: Sắp xếp phường năm 2027")
    )
    day = DayField(
        label=_("Có hiệu lực từ ngày"),
        help_text=_("Ngày đầu tiên của bản đồ mới; có thể là ngày sắp tới."),
    )

    def __init__(self, *args: Any, provinces: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self._provinces = {unit.key: unit for unit in provinces}
        choices = [(unit.key, unit.title) for unit in provinces]
        self.fields["province"].choices = choices  # type: ignore[attr-defined]

    def read(self) -> dict[str, Any]:
        said = self.cleaned_data
        province = self._provinces[said["province"]]
        return {"province": province, "name": said["name"], "day": as_day(said["day"])}


class NameForm(forms.Form):
    """Another name or day for a draft."""

    name = forms.CharField(label=_("Tên gọi"), max_length=200)
    day = DayField(label=_("Có hiệu lực từ ngày"))


class SheetForm(forms.Form):
    """A workbook with the columns of the one that is offered."""

    file = WorkbookField(
        columns=COLUMNS,
        label=_("Tệp Excel"),
        help_text=_("Tệp .xlsx theo mẫu tải ở trang này, tối đa 2,5 MB."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=300)


class _StepForm(forms.Form):
    """One plain step, from the units of the latest map."""

    title: ClassVar[str | Promise]
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, placed: Sequence[Placement], **options: Any) -> None:
        super().__init__(*args, **options)
        self._placed = {place.unit.key: place for place in placed}

    def _choices(self, *, provinces: bool = False) -> list[Choice | tuple[str, list[Choice]]]:
        """The units under what they hang on; in one list where all hang on the province."""
        groups: dict[str, list[Choice]] = defaultdict(list)
        for key, place in self._placed.items():
            if place.parent or provinces:
                groups[str(place.parent or "")].append((key, str(place)))
        if len(groups) == 1:
            return [*next(iter(groups.values()))]
        return [
            entry for above, units in groups.items()
            for entry in ([(above, units)] if above else units)
        ]  # fmt: skip

    def _parents(self, level: str = "") -> list[Choice]:
        """What others can hang on: everything but communes and branches, the highest first."""
        low = {Level.COMMUNE, Level.BRANCH} if level != Level.BRANCH else {Level.BRANCH}
        above = [p for p in self._placed.values() if p.unit.level not in low]
        above.sort(key=lambda place: place.parent_id is not None)
        return [(place.unit.key, str(place)) for place in above]

    def _require_level(self, field: str, kind: str, level: str) -> None:
        if LEVEL_OF_KIND[kind] != level:
            self.add_error(field, _("Loại này không cùng cấp với đơn vị."))

    def _new_key(self, place: str = "") -> str:
        """Sent again, the step makes the same unit."""
        id: UUID = self.cleaned_data["id"]
        return f"N{id.hex[-12:]}{place}"

    def step(self, change: Change) -> Change:
        raise NotImplementedError


def _kind_choices() -> list[tuple[Any, list[Choice]]]:
    return [(Level(level).label, [(k, k.capitalize()) for k in of]) for level, of in KINDS.items()]


class MergeForm(_StepForm):
    """Units become one new unit."""

    title = _("Hợp nhất các đơn vị thành một đơn vị mới")
    units = forms.MultipleChoiceField(
        label=_("Những đơn vị nào"), widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label=_("Loại của đơn vị mới"))
    name = forms.CharField(label=_("Tên, không ghi loại"), max_length=100)
    code = forms.CharField(label=_("Mã số hành chính"), max_length=10, required=False)
    parent = forms.ChoiceField(label=_("Thuộc"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].choices = self._choices()  # type: ignore[attr-defined]
        self.fields["kind"].choices = _kind_choices()  # type: ignore[attr-defined]
        as_first = ("", _("Như đơn vị đầu tiên được chọn"))
        self.fields["parent"].choices = [as_first, *self._parents()]  # type: ignore[attr-defined]

    def clean_units(self) -> list[str]:
        units: list[str] = self.cleaned_data["units"]
        if len(units) < 2:
            raise forms.ValidationError(_("Hãy chọn ít nhất hai đơn vị."))
        if len({self._placed[key].unit.level for key in units}) > 1:
            raise forms.ValidationError(_("Hãy chọn các đơn vị cùng một cấp."))
        return units

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("units") and said.get("kind"):
            level = self._placed[said["units"][0]].unit.level
            self._require_level("kind", said["kind"], level)
        return said

    def step(self, change: Change) -> Change:
        said = self.cleaned_data
        first = self._placed[said["units"][0]]
        new = NewUnit(
            key=self._new_key(),
            code=said["code"],
            level=first.unit.level,
            kind=said["kind"],
            name=nfc(said["name"]),
            parent=said["parent"] or (first.parent.key if first.parent else None),
        )
        return merged(change, said["units"], new)


class DivideForm(_StepForm):
    """A unit becomes several new ones."""

    title = _("Chia một đơn vị thành nhiều đơn vị mới")
    unit = forms.ChoiceField(label=_("Đơn vị nào"))
    parts = forms.CharField(
        label=_("Các đơn vị mới"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một đơn vị, ghi cả loại. Ví dụ: Xã Tân Mỹ"),
    )
    heir = forms.IntegerField(
        label=_("Dòng thứ mấy nhận lịch sử"), min_value=1, max_value=_MOST_PARTS, initial=1,
        help_text=_("Tổ, thành viên và số liệu đã có sẽ sang đơn vị ở dòng này."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", _("Hãy chọn")), *self._choices()]  # type: ignore[attr-defined]

    def clean_parts(self) -> list[tuple[str, str]]:
        lines = [nfc(line) for line in self.cleaned_data["parts"].splitlines() if nfc(line)]
        if not 2 <= len(lines) <= _MOST_PARTS:
            text = _("Hãy ghi từ 2 đến %(most)s đơn vị, mỗi dòng một đơn vị.")
            raise forms.ValidationError(text, params={"most": _MOST_PARTS})
        parts = [kind_and_name(line) for line in lines]
        for line, (kind, name) in zip(lines, parts, strict=True):
            if not kind or len(name) > 100:
                text = _("“%(line)s” thiếu loại ở đầu hoặc quá dài. Ví dụ: Xã Tân Mỹ")
                raise forms.ValidationError(text, params={"line": line[:100]})
        return parts

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("heir", 1) > len(said.get("parts", [])) > 0:
            self.add_error("heir", _("Không có dòng này."))
        if place := self._placed.get(said.get("unit", "")):
            for kind in {kind for kind, _name in said.get("parts", [])}:
                self._require_level("parts", kind, place.unit.level)
        return said

    def step(self, change: Change) -> Change:
        said = self.cleaned_data
        place = self._placed[said["unit"]]
        news = [
            NewUnit(
                key=self._new_key(f"-{number}"), code="", level=place.unit.level, kind=kind,
                name=name, parent=place.parent.key if place.parent else None,
            )
            for number, (kind, name) in enumerate(said["parts"], start=1)
        ]  # fmt: skip
        return divided(change, said["unit"], news, news[said["heir"] - 1].key)


class RenameForm(_StepForm):
    """A unit stays, and is called otherwise."""

    title = _("Đổi loại hoặc đổi tên một đơn vị")
    unit = forms.ChoiceField(label=_("Đơn vị nào"))
    kind = forms.ChoiceField(label=_("Loại mới"))
    name = forms.CharField(label=_("Tên mới, không ghi loại"), max_length=100)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", _("Hãy chọn")), *self._choices()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = _kind_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        unit, kind = self._placed.get(said.get("unit", "")), said.get("kind", "")
        if unit and kind:
            self._require_level("kind", kind, unit.unit.level)
        return said

    def step(self, change: Change) -> Change:
        said = self.cleaned_data
        return altered(change, Alteration(said["unit"], kind=said["kind"], name=nfc(said["name"])))


class MoveForm(_StepForm):
    """Units stay, and hang on another."""

    title = _("Chuyển đơn vị sang thuộc cấp trên khác")
    units = forms.MultipleChoiceField(
        label=_("Những đơn vị nào"), widget=forms.CheckboxSelectMultiple
    )
    parent = forms.ChoiceField(label=_("Thuộc"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].choices = self._choices()  # type: ignore[attr-defined]
        self.fields["parent"].choices = self._parents()  # type: ignore[attr-defined]

    def step(self, change: Change) -> Change:
        for key in self.cleaned_data["units"]:
            change = altered(change, Alteration(key, parent=self.cleaned_data["parent"]))
        return change


class EndForm(_StepForm):
    """A unit ends, and one that goes on standing takes over, or nobody."""

    title = _("Cho một đơn vị kết thúc")
    unit = forms.ChoiceField(label=_("Đơn vị nào"))
    heir = forms.ChoiceField(
        label=_("Đơn vị đang có nào kế thừa"), required=False,
        help_text=_("Nhận lịch sử số liệu, tổ và thành viên."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", _("Hãy chọn")), *self._choices()]  # type: ignore[attr-defined]
        nobody = ("", _("– Không –"))
        heirs = [nobody, *self._choices(provinces=True)]
        self.fields["heir"].choices = heirs  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("unit") and said.get("unit") == said.get("heir"):
            self.add_error("heir", _("Hãy chọn một đơn vị khác."))
        return said

    def step(self, change: Change) -> Change:
        return ended(change, self.cleaned_data["unit"], self.cleaned_data["heir"])


STEPS: dict[str, type[_StepForm]] = {
    "merge": MergeForm,
    "divide": DivideForm,
    "rename": RenameForm,
    "move": MoveForm,
    "end": EndForm,
}
