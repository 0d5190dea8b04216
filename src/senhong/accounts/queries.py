"""Who signs in."""

import hashlib

from senhong.accounts.models import ApiToken, User


def token_digest(token: str) -> str:
    """What is kept of a token: its SHA-256, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def user_of_token(token: str) -> User | None:
    """The active user for whom the token stands, or None. One query."""
    found = (
        ApiToken.objects.filter(
            digest=token_digest(token), revoked_at=None, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    return found.user if found else None
