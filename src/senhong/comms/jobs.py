"""Letters go out on their channels, and people are told what follows from events."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django_tasks import task

from senhong.audit.queries import get_event
from senhong.comms import queries, services
from senhong.comms.connector import Connector, Letter, NotSent
from senhong.comms.connectors.email import EmailConnector
from senhong.comms.connectors.push import PushConnector
from senhong.comms.models import Channel, Delivery
from senhong.comms.services import Said
from senhong.core import clock
from senhong.org.queries import SYSTEM

CONNECTORS: dict[str, Callable[[], Connector]] = {
    Channel.EMAIL: EmailConnector,
    Channel.PUSH: PushConnector,
}
_AT_ONCE = 50
_ROUND = timedelta(seconds=20)  # then other jobs have their turn; the rest goes in the next round


def send_deliveries() -> int:
    """Send what is due; how many went out. Each by one worker only, however many there are."""
    ends, sent = clock.now() + _ROUND, 0
    with ExitStack() as round_:
        opened: dict[str, Connector] = {}
        for delivery in queries.due_deliveries(clock.now(), limit=_AT_ONCE):
            if clock.now() > ends:
                break
            if delivery.channel not in opened:
                connector = CONNECTORS[delivery.channel]()
                opened[delivery.channel] = round_.enter_context(closing(connector))
            if services.claim_delivery(SYSTEM, delivery):
                sent += _send(opened[delivery.channel], delivery)
    return sent


def _send(connector: Connector, delivery: Delivery) -> bool:
    try:
        _carry(connector, delivery)
    except NotSent as refused:
        services.note_failed(SYSTEM, delivery, refused.code, is_final=refused.is_final)
        return False
    services.note_sent(SYSTEM, delivery)
    return True


def _carry(connector: Connector, delivery: Delivery) -> None:
    """To each of the person's addresses; it is enough that one takes it. Raises NotSent."""
    if delivery.until is not None and clock.now() >= delivery.until:
        raise NotSent("too-late", is_final=True)
    letter, refusals, taken = _letter(delivery), [], False
    for address in queries.addresses_of(delivery):
        try:
            connector.send(letter, address)
            taken = True
        except NotSent as refused:
            refusals.append(refused)
            if refused.is_gone:
                services.forget_push(SYSTEM, endpoint=address["endpoint"])
    if not taken:
        later = [each for each in refusals if not each.is_final]
        raise next(iter(later + refusals), NotSent("nobody-there", is_final=True))


def _letter(delivery: Delivery) -> Letter:
    return Letter(
        id=delivery.pk,
        subject=delivery.subject,
        words=delivery.words,
        link=delivery.link,
        language=queries.speaks(queries.settings_of(delivery.user_id)),
        until=delivery.until,
    )


def forget_old_deliveries() -> int:
    """Delete what people were told more than a year ago; how much."""
    return services.forget_deliveries(SYSTEM)


@task()
def end_notes_of_phone(event_id: int) -> None:
    """A phone that was signed out takes no notes any more: "device.signed-out"."""
    device = UUID(get_event(event_id).subject.partition(":")[2])
    services.forget_push(SYSTEM, device=device)


@task()
def welcome_newcomer(event_id: int) -> None:
    """Tell somebody that she is of the team now: "newcomer.confirmed", with her user_id."""
    event = get_event(event_id)
    services.deliver(
        SYSTEM,
        [event.facts["user_id"]],
        occasion=f"newcomer.confirmed:{event.pk}",
        say=lambda: Said(
            _("Bạn đã vào tổ"),
            _("Tổ trưởng đã nhận bạn vào tổ. Lượt hỗ trợ bạn ghi từ nay được tính."),
            "/field/",
        ),
    )
