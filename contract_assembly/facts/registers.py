"""Registers of an agreement: licences, personal data, backups, tax, confirmations. Models only."""

from typing import Literal

from pydantic import Field

from contract_assembly.facts.fields import (
    CountryFact,
    DateFact,
    DurationFact,
    Model,
    ProseFact,
    SlugFact,
    TextFact,
    TruthFact,
    WholeFact,
)
from contract_assembly.facts.law import TaxRegime


class Licence(Model):
    """A line of the licence register. Both days inclusive; without a last day the licence is perpetual or monthly."""

    product: TextFact
    vendor: TextFact
    metric: TextFact = Field(title="Counted by", description="Like named user or device.")
    quantity: WholeFact = Field(title="Number")
    holder: Literal["client", "provider", "provider-tenant"] = Field(title="Held by")
    first_day: DateFact
    last_day: DateFact | None = Field(default=None, description="Leave it empty for a licence that does not end.")
    renewal: ProseFact = Field(description="Like Yearly.")
    accepted_by: TextFact | None = Field(
        default=None, title="Terms accepted by", description="Who accepted the vendor’s terms."
    )
    accepted_on: DateFact | None = None


class Subprocessor(Model):
    """Another firm that processes personal data for the provider."""

    name: TextFact
    country: CountryFact = Field(description="Two capitals, like US.")
    task: ProseFact = Field(title="What it does")


class Transfer(Model):
    """A transfer of personal data to another country, and its safeguard."""

    recipient: TextFact
    country: CountryFact = Field(description="Two capitals, like US.")
    safeguard: ProseFact = Field(description="Like standard contractual clauses.")


class PersonalData(Model):
    """The personal data that the provider processes for the client, and the legal regime."""

    regime: Literal["eu", "uk", "us-state", "ca", "au"] = Field(title="Law on personal data")
    nature: ProseFact = Field(title="What is done with it")
    purpose: ProseFact
    categories: tuple[ProseFact, ...] = Field(title="Kinds of data")
    subjects: tuple[ProseFact, ...] = Field(title="Whose data")
    subprocessors: tuple[Subprocessor, ...] = Field(default=(), title="Other firms that process it")
    transfers: tuple[Transfer, ...] = Field(default=(), title="Transfers abroad")


class BackupSet(Model):
    """A set of data that is backed up together. RPO and RTO are targets."""

    name: TextFact = Field(title="What is backed up")
    method: ProseFact
    frequency: ProseFact = Field(title="How often")
    retention: DurationFact = Field(title="Kept for", description="Like 60 days.")
    offsite: ProseFact = Field(title="Second copy", description="Where the copy outside the building is.")
    immutable: TruthFact = Field(
        title="Cannot be changed", description="Whether no one can change or delete a copy before its time."
    )
    rpo: DurationFact = Field(title="Recovery point", description="The most work that may be lost, like 24 hours.")
    rto: DurationFact = Field(title="Recovery time", description="Working again within this time, like 1 business day.")
    test: ProseFact = Field(title="Restore test", description="What is tested, and how often.")


class Backup(Model):
    """The backup sets, and what is not backed up."""

    sets: tuple[BackupSet, ...] = Field(title="Backup sets")
    not_covered: tuple[ProseFact, ...] = Field(default=(), title="Not backed up")


class Tax(Model):
    """The tax added to prices. Reverse charge is derived from the countries of the parties."""

    regime: TaxRegime = Field(title="Tax on prices")


class Confirmation(Model):
    """A gate that a person has confirmed: something that only a person can know."""

    gate: SlugFact = Field(title="What was confirmed", description="The name that the list of problems gives.")
    by: TextFact = Field(title="Confirmed by")
    on: DateFact
