"""Questions that a lower app asks and upper apps answer for their own tables."""

from senhong.org.queries import GRANT_SOURCES
from senhong.people.queries import membership_grants

GRANT_SOURCES.append(membership_grants)
