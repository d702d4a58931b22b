"""A starting point for a client or agreement: it builds as a draft for each kind and law, and says what is still open."""

import re
import shutil

import pytest

from tests.helpers.corpus import REPOSITORY, run, state

# The laws that clauses were read for, and of the others one of each country that has more than its line, and one that has not.
LAWS = [
    "GB-EW",
    "IE",
    "US-CA",
    "US-NY",
    "US-TX",
    "US-WI",
    "US-FL",
    "US-OH",
    "GB-SCT",
    "GB-NIR",
    "CA-ON",
    "CA-NS",
    "AU-NSW",
    "AU-TAS",
]


@pytest.fixture(scope="module")
def firm_once(tmp_path_factory):
    root = tmp_path_factory.mktemp("firm") / "root"
    for folder in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    (root / "agreements").mkdir()
    for client in ("acme", "brookfield"):
        shutil.copytree(REPOSITORY / "agreements" / client, root / "agreements" / client)
    return root


@pytest.fixture
def root(firm_once, tmp_path):
    return shutil.copytree(firm_once, tmp_path / "root")


def begun(root, *more, kind="support"):
    where = more if {"--law", "--like"} & {*more} else ("--place", "US-NY", *more)
    return run(root, "new", "oak-ridge", "--kind", kind, "--first-day", "2027-01-01", *where)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("kind", ["support", "time-block"])
def test_it_builds_as_a_draft_for_each_kind_and_law(root, kind, law):
    said = begun(root, "--law", law, kind=kind)
    assert (said.code, said.err) == (0, "")
    built = run(root, "--client", "oak-ridge", "--format", "md")
    assert (built.code, "error" in built.err) == (0, False), built.err
    (contract,) = root.glob("agreements/oak-ridge/*/contract.md")
    text = contract.read_text()
    assert "registered details, addresses" in text
    assert "@" not in (contract.parent / "agreement.yaml").read_text()
    assert (
        (contract.parent / "agreement.yaml")
        .read_text()
        .startswith("# yaml-language-server: $schema=../../../docs/schema/")
    )


def test_it_cannot_be_sent_before_what_is_open_is_closed(root):
    begun(root)
    said = run(root, "--client", "oak-ridge", "--format", "md", "--final")
    assert said.code == 1
    assert said.err.count("[open-fact]") == 4


@pytest.mark.parametrize("kind", ["support", "time-block"])
@pytest.mark.parametrize("law", ["US-NY", "GB-EW"])
def test_no_placeholder_becomes_final_though_the_list_of_open_points_was_removed(root, kind, law):
    begun(root, "--law", law, kind=kind)
    (agreement,) = root.glob("agreements/oak-ridge/*/agreement.yaml")
    text = agreement.read_text()
    agreement.write_text(re.sub(r"(?s)^open:.*?(?=^version:)", "", text, flags=re.MULTILINE))
    said = run(root, "--client", "oak-ridge", "--format", "md", "--final")
    assert (said.code, "[open-fact]" in said.err) == (1, False)
    lines = (agreement.parents[1] / "client.yaml").read_text().splitlines()
    told = {lines[int(n) - 1].strip().partition(":")[0] for n in re.findall(r"client\.yaml:(\d+): error: ", said.err)}
    assert told >= {"name", "form", "registration", "address", "attention", "email", "phone"}


def test_nothing_is_overwritten(root):
    assert begun(root).code == 0
    before = state(root)
    said = begun(root)
    assert (said.code, "[exists-already]" in said.err) == (1, True)
    assert state(root) == before


def test_a_further_agreement_of_a_client_takes_its_people(root):
    client = (root / "agreements/acme/client.yaml").read_bytes()
    assert run(root, "new", "acme", "--kind", "time-block", "--first-day", "2027-01-01").code == 0
    assert (root / "agreements/acme/client.yaml").read_bytes() == client
    assert "primary: lena-fischer" in (root / "agreements/acme/2027-block/agreement.yaml").read_text()


def test_it_can_follow_another_agreement(root):
    assert begun(root, "--like", "brookfield/2026-support").code == 0
    text = (root / "agreements/oak-ridge/2027-support/agreement.yaml").read_text()
    for line in ("law: GB-EW", "plan: complete", "  setup: 1200.00 GBP", "  first_day: 2027-01-01", "calendar: london"):
        assert line in text
    assert "imogen-tanner" not in text
    assert "status: draft" in text


@pytest.mark.parametrize(
    ("name", "law", "rule"),
    [
        ("Oak", "US-NY", "name"),
        ("../x", "US-NY", "name"),
        ("oak", "US-ZZ", "unknown-law"),
        ("oak", "FR", "unknown-law"),
        ("con", "US-NY", "name"),
    ],
)
def test_names_and_laws_that_cannot_be_are_refused(root, name, law, rule):
    before = state(root)
    said = run(root, "new", name, "--kind", "support", "--first-day", "2027-01-01", "--law", law)
    assert said.code == 1
    assert f"[{rule}]" in said.err
    assert state(root) == before


def _people_of_ours(root, count):
    """The provider's file with its first people only."""
    path = root / "provider/provider.yaml"
    head, _, people = path.read_text("utf-8").partition("people:\n")
    kept = people.split("  - id:")[: count + 1]
    path.write_text(f"{head}people:\n{'  - id:'.join(kept)}", "utf-8")


@pytest.mark.parametrize("kind", ["support", "time-block"])
@pytest.mark.parametrize(("count", "deputies"), [(1, 1), (2, 2)])
def test_a_firm_of_one_or_two_people_can_begin(root, kind, count, deputies):
    _people_of_ours(root, count)
    assert begun(root, "--law", "US-NY", kind=kind).code == 0
    (agreement,) = (root / "agreements/oak-ridge").glob("*/agreement.yaml")
    contacts = agreement.read_text("utf-8").partition("contacts:")[2].partition("escalation:")[0]
    assert contacts.count("    deputy: ") == deputies
    done = run(root, "--client", "oak-ridge", "--format", "md")
    assert (done.code, "error" in done.err) == (0, False)
