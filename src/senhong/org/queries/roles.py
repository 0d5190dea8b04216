"""Who may give which role."""

from senhong.core.actor import Actor
from senhong.org.models import ROLE_VERBS, Role, Unit


def roles_given_by(actor: Actor, unit: Unit) -> list[Role]:
    """The roles that the actor may give at the unit, and take away there.

    Who holds role.grant gives what she could do herself; who holds role.appoint, any role:
    an administrator appoints the province office without being one. No query.
    """
    if not actor.can("role.grant", at=unit.path):
        return []
    if actor.can("role.appoint", at=unit.path):
        return [*Role]
    return [
        role
        for role, verbs in ROLE_VERBS.items()
        if all(actor.can(verb, at=unit.path) for verb in verbs)
    ]
