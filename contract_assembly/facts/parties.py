"""The parties: addresses, legal entities, people, and the files of provider and client. Models only."""

from typing import Literal, Self

from pydantic import model_validator

from contract_assembly.document.style import Engine
from contract_assembly.facts.esign_anchors import SENDING, Service
from contract_assembly.facts.fields import (
    BicFact,
    ColourFact,
    CountryFact,
    DateFact,
    EmailFact,
    IbanFact,
    Model,
    PhoneFact,
    PictureFact,
    PlaceFact,
    SlugFact,
    TextFact,
    TruthFact,
    UrlFact,
)

Sector = Literal["health", "finance", "public-body", "education", "legal", "charity"]


class Address(Model):
    """A postal address; `region` is the state or county as on an envelope."""

    lines: tuple[TextFact, ...]
    city: TextFact
    region: TextFact | None = None
    postcode: TextFact
    country: CountryFact


class Notices(Model):
    """Where formal notices go, in addition to the registered address."""

    attention: TextFact
    email: EmailFact
    address: Address | None = None


class Party(Model):
    """A legal entity exactly as registered; `short` is the name used in running heads and file lists."""

    name: TextFact
    short: TextFact
    form: TextFact
    jurisdiction: TextFact
    registration: TextFact | None = None
    trading_as: TextFact | None = None
    tax_id: TextFact | None = None
    address: Address
    notices: Notices


class Person(Model):
    """A person with a name and a telephone number, referred to by `id`. `until` is their last day."""

    id: SlugFact
    name: TextFact
    role: TextFact
    email: EmailFact
    phone: PhoneFact
    mobile: PhoneFact | None = None
    until: DateFact | None = None


class Bank(Model):
    """The account to which clients pay, as e-invoices state it. `holder` is the name on it, where that is not the party's."""

    iban: IbanFact
    bic: BicFact | None = None
    holder: TextFact | None = None


class Desk(Model):
    """The channels of the service desk."""

    phone: PhoneFact
    email: EmailFact
    portal: TextFact


class Brand(Model):
    """The look of the provider's documents: a colour, dark enough to be read on white, and a logo, a file in `provider/`. An SVG
    needs the same picture as PNG next to it, for Word."""

    colour: ColourFact | None = None
    logo: PictureFact | None = None


class Provider(Model):
    """`provider/provider.yaml`: the IT firm. `esign` is its signing service, whose anchors are printed where people sign. With
    `esign_url`, the base URL of the service's API, documents are sent there by command, and need no anchors.
    `initials` asks for initials at the foot of each page, unless an agreement overrides it. `pdf` is the engine that lays out
    PDFs. `bank` is for e-invoices."""

    party: Party
    brand: Brand | None = None
    desk: Desk
    bank: Bank | None = None
    esign: Service = "none"
    esign_url: UrlFact | None = None
    initials: TruthFact = False
    pdf: Engine = "weasyprint"
    people: tuple[Person, ...]

    @model_validator(mode="after")
    def _has_a_service_to_send_to(self) -> Self:
        if self.esign_url and self.esign not in SENDING:
            raise ValueError(f"esign_url goes with esign: {' or '.join(SENDING)}")
        return self

    @property
    def anchored(self) -> Service:
        """The service whose anchors are printed."""
        return "none" if self.esign_url else self.esign


class Client(Model):
    """`agreements/<client>/client.yaml`: the customer. `place` is its seat, for laws that apply whatever law is chosen."""

    party: Party
    place: PlaceFact
    is_business: TruthFact
    sectors: tuple[Sector, ...] = ()
    people: tuple[Person, ...]
