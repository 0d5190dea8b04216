"""What the serving processes keep between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Recurrence(models.Model):
    """When a service of the schedule ran last, and when it is due again. One row for each."""

    name = models.CharField(primary_key=True, max_length=60)
    next_at = models.DateTimeField(_("lần tới"))
    began_at = models.DateTimeField(_("bắt đầu lúc"), null=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True)  # null while it runs
    worker = models.CharField(max_length=64, blank=True)  # the machine that runs or ran it
    failure = models.CharField(_("lỗi"), max_length=100, blank=True)  # the kind, never its words

    class Meta:
        verbose_name = _("việc lặp lại")

    def __str__(self) -> str:
        return self.name
