from contract_assembly.actions.client_start import client_words, filled
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import country_of, law_of
from contract_assembly.repository.program_library import own_source

FILES = Repository(own_source())


def words(code):
    law = law_of(FILES, code, None).model
    return client_words("oak-ridge", law, country_of(FILES, law))


def test_a_place_fills_in_country_region_and_a_telephone_number_of_nines():
    found = words("US-NY")
    assert (found["NAME"], found["COUNTRY"], found["REGION"]) == ("Oak Ridge", "US", "    region: NY")
    assert set(found["PHONE"].removeprefix("+1").replace(" ", "")) == {"9"}
    assert words("GB-EW")["REGION"] == ""


def test_a_line_that_held_only_an_empty_word_is_removed():
    assert filled("a: @A@\n@B@\n\nc: @C@   # note", {"A": "1", "B": "", "C": "3"}) == "a: 1\n\nc: 3  # note"
