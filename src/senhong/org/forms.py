from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from senhong.core.ids import uuid7
from senhong.org.models import Cluster, Placement, Unit
from senhong.org.services import ClusterDrawn
from senhong.web.fields import DayField


class StartForm(forms.Form):
    """Whose installation this is, and who looks after it first."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    province = forms.ChoiceField(label=_("Tỉnh, thành phố"))
    full_name = forms.CharField(
        label=_("Họ và tên người quản trị"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=50,
        help_text=_("Chữ thường không dấu và chữ số, ví dụ: vanphong."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        help_text=_("Ít nhất 8 ký tự, không chỉ có số. Một câu ngắn dễ nhớ là tốt nhất."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, provinces: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.key, unit.title) for unit in provinces]
        self.fields["province"] = forms.ChoiceField(
            label=_("Tỉnh, thành phố"), choices=[("", _("Hãy chọn")), *choices]
        )
        self.order_fields(["id", "province"])

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


SPARE = 4  # clusters that can be added at once
MOST_CLUSTERS = 60


class ClustersForm(forms.Form):
    """A province's clusters by number, and for each unit the number of its cluster."""

    day = DayField(label=_("Áp dụng từ ngày"))

    def __init__(
        self,
        clusters: Sequence[Cluster],
        units: Sequence[Placement],
        of: Mapping[int, UUID],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        known = [(each.pk, each.name) for each in clusters]
        self.slots = self._sent() or [*known, *((uuid7(), "") for _number in range(SPARE))]
        number_of = {id: str(number) for number, (id, _name) in enumerate(self.slots, 1)}
        for number, (id, name) in enumerate(self.slots, 1):
            self.fields[f"id-{number}"] = forms.UUIDField(initial=id, widget=forms.HiddenInput)
            self.fields[f"name-{number}"] = forms.CharField(
                label=_("Cụm số {number}").format(number=number),
                initial=name, max_length=100, required=False,
            )  # fmt: skip
        choices = [("", ""), *((number, number) for number in number_of.values())]
        for unit in units:
            self.fields[f"unit-{unit.unit_id}"] = forms.ChoiceField(
                label=str(unit), choices=choices, required=False,
                initial=number_of.get(of[unit.unit_id], "") if unit.unit_id in of else "",
            )  # fmt: skip

    def _sent(self) -> list[tuple[UUID, str]]:
        """The clusters that the page had when it was sent, also when others have come since."""
        sent: list[tuple[UUID, str]] = []
        while len(sent) < MOST_CLUSTERS and (id := self.data.get(f"id-{len(sent) + 1}")):
            try:
                sent.append((UUID(id), self.data.get(f"name-{len(sent) + 1}", "")))
            except ValueError:
                break
        return sent

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(1, len(self.slots) + 1):
            if self._units_in(number) and not said.get(f"name-{number}"):
                self.add_error(f"name-{number}", _("Cụm này đã có đơn vị. Hãy đặt tên cho cụm."))
        return said

    def read(self) -> list[ClusterDrawn]:
        """The clusters that have a name."""
        said = self.cleaned_data
        return [
            ClusterDrawn(
                id=said[f"id-{number}"],
                name=said[f"name-{number}"],
                unit_ids=frozenset(self._units_in(number)),
            )
            for number in range(1, len(self.slots) + 1)
            if said[f"name-{number}"]
        ]

    def _units_in(self, number: int) -> list[int]:
        wanted = str(number)
        return [
            unit.unit_id
            for unit in self.units
            if self.cleaned_data.get(f"unit-{unit.unit_id}") == wanted
        ]

    def clusters(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each cluster its id and its name, to be drawn."""
        numbers = range(1, len(self.slots) + 1)
        return [(self[f"id-{number}"], self[f"name-{number}"]) for number in numbers]

    def lines(self) -> list[dict[str, Any]]:
        """For each unit its name, its field's name and the number chosen, to be drawn.

        A template of our own draws them: a hundred widgets of Django take a fifth of a second.
        """
        fields = [self[f"unit-{unit.unit_id}"] for unit in self.units]
        return [
            {"title": field.label, "name": field.html_name, "chosen": str(field.value() or "")}
            for field in fields
        ]

    def options(self) -> list[tuple[str, str]]:
        """Each number, with the cluster's name as it was when the page was opened."""
        new = _("cụm mới")
        return [
            (str(number), f"{number} · {name or new}")
            for number, (_id, name) in enumerate(self.slots, 1)
        ]
