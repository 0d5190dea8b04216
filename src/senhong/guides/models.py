"""What citizens are guided through."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from senhong.ledger.models import Indicator


class HelpKind(models.Model):
    """A service: what somebody is helped with. Each has its indicator, ``help.<code>``.

    Code and ``is_platform`` never change: what was counted under them stays as it was.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.SlugField(_("mã"), max_length=40, unique=True)
    indicator = models.OneToOneField(Indicator, models.PROTECT, related_name="help_kind")
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    description = models.TextField(_("mô tả"), blank=True)
    description_en = models.TextField(_("mô tả tiếng Anh"), blank=True)
    is_platform = models.BooleanField(_("là nền tảng số"))
    is_offered = models.BooleanField(_("đang hướng dẫn"), default=True)
    position = models.SmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("việc được giúp")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.name_en if get_language() == "en" else self.name

    @property
    def about(self) -> str:
        english = get_language() == "en" and self.description_en
        return str(english or self.description)
