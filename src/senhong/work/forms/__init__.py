"""What people type about tasks → facts. The rules are in ``services``."""

from senhong.work.forms.acts import HourField, ReasonForm, instant, names_of

__all__ = ["HourField", "ReasonForm", "instant", "names_of"]
