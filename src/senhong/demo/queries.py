"""Whether this is a demo."""

from senhong.org.models import Installation
from senhong.org.queries import get_installation


def demo_installation() -> Installation | None:
    """The installation, if it is a demo. One query."""
    installation = get_installation()
    return installation if installation and installation.demo_reading_on else None
