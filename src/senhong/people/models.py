"""Members, the teams they form, and since when."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_day
from senhong.core.encrypted_fields import EncryptedTextField
from senhong.core.places import at_or_below
from senhong.core.text import search_key
from senhong.org.models import Unit


class TeamKind(models.TextChoices):
    ADVISORY = "advisory", _("Tổ tham vấn")
    COMMUNITY = "community", _("Tổ thanh niên CĐS cộng đồng")
    CAMPAIGN = "campaign", _("Đội hình")


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, actor: Actor) -> Self:
        """Members who are or were at units, or in teams, whose members the actor may view.

        And herself. Who moved on stays visible where she was: what she did there stays too.
        """
        rule = Q(pk__in=[])
        if actor.user_id is not None:
            rule |= Q(user=actor.user_id)
        reach = actor.reach("member.view")
        if reach.teams:
            joined = Membership.objects.filter(team__in=reach.teams)
            rule |= Q(pk__in=joined.values("member"))
        if reach.units:
            stayed = Stay.objects.filter(at_or_below(reach.units, "unit__path"))
            rule |= Q(pk__in=stayed.values("member"))
        return self.filter(rule)

    def present(self, on: date) -> Self:
        """Who takes part on that date."""
        return self.filter(pk__in=Stay.objects.standing(as_day(on)).values("member"))

    def called(self, text: str) -> Self:
        """Whose name has every word of the text, tone marks aside."""
        rule = Q()
        for word in search_key(text).split():
            rule &= Q(search_key__contains=word)
        return self.filter(rule)


class Member(models.Model):
    """A person who takes part, with or without an account.

    ``unit`` is where she takes part now, or took part last; ``joined_on`` and ``left_on`` are the
    first day of her first stay and the day after her last one: ``Stay`` knows the rest.
    """

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="members")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="member"
    )
    full_name = models.CharField(_("họ và tên"), max_length=100)  # personal
    # What tells her from others of her name: a hamlet, a nickname.
    distinction = models.CharField(_("phân biệt"), max_length=50, blank=True)  # personal
    sort_key = models.CharField(max_length=330)  # by given name
    search_key = models.CharField(max_length=100, db_index=True)
    joined_on = models.DateField(_("tham gia từ"))
    left_on = models.DateField(_("thôi từ"), null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("thành viên")
        indexes = [models.Index(fields=["unit", "sort_key"], name="members_of_unit")]

    def __str__(self) -> str:
        return self.full_name


class StayQuerySet(models.QuerySet["Stay"]):
    def standing(self, day: int) -> Self:
        return self.filter(from_day__lte=day, to_day__gt=day)


class Stay(models.Model):
    """A stretch of days in which a member took part, at one unit. It lands with its unit.

    Who moves to another unit, or leaves and comes back, has several; no two share a day.
    """

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="stays")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="stays")
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("quãng tham gia")
        indexes = [models.Index(fields=["unit", "from_day"], name="stays_of_unit")]
        constraints = [
            models.CheckConstraint(name="stay_days", condition=Q(to_day__gt=F("from_day"))),
            models.UniqueConstraint(
                fields=["member"], condition=Q(to_day=LAST_DAY), name="one_open_stay"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ∈ {self.unit_id}"


class MemberMerge(models.Model):
    """Two entries were one person: what hung on one hangs on the other, which old links show.

    The merged row stays as it was written; ``kept`` is always one that stands.
    """

    id = models.UUIDField(primary_key=True)
    kept = models.ForeignKey(Member, models.CASCADE, related_name="merges")
    merged = models.OneToOneField(Member, models.CASCADE, related_name="merge")
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("lần gộp thành viên")

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, actor: Actor) -> Self:
        """Teams of units where the actor may view teams, and the actor's own teams."""
        return self.where(actor, "team.view")

    def where(self, actor: Actor, verb: str) -> Self:
        """Teams for which the actor may do ``verb``: at their unit, above it, or at themselves."""
        reach = actor.reach(verb)
        return self.filter(Q(pk__in=reach.teams) | at_or_below(reach.units, "unit__path"))

    def standing(self, day: int) -> Self:
        return self.filter(from_day__lte=day, to_day__gt=day)


class Team(models.Model):
    """A group of volunteers that a unit owns. It lands with its unit when the map changes."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="teams")
    kind = models.CharField(_("loại"), max_length=10, choices=TeamKind)
    name = models.CharField(_("tên"), max_length=200)
    search_key = models.CharField(max_length=200, db_index=True)
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("tổ, đội hình")
        indexes = [models.Index(fields=["unit", "from_day"], name="teams_of_unit")]
        constraints = [
            models.CheckConstraint(name="team_days", condition=Q(to_day__gt=F("from_day"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """The team's place for grants, below its unit."""
        return f"{self.unit.path}t{self.pk}/"

    @property
    def is_disbanded(self) -> bool:
        """A last day is known; it may lie ahead."""
        return self.to_day != LAST_DAY


class MembershipRole(models.TextChoices):
    LEADER = "leader", _("Tổ trưởng")
    MEMBER = "member", pgettext_lazy("vai trò trong tổ", "Thành viên")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def standing(self, day: int) -> Self:
        return self.filter(from_day__lte=day, to_day__gt=day)


class Membership(models.Model):
    """A member's place in a team, with dates and role."""

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    role = models.CharField(_("vai trò"), max_length=10, choices=MembershipRole)
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tư cách thành viên")
        indexes = [models.Index(fields=["team", "from_day"], name="memberships_of_team")]
        constraints = [
            models.CheckConstraint(name="membership_days", condition=Q(to_day__gt=F("from_day"))),
            models.UniqueConstraint(
                fields=["member", "team"], condition=Q(to_day=LAST_DAY), name="one_open_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} {self.team_id}"


class JoinCode(models.Model):
    """The word by which people ask to be in a team: said aloud, or scanned. One stands at a time.

    A word that was renewed is never given again, so an old poster leads nobody astray.
    """

    id = models.UUIDField(primary_key=True)
    team = models.ForeignKey(Team, models.CASCADE, related_name="join_codes")
    word = models.CharField(_("mã vào tổ"), max_length=20, unique=True)
    made_at = models.DateTimeField(_("lập lúc"))
    ended_at = models.DateTimeField(_("thôi dùng lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("mã vào tổ")
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(ended_at=None), name="one_join_code_of_team"
            ),
        ]

    def __str__(self) -> str:
        return self.word


class NewcomerState(models.TextChoices):
    WAITING = "waiting", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã vào tổ")
    REFUSED = "refused", _("Không nhận")


class NewcomerQuerySet(models.QuerySet["Newcomer"]):
    def waiting(self) -> Self:
        return self.filter(state=NewcomerState.WAITING)


class Newcomer(models.Model):
    """Somebody asked to be in a team; until its leader says so she is no member."""

    id = models.UUIDField(primary_key=True)
    team = models.ForeignKey(Team, models.CASCADE, related_name="newcomers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="newcomers")
    full_name = models.CharField(_("họ và tên"), max_length=100)  # personal
    phone = EncryptedTextField(_("số điện thoại"), null=True, blank=True)  # personal
    state = models.CharField(max_length=10, choices=NewcomerState, default=NewcomerState.WAITING)
    asked_at = models.DateTimeField(_("xin vào lúc"))
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="newcomers"
    )

    objects = NewcomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("người mới")
        indexes = [models.Index(fields=["team", "state"], name="newcomers_of_team")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team"], condition=Q(state="waiting"), name="waits_once_for_team"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


# What a membership lets its holder do: at the team itself, and at the team's unit.
TEAM_VERBS: dict[MembershipRole, frozenset[str]] = {
    MembershipRole.MEMBER: frozenset(
        {"team.view", "activity.view", "activity.join", "posting.view", "help.record"}
    ),
    MembershipRole.LEADER: frozenset(
        {
            "team.view", "member.view", "activity.view", "posting.view",
            "activity.join", "activity.edit", "help.record", "help.propose", "help.correct",
            "help.review", "reminder.read", "newcomer.confirm", "device.edit",
        }
    ),
}  # fmt: skip
TEAM_UNIT_VERBS = frozenset({"unit.view", "figure.view", "plan.view"})
# What waiting for a leader's word lets a newcomer do there. help.propose: her help waits, too.
NEWCOMER_VERBS = frozenset({"team.view", "activity.view", "help.propose"})
NEWCOMER_UNIT_VERBS = frozenset({"unit.view"})
