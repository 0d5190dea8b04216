"""Sen Hồng runs a community digital-transformation movement."""

__version__ = "0.1.0"
