"""American spelling of words that clauses spell the British way."""

import re
from pathlib import Path

import pytest

from contract_assembly.clauses.spelling import AMERICAN, in_spelling, spelled
from contract_assembly.document import tree as d
from tests.helpers.sample_tree import p, sample, t, v

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("a licence to use", "a license to use"),
        ("Licences", "Licenses"),
        ("LICENCE", "LICENSE"),
        ("to license", "to license"),
        ("the licensee’s licence", "the licensee’s license"),
        ("unauthorised, organised", "unauthorized, organized"),
        ("An organisation-wide programme.", "An organization-wide program."),
        ("towards the centre", "toward the center"),
        ("programmed", "programmed"),
        ("a fulfilling fulfilment", "a fulfilling fulfillment"),
        ("advertise, exercise, otherwise", "advertise, exercise, otherwise"),
        ("", ""),
    ],
)
def test_words_are_spelt_the_american_way_for_american_clients(british, american):
    assert spelled(british, "en-US") == american


@pytest.mark.parametrize("locale", ["en-GB", "en-IE"])
def test_for_others_nothing_changes(locale):
    assert spelled("An organisation’s licence", locale) == "An organisation’s licence"


def test_what_is_spelt_once_stays_as_it_is():
    assert [word for word in AMERICAN.values() if spelled(word, "en-US") != word] == []


def test_each_word_of_the_table_is_one_small_word_and_changes():
    for british, american in AMERICAN.items():
        assert re.fullmatch(r"[a-z]+", british)
        assert re.fullmatch(r"[a-z]+", american)
        assert british != american
        assert spelled(british.capitalize(), "en-US") == american.capitalize()


def test_clauses_are_written_the_british_way():
    american = (
        set(AMERICAN.values())
        - set(AMERICAN)
        - {"license", "licenses", "check", "checks", "practice", "program", "programs"}
    )
    found = {
        f"{path.name}: {word}"
        for path in (ROOT / "clauses").rglob("*.md")
        for word in re.findall(r"[a-z]+", path.read_text("utf-8").partition("\n---\n")[2].lower())
        if word in american
    }
    assert found == set()


@pytest.mark.parametrize(
    ("locale", "text", "spelt"),
    [
        ("en-CA", "An organisation’s licence, authorised", "An organization’s licence, authorized"),
        ("en-CA", "in favour of the centre, a defence", "in favour of the centre, a defence"),
        ("en-CA", "to license, wilful, cancelled, fulfil", "to license, wilful, cancelled, fulfill"),
        ("en-AU", "An organisation’s programme, authorised", "An organisation’s program, authorised"),
        ("en-AU", "to license a licence, fulfil", "to license a licence, fulfil"),
    ],
)
def test_canada_and_australia_have_spellings_of_their_own(locale, text, spelt):
    assert spelled(text, locale) == spelt


def test_in_a_document_facts_in_our_words_are_respelled_and_names_of_others_are_not():
    words = p(
        d.Definition("Licence"),
        " means a licence for ",
        v("Licence Centre Ltd", "client.name"),
        " and ",
        v("licence care", "plan.name"),
    )
    document = d.Document(sample().meta, (d.Part("terms", "terms", t("Licences"), (words,)),))
    (part,) = in_spelling(document, "en-US").parts
    assert d.plain(part.heading) == "Licenses"
    assert d.plain(part.children[0].children) == "“License” means a license for Licence Centre Ltd and license care"
    assert in_spelling(document, "en-GB") == document
