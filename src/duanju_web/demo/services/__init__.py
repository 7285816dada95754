"""Making the demo world."""

from duanju_web.demo.services.drawing import queue_drawing
from duanju_web.demo.services.world import load_world

__all__ = ["load_world", "queue_drawing"]
