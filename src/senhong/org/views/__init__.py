from senhong.org.views.start import start, start_units
from senhong.org.views.units import history, search

__all__ = ["history", "search", "start", "start_units"]
