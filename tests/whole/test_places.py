"""A client anywhere in five countries gets a contract: a draft that says what was never checked, and a final one when it was."""

import re
import shutil

import pytest

from contract_assembly.facts.law import Law
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY, run, state

# The place, how its law is named in the contract, its currency and tax, and words that its spelling or its courts ask for.
PLACES = {
    "US-FL": (
        "Florida",
        "the law of the State of Florida",
        "sales tax where it is due",
        "the state and federal courts in Florida",
    ),
    "CA-ON": (
        "Ontario",
        "the laws of the Province of Ontario and the federal laws of Canada that apply there",
        "plus HST",
        "unauthorized",
    ),
    "GB-SCT": ("Scotland", "Scots law", "plus VAT", "in delict (negligence included)"),
    "AU-NSW": ("New South Wales", "the law in force in New South Wales", "plus GST", "Australian Consumer Law"),
}
# What counsel and others confirm for each, besides the place itself.
GATES = {
    "US-FL": [],
    "CA-ON": ["privacy-checked"],
    "GB-SCT": ["reasonableness-note", "no-personal-data"],
    "AU-NSW": ["unfair-terms-checked", "privacy-checked"],
}


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    root = tmp_path_factory.mktemp("places") / "root"
    for folder in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    (root / "agreements").mkdir()
    assert run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01", "--until", "2027-12-31").code == 0
    return root


def begun(root, place, client="oak-ridge", *more):
    return run(root, "new", client, "--kind", "support", "--first-day", "2027-01-01", "--place", place, *more)


def flat(text):
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("place", PLACES)
def test_a_client_there_gets_a_draft_with_the_warning_and_a_final_contract_only_when_counsel_has_confirmed(firm, place):
    client = place.lower()
    name, law, tax, words = PLACES[place]
    assert begun(firm, place, client).code == 0
    draft = run(firm, "--client", client, "--format", "md")
    assert draft.code == 0
    assert (
        draft.err.count(f"warning: this document was never checked against the law of {name} ({place}) [not-verified]")
        == 1
    )
    text = flat((firm / f"agreements/{client}/2027-support/contract.md").read_text("utf-8"))
    for said in (
        f"are governed by {law}",
        tax,
        words,
        f"Counsel has checked this agreement against the law of {name}.",
    ):
        assert said in text

    agreement = firm / f"agreements/{client}/2027-support/agreement.yaml"
    facts = re.sub(r"open:.*?(?=version:)", "", agreement.read_text("utf-8"), flags=re.DOTALL)
    others = "".join(f"  - {{gate: {gate}, by: A Lawyer, on: 2026-12-01}}\n" for gate in GATES[place])
    agreement.write_text(f"{facts}confirmations:\n{others}" if others else facts, "utf-8")
    refused = run(firm, "--client", client, "--format", "md", "--final")
    assert refused.code == 1
    assert f"error: this document was never checked against the law of {name} ({place}) [not-verified]" in refused.err
    assert refused.err.count(" error: ") == 1, refused.err
    assert f"add to confirmations: {{gate: place-{client}, by: NAME, on: DATE}}" in refused.err

    gate = f"  - {{gate: place-{client}, by: A Lawyer, on: 2026-12-02}}\n"
    facts = agreement.read_text("utf-8")
    agreement.write_text(facts + gate if others else f"{facts}confirmations:\n{gate}", "utf-8")
    done = run(firm, "--client", client, "--format", "md", "--final")
    assert (done.code, "not-verified" in done.err) == (0, False), done.err


def test_two_places_are_one_warning_with_both_gates(firm):
    assert begun(firm, "Oregon", "two-places", "--law", "Ohio").code == 0
    said = run(firm, "--client", "two-places", "--format", "md").err
    assert said.count("[not-verified]") == 1
    assert "the law of Ohio (US-OH) and Oregon (US-OR)" in said
    assert "{gate: place-us-oh, by: NAME, on: DATE} and {gate: place-us-or, by: NAME, on: DATE}" in said


def test_a_statute_of_the_clients_state_chooses_the_clause_whatever_law_was_chosen(firm):
    assert begun(firm, "US-NY", "far-law", "--law", "US-TX").code == 0
    run(firm, "--client", "far-law", "--format", "md")
    text = flat((firm / "agreements/far-law/2027-support/contract.md").read_text("utf-8"))
    assert "are governed by the law of the State of Texas" in text
    assert "serve a written notice on the Client, in person or by certified mail" in text
    assert "even for the other’s negligence" in text  # as Texas asks


def test_the_tax_is_that_of_the_client_and_not_of_the_law(firm):
    assert begun(firm, "CA-NS", "far-tax", "--law", "US-NY").code == 0
    run(firm, "--client", "far-tax", "--format", "md")
    text = flat((firm / "agreements/far-tax/2027-support/contract.md").read_text("utf-8"))
    assert "The Fees do not include HST." in text
    assert "by the law of the State of New York" in text


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("US-XX", "US-XX is not a place in the United States [unknown-place]"),
        ("Floridaa", "did you mean Florida, US-FL?"),
        ("Qwxyz", "write its code, like US-FL, or its name"),
        ("Quebec", "no contract can be written for Quebec (CA-QC) [unknown-place]"),
        ("CA-QC", "its private law is the Civil Code"),
        ("GB-ENG", "England and Wales have one law: write GB-EW"),
        ("US", "US is the whole of the United States, which has no one law"),
        ("XX", "'XX' is not the code of a country"),
        ("DE", "no clause was written for Germany [unknown-law]"),
    ],
)
def test_a_place_that_cannot_be_is_refused_and_no_other_place_is_taken_for_it(firm, place, said):
    before = state(firm / "agreements")
    found = begun(firm, place, "nowhere")
    assert found.code == 1
    assert said in found.err
    assert ("did you mean" in found.err) == (place == "Floridaa")
    assert state(firm / "agreements") == before


def test_nothing_is_assumed_where_nothing_says_where_the_client_is(firm):
    found = run(firm, "new", "nowhere", "--kind", "support", "--first-day", "2027-01-01")
    assert (found.code, "[no-place]" in found.err) == (1, True)


def test_a_client_stays_where_its_file_says(firm):
    assert begun(firm, "US-VT", "stays").code == 0
    moved = run(firm, "new", "stays", "--kind", "time-block", "--first-day", "2027-01-01", "--place", "US-NH")
    assert (moved.code, "[another-place]" in moved.err) == (1, True)
    assert run(firm, "new", "stays", "--kind", "time-block", "--first-day", "2027-01-01").code == 0
    assert "law: US-VT" in (firm / "agreements/stays/2027-block/agreement.yaml").read_text("utf-8")


@pytest.mark.parametrize(("place", "rule"), [("US-MD", "MD-TAX"), ("US-OH", "OH-TAX"), ("CA-BC", "CA-PST")])
def test_the_rules_of_a_place_are_listed(firm, place, rule):
    client = f"rules-{place.lower()}"
    assert begun(firm, place, client).code == 0
    said = run(firm, "laws", client, "2027-support").out
    assert f"{rule}: " in said
    assert (
        f"not-verified: {Repository(firm).inputs(client, '2027-support').law.model.name} ({place}) - to be confirmed"
        in said
    )


def test_the_page_on_places_lists_each_of_them():
    page = (REPOSITORY / "docs/places.md").read_text("utf-8")
    repository = Repository(REPOSITORY)
    for country in ("US", "GB", "CA", "AU"):
        for part, line in repository.load(Law, f"clauses/law/{country}.yaml").model.places.items():
            assert f"`{country}-{part}`" in page, line.name


def test_a_place_with_a_file_of_its_own_has_the_names_of_its_line():
    repository = Repository(REPOSITORY)
    for country in ("US", "GB", "CA", "AU"):
        wide = repository.load(Law, f"clauses/law/{country}.yaml").model
        for part, line in wide.places.items():
            path = f"clauses/law/{country}-{part}.yaml"
            if not repository.source.has(path) or line.refused:
                continue
            own = repository.load(Law, path).model
            assert own.name == line.name
            assert own.full == (line.full or wide.country.full.format(name=line.name))
            assert (own.tax_name, own.holidays) == (line.tax_name, line.holidays)
            assert country in own.within
