"""What is to be done, found by its words. Where the databases differ: see migration 0002."""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from senhong.core.rows import on_postgresql
from senhong.core.text import search_key
from senhong.work.models import Brief

_NEWEST = 5000  # so many that match are looked at: who gets more says another word
_SQLITE = """SELECT rowid FROM work_brief_words WHERE work_brief_words MATCH %s
    ORDER BY rowid DESC LIMIT %s"""
_POSTGRESQL = """SELECT id FROM work_brief
    WHERE to_tsvector('simple', search_key) @@ to_tsquery('simple', %s)
    ORDER BY id DESC LIMIT %s"""


def briefs_with(text: str) -> QuerySet[Brief, int]:
    """Ids of briefs that have words beginning with each of the text's, tone marks aside.

    The newest 5,000; all of none for a text without letters.
    """
    words = search_key(text).split()[:10]
    if not words:
        return Brief.objects.none().values_list("pk", flat=True)
    if on_postgresql():
        asked, sql = " & ".join(f"{word}:*" for word in words), _POSTGRESQL
    else:
        asked, sql = " ".join(f'"{word}"*' for word in words), _SQLITE
    found = RawSQL(sql, [asked, _NEWEST])  # noqa: S611  # our own constants; the words are a parameter
    return Brief.objects.filter(pk__in=found).values_list("pk", flat=True)
