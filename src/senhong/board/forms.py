"""Where the demo clock is set."""

from django import forms


class ReadingDateForm(forms.Form):
    """A day, or "today"; and the page to return to."""

    reading_on = forms.CharField(max_length=10)
    next = forms.CharField(required=False, max_length=2000)
