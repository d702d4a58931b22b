"""Laws as facts: the model of `clauses/law/<place>.yaml`, with the rules of each law. Models only.

A rule is data: two conditions over the facts, in the closed language of clauses, and a message. Nothing here is legal advice;
`verified_by` is "none" until counsel has confirmed the rule.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contract_assembly.facts.fields import (
    CurrencyFact,
    DateFact,
    DurationFact,
    Locale,
    Model,
    PlaceFact,
    ProseFact,
    SlugFact,
    TextFact,
    TruthFact,
)

TaxRegime = Literal["us-sales", "uk-vat", "eu-vat", "ca-gst", "au-gst", "none"]
Nature = Literal["support", "security", "backup", "hardware", "software", "planning"]
Treatment = Literal["taxed", "not-taxed", "to-confirm"]


class WindowRule(Model):
    """When a duty is due: a number of days before a day, both ends inclusive."""

    before: Literal["decision_day", "last_day", "renewal_first_day"]
    earliest: DurationFact
    latest: DurationFact

    @model_validator(mode="after")
    def _counts_days(self) -> Self:
        if any(each.unit != "day" for each in (self.earliest, self.latest)):
            raise ValueError("a window is counted in days: write 30 days")
        if self.earliest.count < self.latest.count:
            raise ValueError(
                f"{self.earliest.count} days before is later than {self.latest.count} days before; swap them"
            )
        return self


class LawRule(Model):
    """A duty under a law. It applies where `applies` holds; where `broken` holds, too, the facts break it.

    `confirm` is a gate: something that only a person can know, to be confirmed in the agreement before the final build.
    `review_on` is the day of counsel's next review."""

    id: TextFact
    title: ProseFact
    kinds: tuple[Literal["support", "time-block"], ...] = ("support", "time-block")
    applies: TextFact
    broken: TextFact | None = None
    requires: ProseFact
    window: WindowRule | None = None
    channels: tuple[Literal["in-person", "certified-mail", "mail", "email", "invoice"], ...] = ()
    consequence: ProseFact
    severity: Literal["block", "warn", "inform"]
    authority: TextFact
    confirm: SlugFact | None = None
    verified_by: TextFact = "none"
    verified_on: TextFact = "never"
    review_on: DateFact | None = None


class Taxes(Model):
    """How a place taxes each nature of service, and where that is written. `to-confirm` is what we do not know."""

    authority: TextFact
    support: Treatment
    security: Treatment
    backup: Treatment
    hardware: Treatment
    software: Treatment
    planning: Treatment


class Place(Model):
    """A state, province, territory or part of a country, in the table of the country's file.

    `full`, `governing` and `courts` replace the country's usual form, `tax_name` is what its tax is called, `holidays` the code
    of its public holidays where that is another one. `refused` says why nothing can be written for it."""

    name: TextFact
    full: TextFact | None = None
    governing: TextFact | None = None
    courts: TextFact | None = None
    tax_name: TextFact | None = None
    holidays: PlaceFact | None = None
    refused: ProseFact | None = None


class Country(Model):
    """What a contract in a country starts with. In `full`, `governing` and `courts`, {name} and {full} are those of the place;
    `region` is whether addresses name the state; `phone`, `postcode` and `tax_id` are examples."""

    locale: Locale
    currency: CurrencyFact
    tax: TaxRegime
    phone: TextFact
    region: TruthFact = False
    postcode: TextFact
    tax_id: TextFact | None = None
    full: TextFact = "{name}"
    governing: TextFact = "the law of {full}"
    courts: TextFact = "the courts of {full}"


class Law(Model):
    """A law that an agreement can be made under: `name` ("New York"), `full` as in a clause ("the State of New York"),
    `governing` as what governs ("Scots law"; usually "the law of" and `full`), `courts` as a new agreement names them.

    `within` lists wider laws that also apply (US, EU); a wider law has rules but cannot be chosen. With `general`, counsel has
    read no clause for it: it has the general clauses of its country, and each agreement needs a person's confirmation. A
    country's law has a table of its `places`; a place without a file of its own is made from its line there."""

    id: PlaceFact
    name: TextFact
    full: TextFact
    governing: TextFact | None = None
    courts: TextFact | None = None
    chosen: Literal["yes", "no"] = "yes"
    general: TruthFact = False
    within: tuple[PlaceFact, ...] = ()
    holidays: PlaceFact | None = None
    tax_name: TextFact | None = None
    taxes: Taxes | None = None
    country: Country | None = None
    places: dict[Annotated[str, Field(pattern=r"^[A-Z]{2,3}$")], Place] = Field(default={})
    rules: tuple[LawRule, ...] = ()

    @property
    def gate(self) -> str | None:
        """What counsel confirms before a document under a general law is final: "place-us-fl"; None for other laws."""
        return f"place-{self.id.lower()}" if self.general else None
