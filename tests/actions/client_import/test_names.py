import time

import pytest

from contract_assembly.actions.client_import.names import doubles, folder_name, nearly_doubles
from tests.helpers.client_tables import rows


def told(problems):
    return [(each.rule, each.origin.line, each.what) for each in problems]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Elm Street Clinic, PLLC", "elm-street-clinic"),
        ("The Acme Company Ltd.", "acme"),
        ("Müller & Söhne GmbH", "muller-and-sohne"),
        ("Jo's L.L.C.", "jos"),
        ("Oak Incorporated", "oak"),
        ("Ltd", "ltd"),
        ("東京", ""),
    ],
)
def test_a_folder_is_named_without_marks_and_the_legal_form(name, folder):
    assert folder_name(name) == folder


def test_one_client_in_two_spellings_is_refused_in_both_rows():
    found = told(doubles(rows({"company": "Oak LLC"}, {"company": "OAK, L.L.C."}), {}, ()))
    assert [each[:2] for each in found] == [("import-doubled", 2), ("import-doubled", 3)]
    assert "'OAK, L.L.C.' in line 3" in found[0][2]


def test_two_contracts_of_one_client_are_no_double():
    assert told(doubles(rows({"company": "Oak LLC"}, {"company": "Oak  LLC"}), {}, ())) == []


def test_a_client_that_exists_is_refused_by_each_of_its_names():
    found = told(doubles(rows({"company": "Oak Inc"}, {"company": "Northern Oak"}), {"northern-oak": "oak"}, ("oak",)))
    assert [each[0] for each in found] == ["exists-already", "exists-already"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Birchwood Partners", "Birchwood Partner"),
        ("Birch Dental", "Birch Dental Group"),
        ("Hillside Vets", "Millside Vets"),
    ],
)
def test_names_that_are_nearly_alike_are_shown_once(one, other):
    ((rule, _, what),) = told(nearly_doubles(rows({"company": one}, {"company": other}), {}))
    assert rule == "import-near"
    assert one in what
    assert other in what


def test_a_name_that_is_nearly_that_of_a_client_is_shown():
    ((_, line, what),) = told(
        nearly_doubles(rows({"company": "Birchwood Partner"}), {"birchwood-partners": "birchwood"})
    )
    assert (line, what) == (2, "Birchwood Partner is nearly the client birchwood")


@pytest.mark.parametrize(("one", "other"), [("Oak", "Ash"), ("Elm Law", "Oak Law"), ("North Clinic", "South Garage")])
def test_other_names_are_not_shown(one, other):
    assert told(nearly_doubles(rows({"company": one}, {"company": other}), {})) == []


def test_clients_with_addresses_of_one_mail_domain_are_shown_in_one_line():
    many = [
        {"company": name, "email": f"a{n}@Group.example"} for n, name in enumerate(["Oak", "Fir", "Ash", "Yew", "Elm"])
    ]
    ((_, line, what),) = told(nearly_doubles(rows(*many), {}))
    assert line == 2
    assert (
        what
        == "Oak has an address at group.example, and so have 'Fir' in line 3, 'Ash' in line 4, 'Yew' in line 5, and 1 more"
    )


def test_addresses_at_a_mail_service_of_the_public_say_nothing():
    assert (
        told(
            nearly_doubles(
                rows({"company": "Oak", "email": "a@gmail.com"}, {"company": "Fir", "email": "b@gmail.com"}), {}
            )
        )
        == []
    )


def test_twenty_thousand_names_are_compared_in_seconds():
    many = rows(*({"company": f"Client {n * 7919 % 20000:05d} {chr(97 + n % 26) * 4}"} for n in range(20_000)))
    began = time.process_time()
    list(nearly_doubles(many, {}))
    assert time.process_time() - began < 10
