"""Amendments of a signed agreement with real git history: from changed facts to a signed document, one after the other."""

import json
import shutil

import pytest

from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.letters.amendment import amendments, steps_of
from contract_assembly.letters.amendments.changes import apply, compare
from contract_assembly.letters.amendments.states import states
from contract_assembly.letters.bare_contract import bare_contract
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.markdown import review_text
from tests.helpers.corpus import run, state
from tests.helpers.git_repositories import committed, git
from tests.helpers.living import FOLDER, NAMED, change, firm
from tests.whole.test_parity import of_docx, of_markdown, of_pdf, table_heads

FACTS = f"{FOLDER}/agreement.yaml"
ASK = ("amend", "acme", "--on", "2027-01-04", "--effective", "2027-02-01")
NBSP = "\u00a0"


def well(root, *words):
    said = run(root, *words)
    assert (said.code, said.err) == (0, "")
    return said.out


def step(root, document, to, *more):
    return well(root, "status", *NAMED, "--document", document, "--set", to, *more)


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory):
    root = firm(tmp_path_factory.mktemp("signed") / "root")
    change(root / FACTS, "status: sent", "status: draft")
    (root / "provider/approvals.yaml").unlink()
    well(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01")
    step(root, "contract", "sent")
    step(root, "contract", "signed", "--on", "2026-09-21")
    committed(root, "Signed")
    return root


@pytest.fixture
def signed(signed_once, tmp_path):
    return shutil.copytree(signed_once, tmp_path / "root")


def first_changes(root):
    """A fee, a contact, a site more, and a negotiated clause with a word changed and a subsection more."""
    change(root / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    change(root / FACTS, "primary: lena-fischer", "primary: robert-okafor")
    change(root / FACTS, "  assets:\n", '    - {name: Warehouse, address: "9 Mill Road, Utica, NY 13501"}\n  assets:\n')
    words = (root / "clauses/general/general.md").read_text()
    words = words.replace("Delay is not a waiver.", "Delay alone is not a waiver.")
    words = words.replace(
        "## Other rules", "## Language {#general-language}\n\nNotices are in English.\n\n## Other rules"
    )
    (root / FOLDER / "clauses").mkdir()
    (root / FOLDER / "clauses/general.md").write_text(words)


def second_changes(root):
    """The fee again, a clause of a schedule out, and a whole clause in: both are in the outline, which is taken anew."""
    change(root / FACTS, "price: 64.00 USD", "price: 66.00 USD")
    change(root / "templates/contract/outline.yaml", "      - levels-improvement\n", "")
    change(
        root / "templates/contract/outline.yaml", "      - assignment\n", "      - assignment\n      - holidays-gift\n"
    )
    (root / "clauses/general/holidays-gift.md").write_text(
        '---\nid: holidays-gift\ntitle: Seasonal gifts\nslot: holidays-gift\nkinds: [support]\nlaws: ["*"]\nrung: preferred\n'
        "purpose: Keeps gifts small.\n---\nNeither party shall give the other party's staff a gift of value.\n"
    )
    return ("--take", "templates/contract/outline.yaml", "--take", "clauses/general/holidays-gift.md")


@pytest.fixture(scope="module")
def once_amended(signed_once, tmp_path_factory):
    """The first amendment is signed, and all of it is in history."""
    root = shutil.copytree(signed_once, tmp_path_factory.mktemp("amended") / "root")
    first_changes(root)
    well(root, *ASK)
    well(root, "approve", f"{FOLDER}/clauses/general.md", "--by", "A Lawyer", "--on", "2027-01-02")
    step(root, "amendment-1", "sent")
    step(root, "amendment-1", "signed", "--on", "2027-01-10")
    committed(root, "Amendment 1 signed")
    return root


@pytest.fixture
def amended(once_amended, tmp_path):
    return shutil.copytree(once_amended, tmp_path / "root")


def words(root, name="amendment-1"):
    return (root / FOLDER / f"{name}.md").read_text().replace(NBSP, " ")


def said(root, *more):
    """The changes that a dry run lists; its last line says what would be written."""
    *changes, last = well(root, *ASK, "--dry-run", *more).replace(NBSP, " ").splitlines()
    assert last.startswith(f"{FOLDER}: would write amendment-")
    return changes


def reached(root):
    repository = Repository(root)
    return [
        each.document
        for each in states(repository, "acme", "2026-support", steps_of(amendments(repository, "acme", "2026-support")))
    ]


# ---- the first amendment


def test_coverage_applies_from_the_day_of_the_amendment(signed):
    change(signed / FACTS, "users: 34", "users: 36")
    well(signed, *ASK)
    text = (signed / FOLDER / "amendment-1.md").read_text().replace(NBSP, " ")
    assert "From February 1, 2027, the Services cover 36 Users" in text
    assert "On the Start Date, the Services cover" not in text


def test_an_amendment_says_what_is_in_force_on_its_day_with_counts_that_were_asked_for(signed):
    entry = "{on: 2027-01-17, what: users, from: 34, to: 36, asked: 2027-01-12, asked_by: lena-fischer}"
    later = "{on: 2027-02-02, what: users, from: 36, to: 40, asked: 2027-01-12, asked_by: lena-fischer}"
    (signed / FOLDER / "changes.yaml").write_text(f"changes:\n  - {entry}\n  - {later}\n")
    change(
        signed / FACTS, "  assets:\n", '    - {name: Warehouse, address: "9 Mill Road, Utica, NY 13501"}\n  assets:\n'
    )
    well(signed, *ASK)
    text = (signed / FOLDER / "amendment-1.md").read_text().replace(NBSP, " ")
    assert "From February 1, 2027, the Services cover 36 Users" in text
    assert "2,232.00" in text  # 36 x 62.00


def test_an_amendment_says_what_the_rest_of_the_month_costs_and_which_invoice_shows_it(signed):
    change(signed / FACTS, "users: 34", "users: 36")
    well(signed, "amend", "acme", "--on", "2027-01-04", "--effective", "2027-01-17")
    text = " ".join(words(signed).replace("\n", " ").split())
    assert "From January 17, 2027, the monthly fee is $3,032.00 instead of $2,908.00, plus" in text
    rest = "For the time from January 17, 2027 to January 31, 2027, a further $60.00 is charged on an invoice dated"
    assert (
        f"{rest} January 17, 2027 or later. This is the monthly difference of $124.00 for 15 of a month’s 31 days."
        in text
    )
    assert "The invoice for the month that begins on February 1, 2027 is the first with the new amount in full." in text


def test_an_amendment_that_leaves_the_fee_alone_does_not_speak_of_it(signed):
    change(signed / FACTS, "primary: lena-fischer", "primary: robert-okafor")
    well(signed, *ASK)
    assert "monthly fee is" not in words(signed)


@pytest.mark.parametrize(("day", "why"), [("2026-09-30", "is before 2026-10-01"), ("2031-01-01", "is after 20")])
def test_an_amendment_takes_effect_within_the_term(signed, day, why):
    change(signed / FACTS, "users: 34", "users: 36")
    done = run(signed, "amend", "acme", "--on", "2027-01-04", "--effective", day)
    assert (done.code, why in done.err) == (1, True)


def test_each_change_names_its_unit_as_the_signed_contract_numbers_it(signed):
    first_changes(signed)
    assert said(signed) == [
        "“Summary” on the Cover Page is deleted and replaced by",
        "Section 26.2 (General limit) is deleted and replaced by",
        "After section 34.1 (Entire agreement), this section is inserted",
        "Section 34.2 (Other rules) is deleted and replaced by",
        "Schedule A, paragraph 1 (Coverage) is deleted and replaced by",
        "Schedule B, paragraph 1.1 (Monthly fee) is deleted and replaced by",
        "Schedule B, paragraph 9 (Contacts) is deleted and replaced by",
    ]


def test_a_dry_run_writes_nothing(signed):
    first_changes(signed)
    before = state(signed)
    said(signed)
    assert state(signed) == before


def test_the_document_names_the_agreement_and_quotes_whole_new_texts(once_amended):
    found = words(once_amended)
    assert "version 1 (the “**Agreement**”), between Northlight IT Services LLC" in found
    assert "signed on September 21, 2026." in found
    assert "The changes take effect at the start of February 1, 2027." in found
    assert "> **34.1A Language.**\n> Notices are in English." in found
    assert "| Warehouse | 9 Mill Road, Utica, NY 13501 |" in found
    assert "> **9. Contacts**" in found
    assert "> **34.2 Other rules.**\n> An amendment must be in writing, name this Agreement, and be signed" in found
    assert "> A waiver counts only in writing and for the case stated.\n> Delay alone is not a waiver.\n" in found
    assert found.count("By:\\") == 2
    assert "By signing, each party accepts this amendment to the IT Support Agreement NL-2026-0042." in found


def test_the_facts_pin_the_state_that_is_amended(once_amended):
    facts = (once_amended / FOLDER / "documents/amendment-1.yaml").read_text()
    assert f"base: {git(once_amended, 'rev-parse', 'HEAD~1')}\n" in facts
    assert "agreement_signed: 2026-09-21\n" in facts


def test_the_signed_contract_stays_as_it_is(signed_once, once_amended):
    for name in ("contract.md", "contract.docx", "contract.pdf"):
        assert (signed_once / FOLDER / name).read_bytes() == (once_amended / FOLDER / name).read_bytes()


def test_a_draft_follows_the_facts_and_what_was_sent_does_not(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    well(signed, *ASK)
    change(signed / FACTS, "price: 64.00 USD", "price: 63.00 USD")
    assert run(signed, "--client", "acme", "--format", "md").code == 0
    assert "| 63.00 |" in words(signed)
    step(signed, "amendment-1", "sent")
    change(signed / FACTS, "price: 63.00 USD", "price: 65.00 USD")
    assert run(signed, "--client", "acme", "--format", "md").code == 0
    assert "| 63.00 |" in words(signed)
    assert "has changed since amendment-1 was sent" in run(signed, "status", *NAMED, "--document", "amendment-1").err


@pytest.mark.parametrize(
    ("on", "effective"),
    [
        ("2027-01-04", "1990-02-01"),
        ("2027-01-04", "2031-02-01"),
        ("1990-01-04", "2027-02-01"),
        ("2031-01-04", "2027-02-01"),
    ],
)
def test_days_outside_the_agreement_are_refused(signed, on, effective):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    refused = run(signed, "amend", "acme", "--on", on, "--effective", effective)
    assert refused.code == 1
    assert "[day-outside-term]" in refused.err


def test_what_the_firm_changed_for_everybody_is_not_amended_unless_it_is_taken(signed):
    change(signed / "clauses/general/general.md", "Delay is not a waiver.", "Delay alone is not a waiver.")
    change(signed / "provider/plans/business.yaml", "110.00 USD", "120.00 USD")
    assert run(signed, *ASK).err.count("[nothing-to-amend]") == 1
    assert said(signed, "--take", "clauses/") == ["Section 34.2 (Other rules) is deleted and replaced by"]
    assert "Schedule B, paragraph 1.1 (Monthly fee) is deleted and replaced by" in said(
        signed, "--take", "provider/plans/"
    )


def test_a_negotiated_clause_that_nobody_approved_keeps_an_amendment_from_being_sent(signed):
    first_changes(signed)
    well(signed, *ASK)
    refused = run(signed, "status", *NAMED, "--document", "amendment-1", "--set", "sent")
    assert refused.code == 1
    assert f"{FOLDER}/clauses/general.md" in refused.err
    assert "[approval]" in refused.err


# ---- what cannot be amended


def test_only_what_is_signed_is_amended(signed):
    change(signed / FACTS, "status: signed", "status: sent")
    (signed / FOLDER / "record.json").write_text("{}")
    assert "contract is not signed [not-signed]" in run(signed, *ASK).err


def test_the_amendment_before_must_be_signed(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    well(signed, *ASK)
    assert "amendment-1 is not signed [not-signed]" in run(signed, *ASK).err


def test_a_state_that_was_never_committed_cannot_be_amended(signed):
    git(signed, "reset", "--soft", "HEAD~1")
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    assert "no commit holds the files that this was made from [no-such-state]" in run(signed, *ASK).err


def test_a_commit_that_does_not_hold_what_was_signed_is_refused(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    committed(signed, "Too early")
    assert "byte for byte [not-as-signed]" in run(signed, *ASK, "--from", "HEAD").err
    assert "[unknown-revision]" in run(signed, *ASK, "--from", "nowhere").err
    assert said(signed, "--from", "HEAD~1") == said(signed)


def test_without_history_there_is_nothing_to_amend_from(signed):
    shutil.rmtree(signed / ".git")
    assert "[no-git]" in run(signed, *ASK).err


def test_amendments_are_numbered_without_a_gap(amended):
    (amended / FOLDER / "documents/amendment-1.yaml").rename(amended / FOLDER / "documents/amendment-2.yaml")
    assert "[amendment-number]" in run(amended, *ASK).err


# ---- several in a row


def test_applied_to_the_parent_the_amendments_give_the_consolidated_text_byte_for_byte(amended):
    well(amended, *ASK, *second_changes(amended))
    signed_text, one, two = reached(amended)
    assert review_text(signed_text) == (amended / FOLDER / "contract.md").read_bytes()
    assert review_text(apply(signed_text, compare(signed_text, one))) == review_text(one)
    both = apply(apply(signed_text, compare(signed_text, one)), compare(one, two))
    assert review_text(both) == review_text(two)


def test_without_insertions_it_is_the_very_text_that_the_amended_facts_build(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    well(signed, *ASK)
    before, after = reached(signed)
    bare = bare_contract(Repository(signed), "acme", "2026-support")
    built, _ = resolved(numbered(bare.document), bare.assembled.elsewhere)
    assert review_text(apply(before, compare(before, after))) == review_text(built) != review_text(before)


def test_a_later_amendment_says_which_one_changed_a_unit_before(amended):
    well(amended, *ASK, *second_changes(amended))
    found = words(amended, "amendment-2")
    assert (
        "Schedule B, paragraph 1.1 (Monthly fee), as changed by Amendment No. 1, is deleted and replaced by:" in found
    )
    assert "It changes the Agreement as amended before." in found
    assert "After section 33 (Assignment), this section is inserted:\n\n> **33A. Seasonal gifts**" in found
    assert "Schedule A, paragraph 17 (Improvement) is deleted." in found
    assert "Other rules" not in found


def test_the_consolidated_text_says_that_the_signed_documents_prevail(amended):
    well(amended, "amend", "acme", "--on", "2027-01-20", "--consolidate")
    found = words(amended, "consolidated")
    assert "as amended by one amendment, as of January 20, 2027." in found
    assert "**The signed documents prevail.**" in found
    assert "**34.1A Language.**" in found
    cover, _, rest = (
        review_text(reached(amended)[-1]).decode().replace(NBSP, " ").partition("\n\n")[2].partition("By signing")
    )
    assert cover in found
    assert found.endswith(rest[rest.index("# Standard terms") :])
    assert "Name: Dana Whitfield" not in found


def test_kept_numbers_are_the_same_in_every_face(amended):
    well(amended, "amend", "acme", "--on", "2027-01-20", "--consolidate")
    for name in ("amendment-1", "consolidated"):
        page, word, pdf = ((amended / FOLDER / f"{name}.{suffix}").read_bytes() for suffix in ("md", "docx", "pdf"))
        assert of_docx(word) == of_markdown(page)
        assert of_pdf(pdf, table_heads(page)) == of_markdown(page)


def test_the_consolidated_text_is_not_moved_by_what_is_changed_later(amended):
    well(amended, "amend", "acme", "--on", "2027-01-20", "--consolidate")
    before = words(amended, "consolidated")
    change(amended / FACTS, "price: 64.00 USD", "price: 70.00 USD")
    assert run(amended, "--client", "acme", "--format", "md").code == 0
    assert words(amended, "consolidated") == before


def test_the_record_of_an_amendment_is_frozen_with_it(amended):
    entry = json.loads((amended / FOLDER / "record.json").read_bytes())["documents"]["amendment-1"]
    assert sorted(entry["signed"]["files"]) == ["amendment-1.docx", "amendment-1.md", "amendment-1.pdf"]
    (amended / FOLDER / "amendment-1.pdf").write_bytes(b"%PDF-")
    assert "[signed-changed]" in run(amended, "status", "acme").err
