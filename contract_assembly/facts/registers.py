"""Registers of an agreement: licences, personal data, backups, tax, confirmations. Models only."""

from typing import Literal

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
    metric: TextFact
    quantity: WholeFact
    holder: Literal["client", "provider", "provider-tenant"]
    first_day: DateFact
    last_day: DateFact | None = None
    renewal: ProseFact
    accepted_by: TextFact | None = None
    accepted_on: DateFact | None = None


class Subprocessor(Model):
    """Another firm that processes personal data for the provider."""

    name: TextFact
    country: CountryFact
    task: ProseFact


class Transfer(Model):
    """A transfer of personal data to another country, and its safeguard."""

    recipient: TextFact
    country: CountryFact
    safeguard: ProseFact


class PersonalData(Model):
    """The personal data that the provider processes for the client, and the legal regime."""

    regime: Literal["eu", "uk", "us-state", "ca", "au"]
    nature: ProseFact
    purpose: ProseFact
    categories: tuple[ProseFact, ...]
    subjects: tuple[ProseFact, ...]
    subprocessors: tuple[Subprocessor, ...] = ()
    transfers: tuple[Transfer, ...] = ()


class BackupSet(Model):
    """A set of data that is backed up together. RPO and RTO are targets."""

    name: TextFact
    method: ProseFact
    frequency: ProseFact
    retention: DurationFact
    offsite: ProseFact
    immutable: TruthFact
    rpo: DurationFact
    rto: DurationFact
    test: ProseFact


class Backup(Model):
    """The backup sets, and what is not backed up."""

    sets: tuple[BackupSet, ...]
    not_covered: tuple[ProseFact, ...] = ()


class Tax(Model):
    """The tax added to prices. Reverse charge is derived from the countries of the parties."""

    regime: TaxRegime


class Confirmation(Model):
    """A gate that a person has confirmed: something that only a person can know."""

    gate: SlugFact
    by: TextFact
    on: DateFact
