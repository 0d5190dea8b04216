"""What came back to who recorded it."""

from typing import TypedDict

from senhong.accounts.models import User
from senhong.activities.models import Help, HelpState

MOST_RETURNED = 100


class ReturnedFacts(TypedDict):
    """The help as it was recorded."""

    services: list[str]  # codes
    citizens: int
    note: str
    at: str  # ISO 8601: what the phone's clock said, else when it arrived
    activity: str
    team: str


class Returned(TypedDict):
    """A returned help as its recorder's phone takes it along; ids and instants are texts."""

    id: str
    help: ReturnedFacts
    code: str  # of the reason
    words: str  # the reviewer's
    by_name: str
    at: str  # when it was returned


def returned_of(user_id: int) -> list[Returned]:
    """The helps that this person recorded and that were returned, the latest first; at most 100.

    What she corrected or withdrew since is left out. Two queries.
    """
    found = Help.objects.filter(recorded_by=user_id, state=HelpState.RETURNED)
    rows = list(found.order_by("-reviewed_at", "-pk")[:MOST_RETURNED])
    names = {
        user.pk: str(user) for user in User.objects.filter(pk__in={row.reviewed_by for row in rows})
    }
    return [_returned(row, names.get(row.reviewed_by or 0, "")) for row in rows]


def _returned(help: Help, by_name: str) -> Returned:
    return Returned(
        id=str(help.pk),
        help=ReturnedFacts(
            services=help.services,
            citizens=help.people,
            note=help.note,
            at=(help.given_at or help.recorded_at).isoformat(),
            activity=str(help.activity_id),
            team=str(help.team_id),
        ),
        code=help.review_reason,
        words=help.review_words,
        by_name=by_name,
        at=help.reviewed_at.isoformat() if help.reviewed_at else "",
    )
