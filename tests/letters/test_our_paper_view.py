"""Letters under a contract that was signed on other paper: they offer our agreement, and cite no clause of ours as agreed."""

import shutil

import pytest

from contract_assembly.actions.renew.batch import applied, planned
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import DateRange, parse_date
from contract_assembly.letters.kinds import MODELS, content_of
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.client_tables import table
from tests.helpers.corpus import REPOSITORY, run

ON = parse_date("2027-01-08")
BEFORE = "agreements/elm-street/2026-support"
# Words that only our own clauses could justify.
OURS = (
    "first eight hours",
    "“Renewal”",
    "rate card applies",
    "agreement would allow",
    "free of charge",
    "same service levels",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The sample firm with one client that was taken over and whose renewal was prepared."""
    root = tmp_path_factory.mktemp("firm") / "root"
    for name in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / "clients.csv").write_text(table({"plan": "essential", "users": "10"}))
    assert run(root, "import", str(root / "clients.csv")).code == 0
    (only,), problems = planned(root, [("elm-street", "2026-support")], DateRange(ON, parse_date("2027-03-31")))
    assert problems == ()
    (done,) = applied(root, [only.plan], ON, formats=("md",))
    assert done.changed
    return root


def words(root, name):
    return " ".join((root / BEFORE / f"{name}.md").read_text("utf-8").replace("\u00a0", " ").split())


def test_the_letter_offers_our_agreement_with_its_price_and_compares_the_key_terms(root):
    said = words(root, "renewal-letter-2027")
    assert "Essential Care, from April 1, 2027 to March 31, 2028, for **$" in said
    assert "You now pay $1,480.00 a month." in said
    assert "It applies once we have both signed it." in said
    assert "# Our agreement in place of ES-7: please reply by " in said
    assert "ES-7 renews on April 1, 2027 under its own terms." in said
    assert " This letter does not change ES-7." in said
    assert "| Plan | As agreed | Essential Care |" in said
    assert "| Users | 10 | 10 |" in said


@pytest.mark.parametrize("name", ["renewal-letter-2027", "renewal-notice-2027"])
def test_no_letter_claims_a_clause_of_ours(root, name):
    said = words(root, name)
    assert [each for each in OURS if each in said] == []


def test_the_offered_fee_is_that_of_the_next_agreement(root):
    contract = (root / "agreements/elm-street/2027-support/contract.md").read_text("utf-8").replace("\u00a0", " ")
    fee = words(root, "renewal-letter-2027").partition("for **")[2].partition(" a month")[0]
    assert fee != "$1,480.00"
    assert fee in contract


def test_the_next_agreement_is_on_our_paper_and_still_has_its_open_points(root):
    agreed = Repository(root).agreed("elm-street", "2027-support").model
    assert (agreed.origin, agreed.plan, agreed.fees.increase_cap.value) == ("here", "essential", 5)
    assert len(agreed.open) == 2


def issued(root, text):
    """The content of a letter of the contract that ends, with these facts and without the next term."""
    path = f"{BEFORE}/documents/one.yaml"
    files = Repository(Edited(Repository(root).source, {path: text.encode()}))
    inputs = files.inputs("elm-street", "2026-support")
    return content_of(files, inputs, files.issued("elm-street", "2026-support", "one", MODELS))


def test_a_notice_of_new_prices_is_refused(root):
    with pytest.raises(RefusedError) as refused:
        issued(root, "document: price-notice\nstatus: draft\ndate: 2027-01-08\nby: email\nreader: contact\n")
    assert [each.rule for each in refused.value.problems] == ["other-paper"]
