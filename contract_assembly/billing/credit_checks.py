"""What stops Service Credits from being worked out: months that cannot be measured, credits that would be given twice. Pure."""

from collections.abc import Iterator

from contract_assembly.billing.charges import service_credits
from contract_assembly.billing.running import Running
from contract_assembly.core.problems import Problem
from contract_assembly.facts.term_dates import terms
from contract_assembly.rules import service_months


def problems(running: Running) -> Iterator[Problem]:
    """Every problem of the months in `service.yaml` and of the credits that were entered by hand for them."""
    service = running.service
    if service is None or not service.model.months:
        return
    every = terms(running.versions[0].inputs.agreement.model.term)
    number = every.number_on(service.model.term)
    if number is None or every.days(number).first != service.model.term:
        what = f"term: no term begins on {service.model.term}"
        hint = f"see the term at {running.inputs.agreement.at('term')}"
        yield Problem("service-period", what, service.at("term"), hint)
        return
    wrong = tuple(service_months.problems(service, every.days(number)))
    yield from wrong or _doubled(running)


def _doubled(running: Running) -> Iterator[Problem]:
    """Credits that were entered by hand in a month whose credit is worked out, without saying what else they are for."""
    assert running.service is not None  # noqa: S101  # asked before
    due = {each.days.first.replace(day=1): each for each in service_credits(running) if each.uncapped.amount}
    for n, miss in enumerate(running.service.model.missed):
        found = due.get(miss.on.replace(day=1))
        if found and miss.credit and miss.credit_for is None:
            by_hand, due_ = (f"{each.amount} {each.currency}" for each in (miss.credit, found.amount))
            what = f"missed.{n}: {by_hand} is credited by hand, and {due_} is worked out for the same month at {found.origin}"
            hint = "remove credit: if both are for the same Tickets; otherwise add credit_for: task, call or goodwill"
            yield Problem("credit-doubled", what, running.service.at(f"missed.{n}.credit"), hint)
