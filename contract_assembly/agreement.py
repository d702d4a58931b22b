"""What was agreed: the model of `agreement.yaml`. Models only; what follows from them is worked out in `deal`."""

from typing import Literal

from pydantic import Field

from contract_assembly.offer import AssetClass
from contract_assembly.typed import (
    CurrencyFact,
    DateFact,
    DurationFact,
    Model,
    MoneyFact,
    PercentFact,
    PlaceFact,
    SlugFact,
    TextFact,
    WholeFact,
)

Kind = Literal["support", "time-block"]


class Term(Model):
    """The initial term from its first day, and what follows it; `notice` is how long before its last day it can be declined."""

    first_day: DateFact
    length: DurationFact
    renewal: Literal["automatic", "by-agreement"] = "automatic"
    renewal_length: DurationFact
    notice: DurationFact


class Site(Model):
    """A place where the services are delivered."""

    name: TextFact
    address: TextFact


class Asset(Model):
    """How many of a class are covered."""

    kind: AssetClass
    count: WholeFact


class Coverage(Model):
    """Whom and what the services cover."""

    users: WholeFact
    sites: tuple[Site, ...]
    assets: tuple[Asset, ...]
    language: TextFact = "English"


class ClientContacts(Model):
    """The client's one point of contact and deputy, by person id, and what the contact may approve alone."""

    primary: SlugFact
    deputy: SlugFact
    approval_limit: MoneyFact


class ProviderContacts(Model):
    """The provider's one point of contact and deputy, by person id."""

    primary: SlugFact
    deputy: SlugFact


class Step(Model):
    """A rung of the escalation ladder: who speaks to whom, and after how long without progress on a Priority 1 Incident."""

    provider: SlugFact
    client: SlugFact
    after: DurationFact


class Contacts(Model):
    """Schedule D: who speaks for whom."""

    client: ClientContacts
    provider: ProviderContacts
    escalation: tuple[Step, ...]


class OwnPrice(Model):
    """A price of this agreement in place of the plan's, by the id of the plan's line."""

    line: SlugFact
    price: MoneyFact


class Fees(Model):
    """Where this agreement departs from the plan's prices, and how fees are paid."""

    prices: tuple[OwnPrice, ...] = ()
    setup: MoneyFact | None = None
    billing: Literal["monthly", "quarterly", "yearly"] = "monthly"
    due: DurationFact
    increase_cap: PercentFact
    increase_notice: DurationFact


class Signatories(Model):
    """Who signs for each party, by person id."""

    provider: SlugFact
    client: SlugFact


class Agreement(Model):
    """`agreements/<client>/<agreement>/agreement.yaml`: one contract of one client for one term."""

    id: TextFact
    title: TextFact
    kind: Kind
    status: Literal["draft", "sent", "signed", "ended"]
    version: WholeFact
    law: PlaceFact
    courts: TextFact
    locale: Literal["en-US", "en-GB", "en-IE"]
    currency: CurrencyFact
    plan: SlugFact
    term: Term
    coverage: Coverage
    contacts: Contacts
    fees: Fees
    signatories: Signatories
    special_terms: tuple[TextFact, ...] = ()
    choose: dict[SlugFact, SlugFact] = Field(default={})
    parameters: dict[SlugFact, dict[str, str]] = Field(default={})
