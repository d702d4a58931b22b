"""Laws as facts: the model of `clauses/law/<place>.yaml`, with the rules that each law makes. Models only; reads nothing.

A rule is data: two conditions over the facts, in the closed language of clauses, and what to tell. Nothing here is legal
advice; `verified_by` stays "none" until counsel has signed for the rule.
"""

from typing import Literal

from contract_assembly.facts.fields import DateFact, DurationFact, Model, PlaceFact, ProseFact, SlugFact, TextFact


class Window(Model):
    """When a duty is done: counted back from a day, both ends inclusive."""

    before: Literal["decision_day", "last_day", "renewal_first_day"]
    earliest: DurationFact
    latest: DurationFact


class LawRule(Model):
    """A duty that a law makes. It applies where `applies` holds; where `broken` holds too, it is broken as the facts stand.

    `confirm` is a gate: what only a person can know, to be confirmed in the agreement before the final build. `review_on` is the
    day on which counsel looks at the rule again."""

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
    """A law that an agreement can be made under: `name` ("New York"), `full` as a clause says it ("the State of New York").

    `within` are wider laws that apply too (US, EU); a wider law has rules but cannot be chosen."""

    id: PlaceFact
    name: TextFact
    full: TextFact
    chosen: Literal["yes", "no"] = "yes"
    within: tuple[PlaceFact, ...] = ()
    rules: tuple[LawRule, ...] = ()
