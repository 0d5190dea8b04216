"""Fields that the forms of every app share."""

from datetime import date

import pytest
from django import forms

from senhong.web.fields import DayField


class Asked(forms.Form):
    on = DayField()


@pytest.mark.parametrize("written", ["2023-03-20", "20/03/2023"])
def test_a_day_is_read_as_browsers_send_it_and_as_people_write_it(written: str) -> None:
    form = Asked({"on": written})

    assert form.is_valid()
    assert str(form.cleaned_data["on"]) == "2023-03-20"


@pytest.mark.parametrize("slip", ["0023-03-20", "1923-03-20", "9999-12-31"])
def test_a_year_far_away_is_a_slip_of_the_finger(slip: str) -> None:
    form = Asked({"on": slip})

    assert form.errors == {"on": ["Hãy chọn một ngày từ năm 1930 đến năm 2999."]}


def test_a_field_shows_the_day_as_browsers_want_it() -> None:
    field = str(Asked(initial={"on": date(2023, 3, 20)})["on"])

    assert 'type="date"' in field
    assert 'value="2023-03-20"' in field
