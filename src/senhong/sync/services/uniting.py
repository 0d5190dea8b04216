"""Two accounts turned out to be one person's."""

from django.db import transaction

from senhong.core.actor import Actor
from senhong.sync.models import KeptAct


@transaction.atomic
def carry_kept(actor: Actor, *, kept: int, given_up: int) -> None:
    """What was kept from one account's phone is the other's: from account.united, in its
    transaction. What both have sent stays where it came from."""
    same = KeptAct.objects.filter(sender=kept).values("digest")
    KeptAct.objects.filter(sender=given_up).exclude(digest__in=same).update(sender=kept)
