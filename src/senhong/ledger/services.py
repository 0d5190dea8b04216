"""The only code that writes to the ledger."""

from senhong.core.actor import Actor


def carry_totals(actor: Actor, **facts: object) -> None:
    """Placeholder until the ledger is built."""
