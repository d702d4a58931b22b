"""Laws as facts: the model of `clauses/law/<place>.yaml`, with the rules of each law. Models only.

A rule is data: two conditions over the facts, in the closed language of clauses, and a message. Nothing here is legal advice;
`verified_by` is "none" until counsel has confirmed the rule.
"""

from typing import Literal

from contract_assembly.facts.fields import DateFact, DurationFact, Model, PlaceFact, ProseFact, SlugFact, TextFact


class Window(Model):
    """When a duty is due: counted back from a day, both ends inclusive."""

    before: Literal["decision_day", "last_day", "renewal_first_day"]
    earliest: DurationFact
    latest: DurationFact


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
    window: Window | None = None
    channels: tuple[Literal["in-person", "certified-mail", "mail", "email", "invoice"], ...] = ()
    consequence: ProseFact
    severity: Literal["block", "warn", "inform"]
    authority: TextFact
    confirm: SlugFact | None = None
    verified_by: TextFact = "none"
    verified_on: TextFact = "never"
    review_on: DateFact | None = None


class Law(Model):
    """A law that an agreement can be made under: `name` ("New York"), `full` as in a clause ("the State of New York").

    `within` lists wider laws that also apply (US, EU); a wider law has rules but cannot be chosen."""

    id: PlaceFact
    name: TextFact
    full: TextFact
    chosen: Literal["yes", "no"] = "yes"
    within: tuple[PlaceFact, ...] = ()
    rules: tuple[LawRule, ...] = ()
