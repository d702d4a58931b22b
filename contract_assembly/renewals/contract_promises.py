"""Promises that the clauses of one agreement make about its end: how notices are delivered, when a reminder is sent. Pure.

The periods are parameters of the clauses "notices" and "renewal" in this agreement, so every date is computed with the
number that the contract prints."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from contract_assembly.clauses.choice import agreed_clause
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.template_values import Fact
from contract_assembly.renewals.notice_delivery import Channel, Delivery

# The channels that the renewal clause allows for the reminder, by the clause's id; other clauses allow every channel.
REMINDER_BY: Mapping[str, tuple[Channel, ...]] = {
    f"{clause}-{law}": ("in-person", "certified-mail")
    for clause in ("renewal", "renewal-client-exit")
    for law in ("us-ny", "us-wi")
}
_CARRIED: Mapping[str, tuple[Channel, ...]] = {"courier": ("courier",), "mail": ("mail", "certified-mail")}
_SPOKEN: tuple[Channel, ...] = ("in-person", "email")


class Promises(Struct, frozen=True):
    """How long each channel takes, and what the renewal clause promises: the reminder's window before the Decision Day
    and its channels, and the notice with which the Client may leave if no reminder was sent. Sources are
    "path:line"."""

    deliveries: Mapping[Channel, Delivery]
    earliest: Duration
    latest: Duration
    exit_notice: Duration
    reminder_by: tuple[Channel, ...]
    renewal: str
    notices: str


def promises(inputs: Inputs, library: Iterable[Clause]) -> Promises:
    """Read the promises. Raises RefusedError if no variant of a clause fits, and ValueError if parameters are
    missing."""
    library = tuple(each for each in library if each.head.slot in {"notices", "renewal"})
    notices, of_notices = _chosen("notices", inputs, library)
    renewal, of_renewal = _chosen("renewal", inputs, library)
    deliveries = {each: Delivery(each, 0, f"{notices.body_at}, receipt") for each in _SPOKEN}
    for name, channels in _CARRIED.items():
        days = _period(notices, of_notices, name)
        if days.unit != "business day":
            raise ValueError(f"{notices.head.id}: {name} must be counted in Business Days")
        for channel in channels:
            deliveries[channel] = Delivery(channel, days.count, str(of_notices[name].origin))
    earliest, latest, out = (_period(renewal, of_renewal, name) for name in ("earliest", "latest", "exit_notice"))
    ways = REMINDER_BY.get(renewal.head.id, tuple(deliveries))
    return Promises(
        deliveries=deliveries,
        earliest=earliest,
        latest=latest,
        exit_notice=out,
        reminder_by=ways,
        renewal=str(renewal.body_at),
        notices=str(notices.body_at),
    )


def _chosen(slot: str, inputs: Inputs, library: tuple[Clause, ...]) -> tuple[Clause, Mapping[str, Fact]]:
    if not (found := agreed_clause(slot, library, inputs.use, inputs.agreement)):
        raise ValueError(f"no clause has the slot {slot}, and deadlines are counted by it")
    return found


def _period(clause: Clause, found: Mapping[str, Fact], name: str) -> Duration:
    if name not in found or not isinstance(found[name].value, Duration):
        raise ValueError(f"{clause.head.id} has no parameter {name}, and deadlines are counted by it")
    period: Duration = found[name].value
    return period
