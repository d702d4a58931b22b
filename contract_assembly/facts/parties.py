"""The parties: addresses, legal entities, people, and the files of provider and client. Models only."""

from typing import Literal, Self

from pydantic import Field, model_validator

from contract_assembly.document.engines import Engine
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

    lines: tuple[TextFact, ...] = Field(
        title="Street", description="House number and street, and anything above them on an envelope."
    )
    city: TextFact
    region: TextFact | None = Field(
        default=None,
        title="State or county",
        description="As on an envelope, like NY. Leave it empty where addresses have none.",
    )
    postcode: TextFact = Field(title="Postal code")
    country: CountryFact = Field(description="Two capitals, like US, GB, or IE.")


class Notices(Model):
    """Where formal notices go, in addition to the registered address."""

    attention: TextFact = Field(
        title="For the attention of", description="Who reads formal notices there, like General Counsel."
    )
    email: EmailFact = Field(title="Email for notices")
    address: Address | None = Field(
        default=None,
        title="Another postal address",
        description="Only if notices go to a place other than the registered address.",
    )


class Party(Model):
    """A legal entity exactly as registered; `short` is the name used in running heads and file lists."""

    name: TextFact = Field(title="Registered name", description="Exactly as in the register, with its legal form.")
    short: TextFact = Field(title="Short name", description="Used in running heads and lists.")
    form: TextFact = Field(
        title="Legal form", description="As the register says, like corporation or limited liability company."
    )
    jurisdiction: TextFact = Field(
        title="Registered in", description="The state or country of registration, like Delaware."
    )
    registration: TextFact | None = Field(
        default=None,
        title="Registration number",
        description="As the register writes it. Leave it empty if there is none.",
    )
    trading_as: TextFact | None = Field(
        default=None, title="Trading name", description="Only if it differs from the registered name."
    )
    tax_id: TextFact | None = Field(
        default=None, title="Tax number", description="The VAT or GST number on invoices, if there is one."
    )
    address: Address = Field(title="Registered address")
    notices: Notices = Field(title="Formal notices")


class Person(Model):
    """A person with a name and a telephone number, referred to by `id`. `until` is their last day."""

    id: SlugFact = Field(
        title="Short id",
        description="Small letters, digits, and hyphens. Agreements refer to the person by it, so keep it once it is used.",
    )
    name: TextFact
    role: TextFact = Field(title="Position", description="As it is printed, like Finance Director.")
    email: EmailFact
    phone: PhoneFact = Field(title="Telephone", description="With the country code, like +1 518 555 0140.")
    mobile: PhoneFact | None = Field(default=None, title="Mobile telephone")
    until: DateFact | None = Field(
        default=None, title="Last day", description="The last day on which this person works there, if known."
    )


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
    PDFs; an entity of the firm without one uses that of `provider.yaml`. `bank` is for e-invoices."""

    party: Party
    brand: Brand | None = None
    desk: Desk
    bank: Bank | None = None
    esign: Service = "none"
    esign_url: UrlFact | None = None
    initials: TruthFact = False
    pdf: Engine | None = None
    people: tuple[Person, ...]

    @model_validator(mode="after")
    def _has_a_service_to_send_to(self) -> Self:
        if self.esign_url and self.esign not in SENDING:
            raise ValueError(f"esign_url needs esign: {' or '.join(SENDING)}")
        return self

    @property
    def anchored(self) -> Service:
        """The service whose anchors are printed."""
        return "none" if self.esign_url else self.esign


class Client(Model):
    """`agreements/<client>/client.yaml`: the customer. `place` is its seat, for laws that apply whatever law is chosen."""

    party: Party = Field(title="Legal entity")
    place: PlaceFact = Field(
        description="A country or state code, like US-NY. Its laws apply whatever law the agreement chooses."
    )
    is_business: TruthFact = Field(title="Is a business", description="No for a consumer, whom other laws protect.")
    sectors: tuple[Sector, ...] = Field(default=(), description="Each may add a schedule or a rule of law.")
    people: tuple[Person, ...] = Field(description="Everyone whom an agreement names.")
