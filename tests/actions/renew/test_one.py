"""All files of one renewal, as bytes, of the sample juniper."""

import shutil
from datetime import date

import pytest

from contract_assembly.actions.renew.one import Workshop, made
from contract_assembly.build.one_agreement import BuildOrder
from contract_assembly.core.problems import RefusedError
from contract_assembly.renewals.plan import REDLINE
from tests.helpers.corpus import REPOSITORY, linked, state

ON = date(2027, 5, 1)
JUNIPER = ("juniper", "2026-support")
FOLDER = "agreements/juniper/2026-support"
LETTERS = ("renewal-letter-2027", "renewal-notice-2027")


def renewed(root, on=ON):
    return made(Workshop(root), *JUNIPER, on, BuildOrder(("md",)))


@pytest.fixture(scope="module")
def sample():
    return renewed(REPOSITORY)


@pytest.fixture
def root(tmp_path):
    """The samples' words and catalogue, and juniper."""
    for name in ("clauses", "templates", "provider", "agreements/juniper"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, copy_function=linked)
    return tmp_path


def edit(root, *pairs):
    path = root / FOLDER / "agreement.yaml"
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def rules(found):
    return [(each.rule, each.level) for each in found.notes]


def test_the_files_are_those_of_the_next_term_and_of_the_letters_that_are_due(sample):
    letters = [path for name in LETTERS for path in (f"2026-support/documents/{name}.yaml", f"2026-support/{name}.md")]
    following = [f"2027-support/{each}" for each in ("agreement.yaml", "contract.md", "record.json")]
    words = "no-redline" in dict(rules(sample))  # where clauses have changed since it was signed
    following += [] if words else [f"2027-support/{REDLINE}"]
    assert sorted(sample.files) == sorted([*letters, "2026-support/record.json", *following])


def test_the_next_agreement_names_the_one_that_it_renews_and_its_contract_is_a_draft(sample):
    assert b"\nrenews: 2026-support" in sample.files["2027-support/agreement.yaml"]
    assert b"status: draft\n" in sample.files["2027-support/agreement.yaml"]
    assert b"DRAFT" in sample.files["2027-support/contract.md"].upper()


def test_nothing_is_written_and_the_workshop_is_clear_for_the_next_renewal(root):
    before, shop = state(root), Workshop(root)
    assert made(shop, *JUNIPER, ON, BuildOrder(("md",))).files
    assert state(root) == before
    assert shop.laid == {}


def test_the_same_workshop_gives_the_same_bytes_again(sample):
    shop = Workshop(REPOSITORY)
    made(shop, "cedar", "2026-support", ON, BuildOrder(("md",)))
    assert made(shop, *JUNIPER, ON, BuildOrder(("md",))).files == sample.files


def test_a_renewal_that_is_blocked_or_not_due_has_a_plan_and_no_files():
    found = made(Workshop(REPOSITORY), "acme", "2026-support", ON, BuildOrder(("md",)))
    assert (found.plan.state, found.files, found.notes) == ("not signed yet", {}, ())


def test_a_letter_that_exists_stays_and_is_mentioned(sample, root):
    path = root / FOLDER / f"documents/{LETTERS[0]}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(sample.files[f"2026-support/documents/{LETTERS[0]}.yaml"])
    found = renewed(root)
    assert ("letter-there", "info") in rules(found)
    assert f"2026-support/documents/{LETTERS[0]}.yaml" not in found.files
    assert f"2026-support/documents/{LETTERS[1]}.yaml" in found.files


def test_negotiated_clauses_go_into_the_next_term_as_they_are(root):
    words = (REPOSITORY / "clauses/general/general.md").read_bytes()
    own = words.replace(b"Delay is not a waiver.", b"Delay alone is not a waiver.")
    (root / FOLDER / "clauses").mkdir()
    (root / FOLDER / "clauses/general.md").write_bytes(own)
    found = renewed(root)
    assert found.files["2027-support/clauses/general.md"] == own
    assert b"Delay alone is not a waiver." in found.files["2027-support/contract.md"]


def test_a_licence_that_ends_before_the_next_term_is_carried_over_with_a_warning(root):
    edit(root, ("\ntax: ", f"\nlicences:\n  - {{{LICENCE}}}\n\ntax: "))
    found = renewed(root)
    (warning,) = (each for each in found.notes if each.rule == "licence-ended")
    assert warning.what == "licences: Halden Office ends on 2027-08-31, before the next term begins"
    assert b"Halden Office" in found.files["2027-support/agreement.yaml"]


LICENCE = (
    "product: Halden Office, vendor: Halden Software, metric: named user, quantity: 6, holder: client, "
    "first_day: 2026-09-01, last_day: 2027-08-31, renewal: Yearly, accepted_by: Helen Sato, accepted_on: 2026-08-20"
)


def test_a_fault_in_the_facts_refuses_the_whole_set_and_leaves_the_workshop_clear(root):
    shop = Workshop(root)
    edit(root, ("status: signed", "status: signed\nplann: essential"))
    with pytest.raises(RefusedError) as refused:
        made(shop, *JUNIPER, ON, BuildOrder(("md",)))
    assert {each.rule for each in refused.value.problems} == {"unknown-key"}
    assert shop.laid == {}
