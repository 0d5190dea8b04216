"""What happened, who did it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that happened, and who did it. Rows are never changed or deleted."""

    name = models.CharField(_("việc"), max_length=60)  # past tense: "help.recorded"
    subject = models.CharField(_("về"), max_length=100)  # "activities.help:0190…"
    facts = models.JSONField(_("chi tiết"), default=dict)  # never personal data
    # Without a constraint: events stay as they are when a demo and its users are removed.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_index=False, db_constraint=False
    )
    at = models.DateTimeField(_("lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("việc đã xảy ra")
        indexes = [models.Index(fields=["subject", "at"], name="event_of_subject")]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"
