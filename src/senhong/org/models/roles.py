"""Who may do what where."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from senhong.core.days import LAST_DAY
from senhong.org.models.units import Unit


class Role(models.TextChoices):
    """A bundle of verbs granted to a person at a unit; ``ROLE_VERBS`` says which."""

    PROVINCE_OFFICE = "province-office", _("Văn phòng Tỉnh đoàn")
    SECRETARY = "secretary", _("Bí thư")
    PARTNER = "partner", _("Đối tác")
    AUDITOR = "auditor", _("Kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


_AGGREGATES = {"unit.view", "figure.view", "plan.view"}
_EVERYTHING = _AGGREGATES | {"team.view", "member.view", "activity.view", "posting.view"}
_EVERYTHING |= {"task.view"}
_WORK = {"team.edit", "member.edit", "activity.edit", "help.record", "help.correct", "plan.edit"}
_WORK |= {"reminder.send", "reminder.read"}
_WORK |= {"help.propose", "newcomer.confirm", "device.edit"}
_WORK |= {"practice.edit", "help.review", "counting-rule.set"}
_WORK |= {"activity.join"}
_WORK |= {"task.edit", "task.assign", "task.answer", "task.review"}
_OFFICE = {"target.set", "indicator.edit", "service.edit", "directive.edit", "partner.edit"}
_OFFICE |= {"cluster.edit"}
_OFFICE |= {"delivery.retry"}
_KEYS = {"role.grant", "role.pass-on", "user.edit", "user.reset", "token.issue", "event.view"}
_SECRETARY = {"target.set", "user.edit", "user.reset", "map.confirm", "role.pass-on"}
# role.appoint: to give any role, also one with verbs that one does not hold.
# role.pass-on: to give, at the units below one's own, what one holds oneself.
_MAP = {"map.change", "map.confirm"}  # of the same change never by the same person
_SYSTEM = {"role.appoint", "demo.remove"}

ROLE_VERBS: dict[Role, frozenset[str]] = {
    Role.PARTNER: frozenset(_AGGREGATES),
    Role.AUDITOR: frozenset(_EVERYTHING | {"event.view"}),
    Role.SECRETARY: frozenset(_EVERYTHING | _WORK | _SECRETARY),
    Role.PROVINCE_OFFICE: frozenset(_EVERYTHING | _WORK | _OFFICE | _KEYS | _MAP),
    Role.ADMINISTRATOR: frozenset(_EVERYTHING | _OFFICE | _KEYS | _MAP | _SYSTEM),
}


class RoleGrant(models.Model):
    """A role that a person holds at a unit for a time. It lands when its unit ends."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="role_grants")
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    class Meta:
        verbose_name = _("vai trò được giao")

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"
