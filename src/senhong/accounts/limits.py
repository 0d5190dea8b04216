"""Who asks too often from one address waits; counted by allauth, in the cache."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from senhong.accounts.errors import TooManyTries


def count_try(request: HttpRequest, action: str) -> None:
    """Counts this one, as ``ACCOUNT_RATE_LIMITS`` says for the action. Raises TooManyTries."""
    # What allauth shows to others passes every GET, and a word is guessed by GET.
    if not ratelimit.consume(request, app="allauth.account", action=action, limit_get=True):
        raise TooManyTries
