"""Grounds of units, brought in from a file."""

from collections.abc import Mapping

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.org.boundaries import Shape, digest_of
from senhong.org.models import Boundary, Unit


@transaction.atomic
def keep_boundaries(actor: Actor, shapes: Mapping[Unit, Shape]) -> int:
    """These units have these grounds, in place of earlier ones. How many are new or other.

    Keeping the same again changes nothing. Raises Forbidden.
    """
    for province in {unit.province for unit in shapes}:
        actor.require("map.change", at=province.path if province else "")
    digests = {unit.pk: digest_of(shape) for unit, shape in shapes.items()}
    kept = dict(Boundary.objects.filter(unit__in=digests.keys()).values_list("unit_id", "digest"))
    changed = [
        Boundary(unit=unit, shape=shape, digest=digests[unit.pk])
        for unit, shape in shapes.items()
        if kept.get(unit.pk) != digests[unit.pk]
    ]
    Boundary.objects.bulk_create(
        changed, batch_size=200, update_conflicts=True,
        unique_fields=["unit"], update_fields=["shape", "digest"],
    )  # fmt: skip
    if changed:
        happened(actor, "boundary.kept", changed[0], number=len(changed))
    return len(changed)
