"""The pages of practices."""

from senhong.practices.views.adopting import adopt, withdraw
from senhong.practices.views.pictures import add_picture, picture, remove_picture
from senhong.practices.views.practice import practice
from senhong.practices.views.practices import practices
from senhong.practices.views.telling import edit_practice, new_practice

__all__ = [
    "add_picture",
    "adopt",
    "edit_practice",
    "new_practice",
    "picture",
    "practice",
    "practices",
    "remove_picture",
    "withdraw",
]
