"""What is due for people's data, whoever asks for it."""

from django_tasks import task

from senhong.org.queries import SYSTEM
from senhong.people import services


@task()
def forget_phones() -> None:
    """Forget phone numbers whose time is over; once a day is enough."""
    services.forget_phones(SYSTEM)
