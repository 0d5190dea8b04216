"""A row is saved as far as it changed."""

from collections.abc import Mapping

from django.db.models import Model


def save_changes(row: Model, facts: Mapping[str, object]) -> list[str]:
    """Give the row these facts; the names of those that it did not have, which were saved."""
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    if changed:
        row.save(update_fields=changed)
    return changed
