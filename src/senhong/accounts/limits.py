"""Who asks too often from one address waits; counted by allauth, in the cache."""

from allauth.core import ratelimit
from django.http import HttpRequest

from senhong.accounts.errors import TooManyTries


def count_try(request: HttpRequest, action: str) -> None:
    """Counts this one, as ``ACCOUNT_RATE_LIMITS`` says for the action. Raises TooManyTries."""
    if not ratelimit.consume(request, action=action):
        raise TooManyTries
