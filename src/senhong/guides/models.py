"""What citizens are guided through."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.days import LAST_DAY, as_day
from senhong.ledger.models import Indicator


class HelpKind(models.Model):
    """A service: what somebody is helped with. Each has its indicator, ``help.<code>``.

    The code never changes. Whether it is a platform is what was decided last; ``PlatformChange``
    says from which day, so what was counted before stays as it was.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.SlugField(_("mã"), max_length=40, unique=True)
    indicator = models.OneToOneField(Indicator, models.PROTECT, related_name="help_kind")
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    description = models.TextField(_("mô tả"), blank=True)
    description_en = models.TextField(_("mô tả tiếng Anh"), blank=True)
    # Two to four short steps, one a line: phones keep them for days without a signal.
    how_to = models.TextField(_("cách giúp"), blank=True)
    how_to_en = models.TextField(_("cách giúp, tiếng Anh"), blank=True)
    is_platform = models.BooleanField(_("là nền tảng số"))
    # Help of that day or a later one is no longer recorded with it.
    to_day = models.IntegerField(_("hướng dẫn đến trước ngày"), default=LAST_DAY)
    position = models.SmallIntegerField(_("thứ tự"), default=0)
    # How many people one volunteer can help with it in an hour; more looks odd to a reviewer.
    plausible_per_hour = models.SmallIntegerField(_("số người hợp lý mỗi giờ"), default=20)

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

    @property
    def offline_text(self) -> str:
        """How to help with it, for who has no signal; where nobody wrote it, what it is."""
        english = get_language() == "en" and self.how_to_en
        return str(english or self.how_to or self.about)

    @property
    def is_offered(self) -> bool:
        """Whether help of today is recorded with it."""
        return as_day(clock.today()) < self.to_day


class PlatformChange(models.Model):
    """From this day on the service counts as a platform, or no longer; the opposite before it."""

    id = models.AutoField(primary_key=True)
    help_kind = models.ForeignKey(HelpKind, models.CASCADE, related_name="platform_changes")
    from_day = models.IntegerField(_("từ ngày"))  # after the day on which it was decided
    is_platform = models.BooleanField(_("là nền tảng số"))

    class Meta:
        verbose_name = _("lần đổi nền tảng số")
        ordering = ["help_kind", "from_day"]
        constraints = [
            models.UniqueConstraint("help_kind", "from_day", name="platform_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.help_kind_id} {self.from_day}: {self.is_platform}"
