from senhong.plans.errors import PlanInRing
from senhong.plans.models import Directive, Plan


def refuse_ring(row: Directive | Plan, parent: Directive | Plan | None) -> None:
    """Raises PlanInRing where the row would hang below itself."""
    above = parent
    while above is not None:
        if above.pk == row.pk:
            raise PlanInRing(name=str(parent))
        above = above.parent
