"""The parser and the documented schema say the same; nothing that can be sent breaks it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from senhong.core.ids import uuid7
from senhong.sync.api import ACTS, AnyActIn
from senhong.sync.errors import ActMalformed, BodyUnreadable, TooManyActs
from senhong.sync.parsing import _SHAPES, act_of, body_of

DOCUMENTED: TypeAdapter[Any] = TypeAdapter(AnyActIn)
EXAMPLES = [example for act in ACTS for example in act.model_json_schema()["examples"]]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_every_type_has_an_example() -> None:
    assert {example["type"] for example in EXAMPLES} == set(_SHAPES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each["type"])
def test_examples_of_the_document_are_read(example: dict[str, Any]) -> None:
    assert act_of(example).kind == example["type"]
    DOCUMENTED.validate_python(example)


@pytest.mark.parametrize("kind", sorted(_SHAPES))
def test_the_document_names_the_keys_that_are_read(kind: str) -> None:
    [schema] = [act for act in ACTS if act.model_fields["type"].annotation.__args__ == (kind,)]  # type: ignore[union-attr]

    assert set(schema.model_fields) == _SHAPES[kind].names
    needed = {name for name, _reads, usual in _SHAPES[kind].keys if not _is_usual(usual)}
    assert {n for n, f in schema.model_fields.items() if f.is_required()} - {"type"} == needed


def _is_usual(usual: object) -> bool:
    return type(usual) is not object


@st.composite
def nearly_acts(draw: st.DrawFn) -> dict[str, Any]:
    """An example with some of its values replaced, left out or added."""
    act = dict(draw(st.sampled_from(EXAMPLES)), id=str(uuid7()))
    for key in draw(st.lists(st.sampled_from([*act, "unknown"]), max_size=2)):
        if draw(st.booleans()):
            act[key] = draw(JSON)
        else:
            act.pop(key, None)
    return act


@settings(max_examples=400, deadline=None)
@given(nearly_acts())
def test_what_is_read_is_what_the_document_allows(act: dict[str, Any]) -> None:
    """The parser is never laxer than the document."""
    try:
        act_of(act)
    except ActMalformed:
        return
    try:
        DOCUMENTED.validate_json(json.dumps(act))
    except ValidationError as mistakes:
        raise AssertionError(act) from mistakes


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_json_is_an_act_or_malformed(value: Any) -> None:
    with pytest.raises(ActMalformed):
        act_of(value)


@settings(max_examples=300, deadline=None)
@given(st.binary() | st.text().map(lambda text: text.encode(errors="surrogatepass")))
def test_any_bytes_are_a_body_or_unreadable(sent: bytes) -> None:
    with pytest.raises((BodyUnreadable, TooManyActs)):
        body_of(sent)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.text(), JSON, max_size=3),
    st.lists(JSON, max_size=5),
    st.sampled_from([None, 2]),
    st.booleans(),
)
def test_each_act_is_found_again_in_the_text(
    around: dict[str, Any], acts: list[Any], indent: int | None, is_ascii: bool
) -> None:
    said = around | {"acts": acts} | {"after": around}
    text = json.dumps(said, indent=indent, ensure_ascii=True if _has_halves(said) else is_ascii)

    body = body_of(text.encode())

    assert len(body.texts()) == len(acts)
    found = [json.loads(each) for each in body.texts()]
    assert json.dumps(found) == json.dumps(acts)


def _has_halves(value: Any) -> bool:
    return "\\ud" in json.dumps(value)
