"""The sections of a phone's bundle as the API's document says them, and no word more.

``queries.bundle`` makes them; the phone app's types are generated from here.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from senhong.activities.models import ActivityKind, ActivityState, ParticipantState
from senhong.people.queries import Standing

LatLon = Annotated[tuple[float, float], Field(description="Degrees north, degrees east.")]


class PhoneOut(Schema):
    model_config = ConfigDict(extra="forbid")


def _left_out(when: str) -> Any:
    """A key that is not always there, and never null."""
    return Field(default_factory=list, description=when)


class PhoneOwnTeamOut(PhoneOut):
    id: UUID
    name: str
    unit: str
    role: Standing


class PhoneMeOut(PhoneOut):
    user_id: int
    full_name: str
    device_id: UUID | None
    newcomer: bool = Field(description="She waits for a leader's word, and is in no team yet.")
    teams: list[PhoneOwnTeamOut]


class PhoneMemberOut(PhoneOut):
    id: UUID
    name: str


class PhoneTeamOut(PhoneOut):
    id: UUID
    name: str
    unit_name: str
    role: Standing
    members: list[PhoneMemberOut] = _left_out("Only for leaders.")


class PhoneParticipantOut(PhoneOut):
    member_id: UUID
    name: str
    team_id: UUID
    state: ParticipantState


class PhoneSortieOut(PhoneOut):
    id: UUID
    kind: ActivityKind
    name: str
    state: ActivityState
    team_ids: list[UUID] = Field(description="The lead team first.")
    lead_team_id: UUID
    place: str
    point: LatLon | None
    starts_at: datetime
    ends_at: datetime
    seats: int | None = Field(description="null: no limit.")
    taken: int
    waiting: int
    mine: ParticipantState | None = Field(description="The person's own part.")
    may_lead: bool
    leader_name: str
    participants: list[PhoneParticipantOut] = _left_out("Only for who may lead.")
    check_in_key: str | None = Field(
        default_factory=str, description="Base64; only for who may lead."
    )


class PhoneServiceOut(PhoneOut):
    code: str
    name: str
    short: str
    is_platform: bool
    about: str = Field(description="What to know about it without a signal.")


class PhoneHelpOut(PhoneOut):
    """A help as it was recorded."""

    services: list[str]
    citizens: int
    note: str
    at: datetime
    activity: UUID
    team: UUID


class PhoneReturnedOut(PhoneOut):
    """A help that a reviewer gave back."""

    id: UUID
    help: PhoneHelpOut
    code: str = Field(description="Of the reason.")
    words: str = Field(description="The reviewer's.")
    by_name: str
    at: str = Field(description="When it was returned; empty where nobody knows.")


class SectionOut(PhoneOut):
    version: str = Field(description="Changes with the content.")


class MeSectionOut(SectionOut):
    data: PhoneMeOut


class TeamsSectionOut(SectionOut):
    data: list[PhoneTeamOut]


class SortiesSectionOut(SectionOut):
    data: list[PhoneSortieOut] = Field(description="The soonest first.")


class ServicesSectionOut(SectionOut):
    data: list[PhoneServiceOut]


class ReturnedSectionOut(SectionOut):
    data: list[PhoneReturnedOut] = Field(description="The latest first.")


class SectionsOut(PhoneOut):
    """Each is left out while the phone has it as it is."""

    me: MeSectionOut = _left_out("Who she is, and where.")
    teams: TeamsSectionOut = _left_out("Her teams; a leader's with their members.")
    sorties: SortiesSectionOut = _left_out("Of fourteen days.")
    services: ServicesSectionOut = _left_out("What can be helped with.")
    returned: ReturnedSectionOut = _left_out("What came back to her.")


class BundleOut(PhoneOut):
    server_time: datetime
    sections: SectionsOut
