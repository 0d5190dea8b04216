"""Work over the API: lists, tasks, what is done about them, and what became of them."""

from senhong.work.api import doing, figures, lists, papers, parts, sending, talk, tasks
from senhong.work.api.routing import router

__all__ = ["doing", "figures", "lists", "papers", "parts", "router", "sending", "talk", "tasks"]
