"""Building the demo, and taking it away again as one act."""

from senhong.demo.services.movement import build_movement
from senhong.demo.services.removal import remove_demo

__all__ = ["build_movement", "remove_demo"]
