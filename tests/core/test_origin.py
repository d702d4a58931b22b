"""Places in input files, as messages print them and as lists of problems sort them."""

from contract_assembly.core.origin import Origin


def test_a_place_is_printed_as_editors_and_compilers_write_it():
    assert str(Origin("agreements/acme/client.yaml", 12)) == "agreements/acme/client.yaml:12"


def test_a_file_as_a_whole_is_its_first_line():
    assert str(Origin("provider/rates.yaml")) == "provider/rates.yaml:1"


def test_places_sort_by_file_and_then_by_number_of_the_line():
    places = [Origin("b.yaml", 1), Origin("a.yaml", 10), Origin("a.yaml", 9)]
    assert sorted(places) == [Origin("a.yaml", 9), Origin("a.yaml", 10), Origin("b.yaml", 1)]


def test_the_form_in_keys_of_trees_never_changes():
    assert repr(Origin("clauses/x.md", 3)) == "@clauses/x.md:3"  # committed records have digests of it
