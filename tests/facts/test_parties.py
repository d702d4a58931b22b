"""Parties and their people: what an entity, an address and a person must say."""

import pytest
from pydantic import ValidationError

from contract_assembly.facts.parties import Address, Bank, Brand, Client, Person, Provider
from tests.helpers.inputs_base import BASE
from tests.helpers.models import read, refused

CLIENT = (BASE / "agreements/acme/client.yaml").read_text("utf-8")
PROVIDER = (BASE / "provider/provider.yaml").read_text("utf-8")
PERSON = "{id: jo, name: Jo Doe, role: Owner, email: jo@client.example, phone: +1 518 555 0140}"


def test_the_files_of_both_sides_are_accepted():
    assert refused(Client, CLIENT) == refused(Provider, PROVIDER) == []


def test_a_provider_has_no_signing_service_and_asks_for_no_initials_unless_it_says_so():
    bare = "\n".join(line for line in PROVIDER.splitlines() if not line.startswith(("esign", "initials")))
    found = read(Provider, bare).model
    assert (found.esign, found.initials) == ("none", False)


def test_a_person_stays_until_a_day_is_given():
    assert read(Person, PERSON).model.until is None


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("jo@client.example", "jo@client", "email: 'jo@client' is not an email address"),
        ("jo@client.example", "a jo@client.example", "email: 'a jo@client.example' is not an email address"),
        ("+1 518 555 0140", "518 555 0140", "phone: "),
        ("id: jo", "id: Jo Doe", "id: 'Jo Doe' is not a short name"),
        ("name: Jo Doe", "name: ''", "name is empty"),
    ],
)
def test_a_person_of_another_form_is_refused(old, new, what):
    ((_, said, _),) = refused(Person, PERSON.replace(old, new))
    assert said.startswith(what)


def test_an_address_needs_no_region_but_a_country_of_two_capitals():
    text = "{lines: [1 Quay], city: Dublin, postcode: D02 AF30, country: IE}"
    assert read(Address, text).model.region is None
    assert [each[1] for each in refused(Address, text.replace("IE}", "Ireland}"))] == [
        "country: 'Ireland' is not an ISO 3166 country code of two capitals"
    ]


@pytest.mark.parametrize(
    ("colour", "kept"),
    [("#1F3A5F", "#1f3a5f"), ("#000000", "#000000"), ("#12345", None), ("blue", None), ("#12345g", None)],
)
def test_a_colour_is_six_digits_and_kept_in_small_letters(colour, kept):
    text = f"colour: '{colour}'"
    assert (read(Brand, text).model.colour if not refused(Brand, text) else None) == kept


@pytest.mark.parametrize(
    ("logo", "fits"),
    [("logo.svg", True), ("our-logo.png", True), ("logo.jpg", False), ("../logo.png", False), ("a/b.svg", False)],
)
def test_a_logo_is_a_picture_in_the_providers_folder_and_nowhere_else(logo, fits):
    assert (refused(Brand, f"logo: {logo}") == []) == fits


def test_a_sector_is_one_that_the_law_asks_about():
    assert [each[1] for each in refused(Client, CLIENT + "\nsectors: [farming]\n") if "sectors" in each[1]] != []


def served(more):
    bare = "\n".join(line for line in PROVIDER.splitlines() if not line.startswith("esign"))
    return f"{bare}\n{more}\n"


def test_a_service_to_which_documents_are_sent_needs_no_anchors():
    assert read(Provider, served("esign: documenso")).model.anchored == "documenso"
    found = read(Provider, served("esign: documenso\nesign_url: https://sign.example:8443/api/v2/")).model
    assert (found.esign_url, found.anchored) == ("https://sign.example:8443/api/v2", "none")


@pytest.mark.parametrize(
    "more",
    [
        "esign_url: https://sign.example",
        "esign: adobe-sign\nesign_url: https://sign.example",
        *(f"esign: docuseal\nesign_url: {url}" for url in (
            "http://sign.example", "sign.example", "https://user:key@sign.example", "https://sign.example/?a=b",
            "http://localhost.sign.example", "https://sign.example/a#b", "file:///etc/passwd",
        )),
    ],
)  # fmt: skip
def test_an_address_that_is_open_or_of_no_service_is_refused(more):
    assert refused(Provider, served(more))


@pytest.mark.parametrize("iban", ["GB29 NWBK 6016 1331 9268 19", "IE29AIBK93115212345678", "NO9386011117947"])
def test_an_iban_is_kept_without_blanks(iban):
    assert Bank(iban=iban).iban == iban.replace(" ", "")


@pytest.mark.parametrize("iban", ["GB29 NWBK 6016 1331 9268 18", "GB29", "gb29 nwbk 6016 1331 9268 19", "12345678"])
def test_an_iban_with_wrong_check_digits_is_refused(iban):
    with pytest.raises(ValidationError, match="IBAN"):
        Bank(iban=iban)
