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
    length: DurationFact | None = Field(default=None, description="Like 12 months. Or give the last day instead.")
    last_day: DateFact | None = Field(default=None, description="Only if the term ends on a day of your choice.")
    renewal: Literal["automatic", "by-agreement"] = Field(
        default="automatic", description="What happens at the end of the term."
    )
    renewal_length: DurationFact = Field(title="Length of each renewal", description="Like 12 months.")
    notice: DurationFact = Field(
        title="Notice of non-renewal", description="How long before the last day a party can decline, like 60 days."
    )
    notice_to: Literal["any-day", "month-end"] = Field(
        default="any-day", title="Notice ends", description="Any day, or the end of a calendar month."
    )

    @model_validator(mode="after")
    def _ends_in_one_way(self) -> Self:
        if (self.length is None) == (self.last_day is None):
            raise ValueError("write either length, like 12 months, or last_day, like 2027-09-30")
        return self


class Site(Model):
    """A place where the services are delivered."""

    name: TextFact
    address: TextFact = Field(description="On one line, as it is printed.")


class Asset(Model):
    """How many of a class are covered."""

    kind: AssetClass
    count: WholeFact = Field(title="Number")


class Coverage(Model):
    """Whom and what the services cover."""

    users: WholeFact = Field(description="People who may ask for support.")
    sites: tuple[Site, ...] = Field(description="Where services are delivered.")
    assets: tuple[Asset, ...] = Field(title="Devices and services", description="How many of each kind are covered.")
    language: TextFact = Field(default="English", title="Language of support")


class ClientContacts(Model):
    """The client's one point of contact and deputy, by person id, and what the contact may approve alone.

    A client without a second person has no deputy."""

    primary: SlugFact = Field(title="Point of contact")
    deputy: SlugFact | None = Field(default=None, description="Leave it empty if the client has no second person.")
    approval_limit: MoneyFact = Field(
        title="May approve up to", description="The amount that the contact may approve alone."
    )


class ProviderContacts(Model):
    """The provider's one point of contact and deputy, by person id. A firm of one person has no deputy."""

    primary: SlugFact = Field(title="Point of contact")
    deputy: SlugFact | None = None


class Step(Model):
    """A step of the escalation ladder: who speaks to whom, and after how long without progress on a Priority 1 Incident."""

    provider: SlugFact = Field(title="On our side")
    client: SlugFact = Field(title="On the client’s side")
    after: DurationFact = Field(description="Time without progress on a Priority 1 Incident, like 2 business hours.")


class PlainContacts(Model):
    """Who speaks for whom, without a ladder."""

    client: ClientContacts = Field(title="The client’s contacts")
    provider: ProviderContacts = Field(title="Our contacts")


class Contacts(PlainContacts):
    """Who speaks for whom, and the escalation ladder; a small firm may have none."""

    escalation: tuple[Step, ...] = Field(default=(), description="Who speaks to whom if a problem is not solved.")


class Credit(Model):
    """A credit against the first invoices: the price paid for the unused hours of a prepaid block on a day, by the block's
    contract id."""

    amount: MoneyFact
    hours: DecimalFact = Field(title="Unused hours")
    block: TextFact = Field(title="Contract number of the block")
    as_of: DateFact = Field(title="Counted on")


class Fees(Model):
    """What is paid in addition to the plan's list prices, or in their place, and how.

    `prices` replace the plan's, `lines` are added to it. `minimum` is the least Recurring Fee of a month before discounts.
    `commitment` chooses a discount of the rate card, for a commitment of that length. The `setup` fee may be paid in monthly
    instalments. `debit` means that the client pays by direct debit, `purchase_order` is what its invoices must show."""

    prices: tuple[OwnPrice, ...] = Field(
        default=(),
        title="Prices other than the plan’s",
        description="Only lines of the plan whose price differs for this client.",
    )
    lines: tuple[OwnLine, ...] = Field(
        default=(),
        title="Further lines",
        description="Add-ons from the rate card, or anything else that this client pays for.",
    )
    minimum: MoneyFact | None = Field(default=None, title="Minimum monthly fee", description="Before discounts.")
    discounts: tuple[Discount, ...] = Field(default=(), title="Discounts that end")
    steps: tuple[PriceStep, ...] = Field(
        default=(), title="Agreed price changes", description="On the first day of a later contract year."
    )
    commitment: DurationFact | None = Field(
        default=None, description="A length from the rate card that earns a discount, like 12 months."
    )
    setup: MoneyFact | None = Field(default=None, title="Setup fee", description="Charged once.")
    setup_instalments: WholeFact = Field(
        default=1, title="Instalments of the setup fee", description="In how many monthly parts it is paid."
    )
    credit: Credit | None = Field(default=None, title="Credit for an unused block")
    billing: Literal["monthly", "quarterly", "yearly"] = Field(default="monthly", title="Invoiced")
    due: DurationFact = Field(title="Payment due after", description="Counted from the invoice date, like 30 days.")
    debit: TruthFact = Field(default=False, title="Paid by direct debit")
    purchase_order: TextFact | None = Field(default=None, description="What invoices must show.")
    invoice_addresses: tuple[InvoiceAddress, ...] = Field(default=(), title="Further invoice addresses")
    increase_cap: PercentFact = Field(title="Most that prices can rise at a renewal", description="Like 5 %.")
    increase_notice: DurationFact = Field(
        title="Notice of new prices", description="How long before the renewal, like 90 days."
    )
    increase: Increase = Field(default=Increase(), title="How prices change at a renewal")


class Signatories(Model):
    """Who signs for each party, by person id."""

    provider: SlugFact = Field(title="For us")
    client: SlugFact = Field(title="For the client")


class Agreed(Model):
    """The facts that every kind of agreement states: one contract of one client for one term.

    `origin: elsewhere` is a contract that was signed on other paper: its signed PDF is filed, and no clause of ours is in it.
    `open` lists questions that are still open: a draft shows them, and nothing is final before the list is empty.
    `provider` and `calendar` name a file of `provider/entities/` or `provider/calendars/` in place of the default.
    `initials` overrides the provider's setting for initials at the foot of each page.
    """

    id: TextFact = Field(title="Contract number", description="Printed on the cover and on invoices.")
    title: TextFact = Field(description="Printed on the cover.")
    kind: Kind
    origin: Literal["here", "elsewhere"] = "here"
    status: Literal["draft", "sent", "signed", "ended"]
    open: tuple[ProseFact, ...] = Field(
        default=(),
        title="Open points",
        description="What is still unknown. Nothing can become final before this list is empty.",
    )
    version: WholeFact = Field(description="A whole number. Raise it to send a changed contract again.")
    law: PlaceFact = Field(title="Governing law", description="A country or state code, like US-NY.")
    courts: TextFact = Field(description="As they are printed, after “the parties submit to”.")
    locale: Locale = Field(title="Spelling and formats")
    currency: CurrencyFact = Field(description="Three capitals, like USD.")
    provider: SlugFact | None = Field(
        default=None, title="Our entity", description="Which of our companies signs. Leave it empty for the usual one."
    )
    calendar: SlugFact | None = Field(
        default=None, description="Business hours and holidays. Leave it empty for the usual one."
    )
    initials: TruthFact | None = Field(default=None, title="Initials on each page")
    contacts: PlainContacts
    tax: Tax = Tax(regime="none")
    signatories: Signatories = Field(title="Who signs")
    licences: tuple[Licence, ...] = Field(
        default=(), description="Who holds which licence, and who accepted the vendor’s terms."
    )
    data: PersonalData | None = Field(default=None, title="Personal data")
    special_terms: tuple[TextFact, ...] = Field(default=(), description="A sentence each, printed as agreed.")
    confirmations: tuple[Confirmation, ...] = Field(
        default=(), description="What a person has checked because the program cannot."
    )
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
    coverage: Coverage = Field(title="What is covered")
    contacts: Contacts
    fees: Fees
    backup: Backup | None = Field(default=None, title="Backups")
    renewal: Renewal | None = Field(
        default=None, title="Offer for the next term", description="Only what will differ from today."
    )
    notices: tuple[SentNotice, ...] = ()
    ended: Ending | None = None


class BlockAgreement(Agreed):
    """`agreement.yaml` of a prepaid time block."""

    kind: Literal["time-block"]
    block: Block = Field(title="Block of hours")

    @model_validator(mode="after")
    def _counts_months_on_our_paper(self) -> Self:
        if self.origin == "here" and self.block.valid is None:
            raise ValueError(
                "write block: valid, like 12 months; a last_day is for a block that was signed on other paper"
            )
        return self


AGREEMENTS: dict[str, type[Agreed]] = {"support": Agreement, "time-block": BlockAgreement}
