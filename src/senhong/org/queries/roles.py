"""Who may give which role."""

from senhong.core.actor import Actor
from senhong.org.models import ROLE_VERBS, Role, Unit


def roles_given_by(actor: Actor, unit: Unit) -> list[Role]:
    """The roles that the actor may give at the unit, and take away there.

    Who holds role.grant there gives what she could do herself; who holds role.pass-on above the
    unit, the same, but never at her own unit; who holds role.appoint, any role: an administrator
    appoints the province office without being one. No query.
    """
    if actor.can("role.appoint", at=unit.path) and actor.can("role.grant", at=unit.path):
        return [*Role]
    above, _slash, _own = unit.path.rstrip("/").rpartition("/")
    is_below = bool(above) and actor.can("role.pass-on", at=f"{above}/")
    if not is_below and not actor.can("role.grant", at=unit.path):
        return []
    return [
        role
        for role, verbs in ROLE_VERBS.items()
        if all(actor.can(verb, at=unit.path) for verb in verbs)
    ]
