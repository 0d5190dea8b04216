from typing import Any

import pytest

from senhong.ledger.models import Indicator
from senhong.ledger.queries import (
    postings_behind,
    postings_with_ids,
)
from senhong.ledger.services import post, reversal_of
from senhong.ledger.tests.asking import MARCH
from senhong.ledger.tests.make import posted
from senhong.org.models import Unit
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_new_unit,
)

pytestmark = pytest.mark.django_db


class TestThePostingsBehindAFigure:
    def test_are_those_of_the_unit_and_below_newest_first(
        self, units: dict[str, Unit], flow: Indicator
    ) -> None:
        names = ["Xã 1", "Xã 2", "Xã 3", "huyen a", "Tỉnh A"]
        ids = {name: posted(SYSTEM, units[name], flow, n) for n, name in enumerate(names, 1)}
        posted(SYSTEM, units["Xã 1"], flow, day=20230401)

        page = postings_behind(SYSTEM, units["huyen a"], flow, **MARCH)

        assert [line.posting.id for line in page.lines] == sorted(
            (ids[name] for name in ("Xã 1", "Xã 2", "huyen a")), reverse=True
        )
        own = postings_behind(SYSTEM, units["huyen a"], flow, own=True, **MARCH)
        assert [line.posting.id for line in own.lines] == [ids["huyen a"]]

    def test_come_page_by_page_with_reversals_marked(
        self, units: dict[str, Unit], flow: Indicator, django_assert_max_num_queries: Any
    ) -> None:
        province = units["Tỉnh A"]
        ids = [posted(SYSTEM, units["Xã 1"], flow) for _ in range(5)]
        back = reversal_of(postings_with_ids(province.pk, ids[:1])[0])
        post(SYSTEM, [back])
        seen, after = [], None

        while True:
            with django_assert_max_num_queries(8):
                page = postings_behind(SYSTEM, province, flow, after=after, limit=2, **MARCH)
            seen += page.lines
            if page.next is None:
                break
            after = page.next

        assert len(seen) == 6
        assert [line.posting.id for line in seen if line.is_reversed] == ids[:1]
        assert [line.posting.id for line in seen if line.posting.reverses] == [back.id]

    def test_on_a_later_map_include_what_landed_there(
        self, units: dict[str, Unit], flow: Indicator
    ) -> None:
        old, new = units["Xã 1"], a_new_unit("Xã 9", units["huyen a"])
        id = posted(SYSTEM, old, flow)
        restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))
        heir = Unit.objects.select_related("province").get(key=new.key)

        [line] = postings_behind(SYSTEM, heir, flow, on=20250101, **MARCH).lines

        assert (line.posting.id, line.posting.unit.title) == (id, "Xã 1")
