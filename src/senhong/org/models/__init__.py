"""Units over time: who stood when, who became whom, and who may do what where."""

from senhong.org.models.changes import ChangeState, EndedRole, MapChange
from senhong.org.models.clusters import Boundary, Cluster, ClusterPlace
from senhong.org.models.installation import Installation
from senhong.org.models.partners import Partner
from senhong.org.models.roles import ROLE_VERBS, Role, RoleGrant
from senhong.org.models.units import (
    Landing,
    Level,
    Lineage,
    Placement,
    Share,
    Step,
    Unit,
    UnitMap,
    UnitQuerySet,
    bare_name,
    titled,
)

__all__ = [
    "ROLE_VERBS",
    "Boundary",
    "ChangeState",
    "Cluster",
    "ClusterPlace",
    "EndedRole",
    "Installation",
    "Landing",
    "Level",
    "Lineage",
    "MapChange",
    "Partner",
    "Placement",
    "Role",
    "RoleGrant",
    "Share",
    "Step",
    "Unit",
    "UnitMap",
    "UnitQuerySet",
    "bare_name",
    "titled",
]
