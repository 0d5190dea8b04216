import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senhong.core.text import nfc, person_sort_key, plain, search_key, sort_key


@pytest.mark.parametrize(
    "spelling", ["Hoà", "Hòa", "HOÀ", "hoa", unicodedata.normalize("NFD", "Hoà")]
)
def test_both_spellings_and_no_tone_marks_find_the_same(spelling: str) -> None:
    assert search_key(f"Thạnh {spelling}") == "thanh hoa"


def test_d_with_a_stroke_and_punctuation_are_searched_plainly() -> None:
    assert search_key("Đồng-Tháp (cũ)") == "dong thap cu"


def test_letters_come_in_the_order_of_the_alphabet_then_tones() -> None:
    words = ["ân", "an", "ăn", "đa", "da", "ê", "e", "ơ", "ô", "o", "ư", "u"]
    assert sorted(words, key=sort_key) == [
        "an",
        "ăn",
        "ân",
        "da",
        "đa",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
    ]
    tones = ["mạ", "má", "mã", "mả", "mà", "ma"]
    assert sorted(tones, key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_a_short_name_comes_before_a_longer_one() -> None:
    assert sorted(["Phường 10", "Phường 1", "Phường"], key=sort_key)[0] == "Phường"


def test_numbers_come_by_size() -> None:
    wards = ["Phường 11", "Phường 2", "Phường 1", "Phường Mỹ Phú", "Phường 10"]
    assert sorted(wards, key=sort_key) == [
        "Phường 1", "Phường 2", "Phường 10", "Phường 11", "Phường Mỹ Phú",
    ]  # fmt: skip


def test_people_are_sorted_by_given_name() -> None:
    names = ["Trần Văn Ân", "Lê Thị An", "Nguyễn Văn Bình", "Bùi Thị An"]
    assert sorted(names, key=person_sort_key) == [
        "Bùi Thị An", "Lê Thị An", "Trần Văn Ân", "Nguyễn Văn Bình",
    ]  # fmt: skip


@given(st.text())
def test_a_search_key_is_its_own_search_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.text())
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == nfc(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Tổ\x01 A\x7f", "Tổ A"),
        ("Tổ\x0bA", "Tổ A"),  # how a line ends in a copied cell
        ("Tổ \u202eA\u202c\u200f\ufeff", "Tổ A"),
        ("Tổ \ud800A", "Tổ A"),
        ("To\u0302\u0309 A", "Tổ A"),
        ("Tổ\nA\tB", "Tổ\nA\tB"),
        ("👩\u200d🌾 ក្\u200cម", "👩\u200d🌾 ក្\u200cម"),
    ],
)
def test_what_is_neither_typed_nor_seen_is_not_kept(typed: str, kept: str) -> None:
    assert plain(typed) == kept


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert nfc(nfc(text)) == nfc(text)
