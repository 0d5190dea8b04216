"""Hours in which nobody is disturbed. No tables here."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one hour to another by the clock on the wall, over midnight too; the same: never."""

    begins: time
    ends: time

    def over(self, at: datetime) -> datetime:
        """When what is due then may be sent: at once, or when the quiet hours are over."""
        wall = timezone.localtime(at)
        hour, ends = wall.time(), timezone.make_aware(datetime.combine(wall.date(), self.ends))
        if self.begins <= self.ends:
            return ends if self.begins <= hour < self.ends else at
        if hour < self.ends:
            return ends
        return ends + _DAY if hour >= self.begins else at


NEVER = Quiet(time(), time())
