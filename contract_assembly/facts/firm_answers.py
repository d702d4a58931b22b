"""What a firm is asked when its repository begins. Models only."""

from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from contract_assembly.facts.fields import (
    CurrencyFact,
    EmailFact,
    Model,
    MoneyFact,
    PhoneFact,
    TextFact,
    TimeFact,
    WeekdaysFact,
)
from contract_assembly.facts.law import TaxRegime
from contract_assembly.facts.parties import Address


class AskedAddress(Model):
    """The firm's postal address; its country is that of its place."""

    lines: tuple[TextFact, ...]
    city: TextFact
    region: TextFact | None = None
    postcode: TextFact

    def in_country(self, country: str) -> Address:
        """The whole address."""
        return Address(**self.model_dump(), country=country)


class Employee(Model):
    """One of the firm's people; the id is made from the name."""

    name: TextFact
    role: TextFact
    email: EmailFact
    phone: PhoneFact


class Hours(Model):
    """When the service desk is open; the public holidays are those of the firm's place."""

    timezone: TextFact
    timezone_name: TextFact
    days: WeekdaysFact
    opens: TimeFact
    closes: TimeFact


class PlanPrices(Model):
    """The price of a user a month in each plan; the other prices of a plan start in proportion to it."""

    essential: MoneyFact
    business: MoneyFact
    complete: MoneyFact


class Answers(Model):
    """The answers of a firm: `templates/start/repository/answers.yaml` is an example with a comment for each.

    `place` is a code or a name. `currency` and `tax` are those of the place unless they are given. `install` is what pip
    installs on the server that checks pull requests."""

    name: TextFact
    short: TextFact
    form: TextFact
    place: TextFact
    registration: TextFact | None = None
    tax_id: TextFact | None = None
    address: AskedAddress
    email: EmailFact
    notices: EmailFact | None = None
    phone: PhoneFact
    portal: TextFact
    people: tuple[Employee, ...]
    currency: CurrencyFact | None = None
    tax: TaxRegime | None = None
    hours: Hours
    prices: PlanPrices
    hourly: MoneyFact
    install: TextFact | None = None


def fault(model: type[Model], name: str, text: str) -> str | None:
    """What is wrong with the text of one answer, as a sentence; None if nothing is."""
    field = model.model_fields[name]
    kind: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        first = error.errors()[0]
        return str(first["ctx"]["error"]) if first["type"] == "value_error" else str(first["msg"])
    return None
