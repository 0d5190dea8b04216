"""The postings behind a figure, and what stands behind a posting."""

from collections.abc import Collection
from uuid import UUID

from senhong.ledger.models import Posting


def postings_with_ids(province_id: int, ids: Collection[UUID]) -> list[Posting]:
    """Those of these postings that are in the ledger of the province, by id. One query."""
    return list(Posting.objects.filter(province=province_id, id__in=ids).order_by("id"))
