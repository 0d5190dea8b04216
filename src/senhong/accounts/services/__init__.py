"""Accounts are made, opened again, closed; tokens issued and revoked; phones signed in and out.

This app lies below the units, so whoever calls says at which path (``at``) the actor must hold
the permission; the empty path is the whole installation.
"""

from senhong.accounts.services.devices import (
    IssuedDevice,
    add_device,
    add_device_by_link,
    end_device,
    hand_on_sign_in,
    make_link,
    see_device,
)
from senhong.accounts.services.users import (
    change_password,
    deactivate,
    issue_token,
    make_user,
    name_user,
    reactivate,
    reset_password,
    revoke_token,
)

__all__ = [
    "IssuedDevice",
    "add_device",
    "add_device_by_link",
    "change_password",
    "deactivate",
    "end_device",
    "hand_on_sign_in",
    "issue_token",
    "make_link",
    "make_user",
    "name_user",
    "reactivate",
    "reset_password",
    "revoke_token",
    "see_device",
]
