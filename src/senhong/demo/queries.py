"""Whether this is a demo, and whether it was one before."""

from senhong.audit.models import Event
from senhong.org.models import Installation
from senhong.org.queries import get_installation


def demo_installation() -> Installation | None:
    """The installation, if it is a demo. One query."""
    installation = get_installation()
    return installation if installation and installation.demo_reading_on else None


def times_built() -> int:
    """How often a demo has been built here; all but the last were removed. One query."""
    return Event.objects.filter(name="demo.built").count()
