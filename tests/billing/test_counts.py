"""Exports with counts: rows become numbers of users and devices, or are accounted for otherwise."""

import pytest

from contract_assembly.billing.counts import counts_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.count_mapping import CountMapping
from contract_assembly.facts.fields import Located

DEVICES = {"columns": {"client": "Site", "what": "Type"}, "words": {"Server": "server", "Laptop": "workstation"}}
LICENCES = {
    "columns": {"client": "Customer", "what": "Product", "quantity": "Seats"},
    "words": {"Premium": "users", "Basic": "users", "Mail": "mailbox", "Room": "none"},
}
TOTALS = {"columns": {"client": "Client", "counts": {"users": ["Users"], "workstation": ["Desktops", "Laptops"]}}}
NAMES = {"acme": ("Acme", "Acme, Inc."), "birch": ("Birch",)}


def read(text, shape, only=None, names=NAMES, **more):
    model = CountMapping.model_validate({"kind": "counts", "name": "T", **shape, **more})
    return counts_of(text.encode(), "t.csv", Located(model, {"": Origin("m.yaml", 1)}), names, only)


def wrong(text, shape, **more):
    with pytest.raises(RefusedError) as refused:
        read(text, shape, **more)
    return [(each.rule, each.origin.line) for each in refused.value.problems]


def test_each_row_of_a_list_counts_one():
    found = read("Site,Type\nAcme,Server\nACME,Laptop\n acme ,laptop\nBirch,Server\n", DEVICES)
    assert found.clients == {"acme": {"server": 1, "workstation": 2}, "birch": {"server": 1}}
    assert (found.rows, found.accounted()) == (4, ["4 counted"])


def test_numbers_of_a_column_add_up_by_what_they_count():
    found = read('Customer,Product,Seats\nAcme,Premium,30\nAcme,Basic,5\nAcme,Room,2\n"Acme, Inc.",Mail,3\n', LICENCES)
    assert found.clients == {"acme": {"users": 35, "mailbox": 3}}
    assert found.accounted() == ["3 counted", "1 not counted"]


def test_a_row_for_each_client_has_its_numbers_in_columns_and_empty_cells_are_none():
    found = read("Client,Users,Desktops,Laptops\nAcme,34,30,8\nBirch,,1,\n", TOTALS)
    assert found.clients == {"acme": {"users": 34, "workstation": 38}, "birch": {"users": 0, "workstation": 1}}


def test_a_user_with_several_licences_counts_once():
    shape = {"columns": {"what": "Licenses"}, "words": {**LICENCES["words"], "": "none"}}
    found = read("Licenses\nPremium+Basic\nPremium+Room\nMail\n", shape, only="acme")
    assert found.clients == {"acme": {"users": 2, "mailbox": 1}}


def test_a_client_whose_rows_all_count_as_none_is_in_the_export():
    assert read("Customer,Product,Seats\nAcme,Room,2\n", LICENCES).clients == {"acme": {}}
    assert read("Site,Type\nBirch,Server\n", DEVICES, only="acme", other_clients="pass over").clients == {"acme": {}}


@pytest.mark.parametrize(
    ("text", "shape", "found"),
    [
        ("Site,Type\nAcme,Sever\n", DEVICES, [("import-word", 2)]),
        ("Site,Type\nAcme,\n", DEVICES, [("import-word", 2)]),
        ("Site,Type\nAkme,Server\nBirch,Server\n", DEVICES, [("import-stranger", 2)]),
        ("Site,Type\n,Server\n", DEVICES, [("import-stranger", 2)]),
        (
            "Customer,Product,Seats\nAcme,Basic,1.5\nAcme,Mail,-2\n",
            LICENCES,
            [("import-number", 2), ("import-number", 3)],
        ),
        ("Customer,Product,Seats\nAcme,Basic,1\nACME,basic,2\n", LICENCES, [("import-doubled", 3)]),
        ("Client,Users,Desktops,Laptops\nAcme,1,1,1\nAcme,1,1,1\n", TOTALS, [("import-doubled", 3)]),
        ("Client,Users,Desktops\nAcme,1,1\n", TOTALS, [("import-head", 1)]),
        ("Site,Type\n", DEVICES, [("import-empty", 1)]),
    ],
)
def test_what_cannot_be_counted_is_a_problem_with_its_line(text, shape, found):
    assert wrong(text, shape) == found


def test_a_similar_name_is_suggested_and_never_taken():
    with pytest.raises(RefusedError) as refused:
        read("Site,Type\nAcmee,Server\n", DEVICES)
    (problem,) = refused.value.problems
    assert problem.what == "'Acmee' is not the name of a client here"
    assert problem.hint.startswith("did you mean Acme?")


def test_names_that_a_mapping_lists_are_of_that_client_alone():
    shared = {"acme": ("Acme",), "acme-uk": ("Acme",)}
    assert wrong("Site,Type\nAcme,Server\n", DEVICES, names=shared) == [("import-stranger", 2)]
    found = read("Site,Type\nAcme,Server\n", DEVICES, names=shared, clients={"acme-uk": ["Acme"]})
    assert found.clients == {"acme-uk": {"server": 1}}


def test_a_name_listed_under_a_folder_that_does_not_exist_is_refused():
    assert wrong("Site,Type\nAcme GmbH,Server\n", DEVICES, clients={"acmee": ["Acme GmbH"]}) == [("import-stranger", 2)]


def test_other_words_and_other_clients_are_passed_over_where_the_mapping_says_so():
    text = "Site,Type\nAcme,Server\nAcme,Toaster\nHudson,Server\n"
    found = read(text, DEVICES, other_words="pass over", other_clients="pass over")
    assert found.accounted() == ["1 counted", "1 of other clients", "1 not counted"]


def test_ids_tell_rows_apart_that_are_alike():
    shape = {**LICENCES, "columns": {**LICENCES["columns"], "id": "Id"}}
    head = "Customer,Product,Seats,Id\n"
    assert read(f"{head}Acme,Basic,1,s1\nAcme,Basic,2,s2\n", shape).clients == {"acme": {"users": 3}}
    assert wrong(f"{head}Acme,Basic,1,s1\nBirch,Basic,2,S1\nAcme,Mail,1,\n", shape) == [
        ("import-doubled", 3),
        ("import-id", 4),
    ]


def test_an_export_without_a_column_for_the_client_needs_one_to_be_named():
    shape = {"columns": {"what": "Type"}, "words": DEVICES["words"]}
    assert wrong("Type\nServer\n", shape) == [("import-stranger", 1)]
    assert read("Type\nServer\n", shape, only="acme").clients == {"acme": {"server": 1}}
