"""Addresses under which anybody may read, until they are revoked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.org.models import Unit
from senhong.people.models import Team


class CalendarFeed(models.Model):
    """A secret address of a team's or unit's calendar. Who has it reads; revoked, it is gone.

    The secret is kept as it is: whoever looks after the team shows it again and again, to be
    subscribed to, and nothing personal is behind it.
    """

    id = models.UUIDField(primary_key=True)
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("lập lúc"))
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lịch để theo dõi")
        constraints = [
            models.CheckConstraint(
                name="feed_of_one",
                condition=Q(team=None, unit__isnull=False) | Q(team__isnull=False, unit=None),
            ),
            models.UniqueConstraint(
                fields=["team"], condition=Q(revoked_at=None), name="one_feed_of_team"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(revoked_at=None), name="one_feed_of_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id or self.unit_id}"

    @property
    def path(self) -> str:
        """Where who may edit activities looks after it. Needs the team's unit, or the unit."""
        if self.team is not None:
            return self.team.path
        return self.unit.path if self.unit is not None else ""
