"""What people type about tasks → facts. The rules are in ``services``."""

from senhong.web.fields import HourField
from senhong.work.forms.acts import ReasonForm, instant, names_of

__all__ = ["HourField", "ReasonForm", "instant", "names_of"]
