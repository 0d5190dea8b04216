from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from senhong.activities.errors import NameMissing, PersonalNumber
from senhong.activities.facts import ActivityFacts, GivenHelp, HelpFacts
from senhong.activities.hours import check_hours
from senhong.activities.models import (
    CANCEL_HOURS,
    MOST_CANCEL_HOURS,
    MOST_SEATS,
    PLANNED_KINDS,
    Activity,
    ActivityKind,
    ActivityLevel,
    ActivityPartner,
    Help,
    Helped,
)
from senhong.activities.privacy import has_personal_number
from senhong.activities.queries import Roll
from senhong.core import clock
from senhong.core.errors import DomainError
from senhong.core.ids import uuid7
from senhong.core.text import is_blank
from senhong.guides.models import HelpKind
from senhong.org.models import Partner, Placement
from senhong.people.models import Team
from senhong.plans.models import Plan
from senhong.web.fields import DayField, HourField


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What an activity of the lead team can be made of."""

    lead: Team
    beside: Sequence[Team]
    places: Sequence[Placement]  # the lead team's own first
    plans: Sequence[Plan]
    partners: Sequence[Partner]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)

    def clean_reason(self) -> str:
        return without_numbers(self.cleaned_data["reason"])


class AnswerForm(forms.Form):
    """One of two buttons."""

    answer = forms.ChoiceField(choices=[("confirm", ""), ("cancel", "")])


class ActivityForm(forms.Form):
    """Turns what was typed into facts. The rules are in ``services``."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(
        label=_("Tên hoạt động"),
        max_length=200,
        help_text=_("Ví dụ: Chợ Sa Đéc: thanh toán không tiền mặt."),
    )
    kind = forms.TypedChoiceField(
        label=_("Loại"),
        choices=[(kind.value, kind.label) for kind in PLANNED_KINDS],
        coerce=ActivityKind,
        initial=ActivityKind.SORTIE,
        widget=forms.RadioSelect,
    )
    level = forms.TypedChoiceField(
        label=_("Quy mô"), choices=ActivityLevel, coerce=ActivityLevel, widget=forms.RadioSelect
    )
    on = DayField(label=_("Ngày"), initial=clock.today)
    starts = HourField(label=_("Bắt đầu lúc"), initial=time(7, 30))
    ends = HourField(label=_("Kết thúc lúc"), initial=time(10, 30))
    place = forms.ChoiceField(label=_("Ở đơn vị"))
    place_text = forms.CharField(
        label=_("Địa điểm"),
        max_length=200,
        required=False,
        help_text=_("Chợ, nhà văn hóa, bộ phận một cửa…"),
    )
    plan = forms.ChoiceField(label=_("Thuộc chương trình"), required=False)
    teams = forms.MultipleChoiceField(
        label=_("Tổ cùng tham gia"), required=False, widget=forms.CheckboxSelectMultiple
    )
    partners = forms.MultipleChoiceField(
        label=_("Đối tác cùng tham gia"), required=False, widget=forms.CheckboxSelectMultiple
    )
    until = DayField(
        label=_("Ngày kết thúc, nếu khác ngày bắt đầu"),
        required=False,
    )
    seats = forms.IntegerField(
        label=_("Số chỗ cho tình nguyện viên"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=_("Để trống nếu ai cũng tham gia được. Đủ chỗ thì người sau vào danh sách chờ."),
    )
    cancel_hours = forms.IntegerField(
        label=_("Tự hủy đăng ký được đến trước giờ bắt đầu (giờ)"),
        min_value=0,
        max_value=MOST_CANCEL_HOURS,
        initial=CANCEL_HOURS,
        required=False,
        help_text=_("Sau đó chỉ tổ trưởng hủy được."),
    )
    lat = forms.FloatField(label=_("Vĩ độ"), min_value=-90, max_value=90, required=False)
    lon = forms.FloatField(label=_("Kinh độ"), min_value=-180, max_value=180, required=False)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self.fields["level"].initial = choices.lead.unit.level
        _choose(self, "place", [(p.unit.key, _place_name(p)) for p in choices.places])
        _choose(self, "plan", [("", _("– Không –"))] + [(str(p.pk), p.name) for p in choices.plans])
        _choose(self, "teams", [(str(t.pk), f"{t.name} · {t.unit.title}") for t in choices.beside])
        _choose(self, "partners", [(str(p.pk), p.name) for p in choices.partners])
        for name in ("teams", "partners"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]  # a choice field
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if {"on", "starts", "ends"} <= said.keys():
            try:
                check_hours(*self.period)
            except DomainError as error:
                self.add_error("ends", str(error))
        return said

    def clean_name(self) -> str:
        if is_blank(self.cleaned_data["name"]):
            raise forms.ValidationError(str(NameMissing()))
        return without_numbers(self.cleaned_data["name"])

    def clean_place_text(self) -> str:
        return without_numbers(self.cleaned_data["place_text"])

    @property
    def period(self) -> tuple[datetime, datetime]:
        """The instants at which the activity starts and ends."""
        said = self.cleaned_data
        return (
            _instant(said["on"], said["starts"]),
            _instant(said.get("until") or said["on"], said["ends"]),
        )

    def read(self) -> ActivityFacts:
        said, choices = self.cleaned_data, self.choices
        starts_at, ends_at = self.period
        return ActivityFacts(
            kind=said["kind"],
            level=said["level"],
            name=said["name"],
            lead_team=choices.lead,
            teams=tuple(t for t in choices.beside if str(t.pk) in said.get("teams", ())),
            partners=tuple(p for p in choices.partners if str(p.pk) in said.get("partners", ())),
            plan=next((p for p in choices.plans if str(p.pk) == said["plan"]), None),
            place_unit=next(p.unit for p in choices.places if p.unit.key == said["place"]),
            place_text=said["place_text"],
            lat=said["lat"],
            lon=said["lon"],
            starts_at=starts_at,
            ends_at=ends_at,
            seats=said["seats"],
            cancel_hours=CANCEL_HOURS if said["cancel_hours"] is None else said["cancel_hours"],
        )

    @staticmethod
    def of(activity: Activity) -> dict[str, Any]:
        """What the form shows of an activity that is to be changed."""
        starts, ends = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
        return {
            "name": activity.name,
            "kind": activity.kind,
            "level": activity.level,
            "on": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "until": ends.date() if ends.date() != starts.date() else None,
            "place": activity.place_unit.key,
            "place_text": activity.place_text,
            "plan": str(activity.plan_id or ""),
            "teams": [str(team.pk) for team in activity.teams.all()],
            "partners": [str(partner.pk) for partner in activity.partners.all()],
            "lat": activity.lat,
            "lon": activity.lon,
            "seats": activity.seats,
            "cancel_hours": activity.cancel_hours,
        }


class HelpForm(forms.Form):
    """One help: what, how many, whom. Three taps are enough."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    same_people_as = forms.UUIDField(widget=forms.HiddenInput, required=False)
    services = forms.MultipleChoiceField(
        label=_("Giúp bà con việc gì?"), widget=forms.CheckboxSelectMultiple
    )
    people = forms.IntegerField(
        label=_("Bao nhiêu người?"),
        min_value=1,
        max_value=1000,
        initial=1,
        help_text=_("Mỗi người tính một lượt, dù được giúp nhiều việc."),
        widget=forms.NumberInput(
            attrs={
                "inputmode": "numeric",
                "data-stepper": "",
                "data-less": _("Bớt một"),
                "data-more": _("Thêm một"),
            }
        ),
    )
    helped = forms.TypedChoiceField(
        label=_("Giúp ai?"),
        choices=Helped,
        coerce=Helped,
        initial=Helped.CITIZENS,
        widget=forms.RadioSelect,
    )
    team = forms.ChoiceField(label=_("Tổ nào giúp?"))
    given_on = DayField(label=_("Ngày"))
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=500,
        required=False,
        help_text=_("Không ghi tên, số căn cước, số điện thoại của người dân."),
    )

    def __init__(
        self, *args: Any, kinds: Sequence[HelpKind], teams: Sequence[Team], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        _choose(self, "services", [(kind.code, kind.title) for kind in kinds])
        _choose(self, "team", [(str(team.pk), team.name) for team in teams])
        if len(teams) == 1:
            self.fields["team"].initial = str(teams[0].pk)
            self.fields["team"].widget = forms.HiddenInput()

    def clean_note(self) -> str:
        return without_numbers(self.cleaned_data["note"])

    def read(self, activity: Activity) -> GivenHelp:
        said = self.cleaned_data
        return GivenHelp(
            id=said["id"],
            activity_id=activity.pk,
            same_people_as=said["same_people_as"],
            **self._facts(),
        )

    def _facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("people", "helped", "given_on", "note")
        facts = {name: said[name] for name in names}
        return facts | {"team_id": UUID(said["team"]), "services": tuple(said["services"])}


class CorrectionForm(HelpForm):
    """The facts as they should have been, and why."""

    reason = forms.CharField(label=_("Lý do sửa"), max_length=300)

    def clean_reason(self) -> str:
        return without_numbers(self.cleaned_data["reason"])

    def read_facts(self) -> HelpFacts:
        return HelpFacts(**self._facts())

    @staticmethod
    def of(help: Help) -> dict[str, Any]:
        """What the form shows of the help that is to be corrected."""
        return {
            "services": help.services,
            "people": help.people,
            "helped": help.helped,
            "team": str(help.team_id),
            "given_on": help.given_on,
            "note": help.note,
        }


class RollForm(forms.Form):
    """The members of one team who were there. ``prefix`` keeps the teams apart."""

    present = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=""
    )

    def __init__(self, *args: Any, roll: Roll, **options: Any) -> None:
        super().__init__(*args, **options)
        self.prefix, self.roll = str(roll.team.pk), roll
        self.fields["present"].label = roll.team.name
        _choose(self, "present", [(str(m.pk), m.full_name) for m in roll.members])
        self.fields["present"].initial = [str(id) for id in roll.present]


class NumberPresentForm(forms.Form):
    """Where there is no list."""

    number = forms.IntegerField(label=_("Số người có mặt"), min_value=1, max_value=10_000)
    reason = forms.CharField(label=_("Vì sao không có danh sách"), max_length=300)

    def clean_reason(self) -> str:
        return without_numbers(self.cleaned_data["reason"])


def without_numbers(text: str) -> str:
    if has_personal_number(text):
        raise forms.ValidationError(str(PersonalNumber()))
    return text


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


def _place_name(placement: Placement) -> str:
    parent = placement.parent
    return f"{placement} · {parent.title}" if parent else str(placement)


def _instant(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class PartsForm(forms.Form):
    """What each partner of an activity does, one line for each."""

    def __init__(self, *args: Any, takings: Sequence[ActivityPartner], **options: Any) -> None:
        super().__init__(*args, **options)
        self.takings = takings
        for taking in takings:
            self.fields[taking.partner_id.hex] = forms.CharField(
                label=taking.partner.name, initial=taking.part, max_length=200, required=False,
                help_text=_("Ví dụ: tài trợ SIM, cử 3 người hướng dẫn."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, part in list(said.items()):
            if has_personal_number(part):
                self.add_error(name, str(PersonalNumber()))
        return said

    @property
    def parts(self) -> dict[UUID, str]:
        return {t.partner_id: self.cleaned_data[t.partner_id.hex] for t in self.takings}
