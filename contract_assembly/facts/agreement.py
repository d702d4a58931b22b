"""What was agreed: the model of `agreement.yaml`. Models only; `template_context` derives what follows."""

from typing import Literal, Self

from pydantic import Field, model_validator

from contract_assembly.facts.block_terms import Block
from contract_assembly.facts.catalogue import AssetClass
from contract_assembly.facts.fee_terms import Discount, InvoiceAddress, OwnLine, OwnPrice, PriceStep
from contract_assembly.facts.fields import (
    CurrencyFact,
    DateFact,
    DecimalFact,
    DurationFact,
    Locale,
    Model,
    MoneyFact,
    PercentFact,
    PlaceFact,
    ProseFact,
    SlugFact,
    TextFact,
    TruthFact,
    WholeFact,
)
from contract_assembly.facts.registers import Backup, Confirmation, Licence, PersonalData, Tax
from contract_assembly.facts.renewal_terms import Ending, Increase, Renewal, SentNotice

Kind = Literal["support", "time-block"]


class Term(Model):
    """The initial term and what follows it.

    The initial term has a `length`, or ends on a `last_day` that you choose, such as that of another agreement. `notice` is how
    long before its last day the renewal can be declined; with `notice_to: month-end` it is declined by the end of a calendar
    month, and `notice` is the number of full calendar months that remain."""

    first_day: DateFact
    length: DurationFact | None = None
    last_day: DateFact | None = None
    renewal: Literal["automatic", "by-agreement"] = "automatic"
    renewal_length: DurationFact
    notice: DurationFact
    notice_to: Literal["any-day", "month-end"] = "any-day"

    @model_validator(mode="after")
    def _ends_in_one_way(self) -> Self:
        if (self.length is None) == (self.last_day is None):
            raise ValueError("write either length, like 12 months, or last_day, like 2027-09-30")
        return self


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
    """The client's one point of contact and deputy, by person id, and what the contact may approve alone.

    A client without a second person has no deputy."""

    primary: SlugFact
    deputy: SlugFact | None = None
    approval_limit: MoneyFact


class ProviderContacts(Model):
    """The provider's one point of contact and deputy, by person id. A firm of one person has no deputy."""

    primary: SlugFact
    deputy: SlugFact | None = None


class Step(Model):
    """A step of the escalation ladder: who speaks to whom, and after how long without progress on a Priority 1 Incident."""

    provider: SlugFact
    client: SlugFact
    after: DurationFact


class PlainContacts(Model):
    """Who speaks for whom, without a ladder."""

    client: ClientContacts
    provider: ProviderContacts


class Contacts(PlainContacts):
    """Who speaks for whom, and the escalation ladder; a small firm may have none."""

    escalation: tuple[Step, ...] = ()


class Credit(Model):
    """A credit against the first invoices: the price paid for the unused hours of a prepaid block on a day, by the block's
    contract id."""

    amount: MoneyFact
    hours: DecimalFact
    block: TextFact
    as_of: DateFact


class Fees(Model):
    """What is paid in addition to the plan's list prices, or in their place, and how.

    `prices` replace the plan's, `lines` are added to it. `minimum` is the least Recurring Fee of a month before discounts.
    `commitment` chooses a discount of the rate card, for a commitment of that length. The `setup` fee may be paid in monthly
    instalments. `debit` means that the client pays by direct debit, `purchase_order` is what its invoices must show."""

    prices: tuple[OwnPrice, ...] = ()
    lines: tuple[OwnLine, ...] = ()
    minimum: MoneyFact | None = None
    discounts: tuple[Discount, ...] = ()
    steps: tuple[PriceStep, ...] = ()
    commitment: DurationFact | None = None
    setup: MoneyFact | None = None
    setup_instalments: WholeFact = 1
    credit: Credit | None = None
    billing: Literal["monthly", "quarterly", "yearly"] = "monthly"
    due: DurationFact
    debit: TruthFact = False
    purchase_order: TextFact | None = None
    invoice_addresses: tuple[InvoiceAddress, ...] = ()
    increase_cap: PercentFact
    increase_notice: DurationFact
    increase: Increase = Increase()


class Signatories(Model):
    """Who signs for each party, by person id."""

    provider: SlugFact
    client: SlugFact


class Agreed(Model):
    """The facts that every kind of agreement states: one contract of one client for one term.

    `origin: elsewhere` is a contract that was signed on other paper: its signed PDF is filed, and no clause of ours is in it.
    `open` lists questions that are still open: a draft shows them, and nothing is final before the list is empty.
    `provider` and `calendar` name a file of `provider/entities/` or `provider/calendars/` in place of the default.
    `initials` overrides the provider's setting for initials at the foot of each page.
    """

    id: TextFact
    title: TextFact
    kind: Kind
    origin: Literal["here", "elsewhere"] = "here"
    status: Literal["draft", "sent", "signed", "ended"]
    open: tuple[ProseFact, ...] = ()
    version: WholeFact
    law: PlaceFact
    courts: TextFact
    locale: Locale
    currency: CurrencyFact
    provider: SlugFact | None = None
    calendar: SlugFact | None = None
    initials: TruthFact | None = None
    contacts: PlainContacts
    tax: Tax = Tax(regime="none")
    signatories: Signatories
    licences: tuple[Licence, ...] = ()
    data: PersonalData | None = None
    special_terms: tuple[TextFact, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    choose: dict[SlugFact, SlugFact] = Field(default={})
    parameters: dict[SlugFact, dict[str, str]] = Field(default={})


class Agreement(Agreed):
    """`agreement.yaml` of a support contract: a plan, its coverage, and a term.

    `renews` names the folder of the agreement before it, `converts` that of the prepaid block that it replaces; `renewal` is the
    offer for the next term."""

    kind: Literal["support"]
    renews: SlugFact | None = None
    converts: SlugFact | None = None
    plan: SlugFact
    term: Term
    coverage: Coverage
    contacts: Contacts
    fees: Fees
    backup: Backup | None = None
    renewal: Renewal | None = None
    notices: tuple[SentNotice, ...] = ()
    ended: Ending | None = None


class BlockAgreement(Agreed):
    """`agreement.yaml` of a prepaid time block."""

    kind: Literal["time-block"]
    block: Block

    @model_validator(mode="after")
    def _counts_months_on_our_paper(self) -> Self:
        if self.origin == "here" and self.block.valid is None:
            raise ValueError(
                "write block: valid, like 12 months; a last_day is for a block that was signed on other paper"
            )
        return self


AGREEMENTS: dict[str, type[Agreed]] = {"support": Agreement, "time-block": BlockAgreement}
