"""What a phone takes along: everything its person needs for two weeks without a signal."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.guides.queries import help_kinds
from senhong.people.queries import OwnPlace, Standing, own_places
from senhong.sync.queries.returned import returned
from senhong.sync.queries.sorties import sorties
from senhong.sync.queries.teammates import teammates

SECTIONS = ("me", "teams", "sorties", "services", "returned")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the bundle; the version changes with its content."""

    version: str
    data: Any


@dataclass(frozen=True, slots=True)
class Bundle:
    sections: dict[str, Section]

    @property
    def etag(self) -> str:
        """The same for the same content, whatever of it is asked for."""
        versions = "".join(section.version for section in self.sections.values())
        return f'"{hashlib.sha256(versions.encode()).hexdigest()[:20]}"'

    def without(self, had: Collection[tuple[str, str]]) -> dict[str, Section]:
        """The sections whose (name, version) the phone does not have."""
        known = set(had)
        return {n: each for n, each in self.sections.items() if (n, each.version) not in known}


def bundle_of(actor: Actor, device: UUID | None) -> Bundle:
    """Every section for who asks, of her own teams only. Eleven queries, whatever she does."""
    places = own_places(actor, as_day(clock.today()))
    data: dict[str, Callable[[], Any]] = {
        "me": lambda: _me(actor, places, device),
        "teams": lambda: _teams(places),
        "sorties": lambda: sorties(actor),
        "services": _services,
        "returned": lambda: returned(actor),
    }
    return Bundle({name: _section(said()) for name, said in data.items()})


def _section(data: Any) -> Section:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(f"{get_language()}{text}".encode()).hexdigest()
    return Section(digest[:16], data)


def _me(actor: Actor, places: list[OwnPlace], device: UUID | None) -> dict[str, Any]:
    user = User.objects.filter(pk=actor.user_id or 0).only("full_name", "username").first()
    return {
        "user_id": actor.user_id,
        "full_name": str(user or ""),
        "device_id": device and str(device),
        "newcomer": bool(places) and all(each.standing == Standing.NEWCOMER for each in places),
        "teams": [
            {
                "id": str(place.team.pk),
                "name": place.team.name,
                "unit": place.team.unit.title,
                "role": place.standing,
            }
            for place in places
        ],
    }


def _teams(places: list[OwnPlace]) -> list[dict[str, Any]]:
    members = teammates([place.team.pk for place in places if place.standing == Standing.LEADER])
    return [
        {
            "id": str(place.team.pk),
            "name": place.team.name,
            "unit_name": place.team.unit.title,
            "role": place.standing,
        }
        | (
            {"members": [{"id": str(m.pk), "name": str(m)} for m in members[place.team.pk]]}
            if place.standing == Standing.LEADER
            else {}
        )
        for place in places
    ]


def _services() -> list[dict[str, Any]]:
    return [
        {
            "code": kind.code,
            "name": kind.title,
            "short": kind.title.partition(",")[0],
            "is_platform": kind.is_platform,
            "about": kind.offline_text,
        }
        for kind in help_kinds()
    ]
