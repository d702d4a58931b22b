from contract_assembly.actions.client_import.client_file import client_file, site, unknown
from contract_assembly.actions.client_import.places import place_of
from contract_assembly.actions.client_start import TEMPLATE
from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.facts.fields import located
from contract_assembly.facts.parties import Client
from contract_assembly.facts.strict_yaml import load
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import own_source
from contract_assembly.rules.document.words import placeholders
from tests.helpers.sample_tree import p, sample

FILES = Repository(own_source())


def made(place="US-NY", **cells):
    data = client_file(FILES.text(TEMPLATE), "elm", {"company": "Elm: Street", **cells}, place_of(FILES, place))
    return located(Client, load(data.decode(), "client.yaml")).model


def test_the_client_has_what_the_table_says():
    found = made(
        postcode="02134", short="Elm", person="Kim Ode", email="kim@elm.example", role="Manager", street="5 Elm Street"
    )
    assert (found.party.name, found.party.short, found.party.address.postcode) == ("Elm: Street", "Elm", "02134")
    assert found.party.address.lines == ("5 Elm Street",)
    assert [(each.id, each.name, each.email) for each in found.people] == [("contact", "Kim Ode", "kim@elm.example")]
    assert (found.party.notices.attention, found.party.notices.email) == ("Manager", "kim@elm.example")


def test_every_fact_that_the_table_does_not_say_is_a_placeholder_that_no_final_version_may_print():
    found = made("GB-EW")
    party, (person,) = found.party, found.people
    unknown = (
        party.form, party.registration, party.tax_id, *party.address.lines, party.address.city, party.address.postcode,
        party.notices.attention, party.notices.email, person.name, person.role, person.email, person.phone,
    )  # fmt: skip
    values = [d.Value(str(text), "client", Origin("client.yaml", n)) for n, text in enumerate(unknown)]
    document = d.Document(sample().meta, (d.Part("terms", "terms", (), (p(*values),)),))
    assert [each.origin.line for each in placeholders(document)] == [*range(len(unknown))]


def test_what_is_unknown_or_assumed_is_open():
    lacking, assumed, _ = unknown({"street": "5 Elm Street", "form": "LLC", "due": "14 days"}, "support")
    assert lacking.partition(": ")[2] == (
        "city, postcode, registration, contact, role of the contact, email, telephone, and number of users"
    )
    assert assumed.partition(": ")[2] == (
        "renewal for 12 months, monthly invoices, and a rise of at most 5 % at a renewal, with 90 days’ notice"
    )
    assert "users" not in " ".join(unknown({}, "time-block"))


def test_the_site_is_the_address_where_it_is_known():
    assert (
        site({"street": "5 Elm Street", "city": "Troy", "region": "NY", "postcode": "12180"})
        == "5 Elm Street, Troy, NY, 12180"
    )
    assert site({"street": "5 Elm Street"}) == ""
