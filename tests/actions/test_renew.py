"""`build.py renew`: what is planned and why not; what is written, once, and whatever comes between."""

import json
import re
import shutil
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from docx import Document

from contract_assembly.actions.renew.batch import applied, planned
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected
from tests.helpers.corpus import run
from tests.helpers.firms import ACME, BY, MEANT, ON, change, signed, small, tree
from tests.helpers.tracked import accepted
from tests.helpers.word_reader import read

PLAN = ("renew", "--on", ON, "--by", BY)
DAYS = DateRange(date(2026, 4, 1), date(2026, 12, 31))


@pytest.fixture
def one(tmp_path):
    return signed(tmp_path / "one")


def carried(root, jobs=1, formats=("md",)):
    plans, _ = planned(root, selected(Repository(root))[0], DAYS)
    return applied(root, [each.plan for each in plans], DAYS.first, jobs=jobs, formats=formats)


def plain(text):
    """Without line breaks, and with single blanks."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "2027-01-01", "--on", "2027-02-01"), "--by is earlier than --on"),
        (("--by", BY, "--csv", "--json"), "--csv and --json cannot be combined"),
        ((), "Missing option '--by'"),
        (("--by", "soon"), "soon"),
    ],
)
def test_wrong_use_is_told(one, words, said):
    done = run(one, "renew", *words)
    assert done.code == 2
    assert said in done.err


# ---- what stands in the way


def _agreed(*pairs):
    return lambda root: change(root / ACME, *pairs)


def _added(lines):
    return lambda root: change(root / ACME, (MEANT, lines))


def _indexed(months, more=""):
    """Acme's prices follow an index whose figures begin in April 2026."""

    def write(root):
        change(
            root / ACME,
            ("  increase_notice: 90 days", f"  increase_notice: 90 days\n  increase: {{rule: index, series: example-cpi, lag: 6{more}}}"),
            (MEANT, ""),
        )  # fmt: skip
        rows = [f"{month},{value},{day}" for month, value, day in months]
        (root / "provider/indices/example-cpi.csv").write_text("\n".join(["month,value,published_on", *rows, ""]))

    return write


def _months(values):
    """Figures from April 2026 on, each published on the 14th of the month after."""
    for n, value in enumerate(values, 3):
        then = n + 1
        yield f"{2026 + n // 12}-{n % 12 + 1:02}", value, f"{2026 + then // 12}-{then % 12 + 1:02}-14"


def _successors(*names):
    def write(root):
        for name in names:
            folder = root / "agreements/acme" / name
            folder.mkdir()
            shutil.copy(root / ACME, folder)
            change(folder / "agreement.yaml", ("plan: business", "plan: business\nrenews: 2026-support"), ("first_day: 2026-10-01", "first_day: 2027-10-01"))  # fmt: skip

    return write


def _provider(path, *pairs):
    return lambda root: change(root / "provider" / path, *pairs)


STEADY = [f"{100 + n / 4:.2f}" for n in range(13)]
WRONG = {
    "a month of the index is missing": (
        _indexed(_months(STEADY[:-1])), ON, 1, ["no figure for April 2027", "fix", "add the month when it is published"],
    ),
    "the index has a gap that this renewal can do without": (
        _indexed([each for n, each in enumerate(_months(STEADY)) if n != 4]), "2027-05-17", 0, ["2026-08", "example-cpi.csv:6", "(+3.0 %)"],
    ),
    "the index has fallen": (
        _indexed(_months(STEADY[::-1])), "2027-05-17", 0, ["2,908.00 USD a month, as before", "the floor makes it 0 %"],
    ),
    "the index was revised": (
        _indexed([*_months(STEADY), ("2027-04", "120.00", "2027-06-14")]), "2027-06-15", 0, ["April 2027 was revised later; the figure first published applies", "(+3.0 %)"],
    ),
    "a notice that the law asks for was missed": (
        _agreed((MEANT, "")), "2027-07-20", 1, ["AR-NY: Renewal reminder was due from 2027-07-02 to 2027-07-15", "remains   have the next term signed by both parties"],
    ),
    "the notice of a rise is late": (
        lambda _root: None, "2027-07-06", 1, ["it had to take effect by 2027-07-02", "renew at the old prices, or agree on new ones"],
    ),
    "the agreement was ended early": (
        _added('\nended: {last_day: 2027-06-30, by: client, ground: "Section 20.1"}\n'), ON, 0, ["acme/2026-support): ended", "ended early, by client; the last day is 2027-06-30"],
    ),
    "two agreements renew one term": (
        _successors("2027-support", "2027-again"), ON, 1, ["both renew 2026-support", "a term is renewed once"],
    ),
    "the folder of the next term belongs to something else": (
        lambda root: (_successors("2027-support")(root), change(root / "agreements/acme/2027-support/agreement.yaml", ("renews: 2026-support\n", ""))),
        ON, 1, ["agreements/acme/2027-support exists already, and does not renew 2026-support", "add renews: 2026-support"],
    ),
    "the plan is withdrawn": (
        _provider("plans/business.yaml", ("id: business\n", "id: business\nwithdrawn: 2027-09-01\n")), ON, 1, ["plan business is withdrawn from 2027-09-01", "name another below renewal: plan:"],
    ),
    "a contact leaves": (
        lambda root: change(root / "agreements/acme/client.yaml", ("- id: lena-fischer\n", "- id: lena-fischer\n    until: 2027-06-30\n")),
        ON, 1, ["leaves on 2027-06-30, before the next term begins on 2027-10-01", "name the successor"],
    ),
    "figures are of another year": (
        lambda root: change(root / "agreements/acme/2026-support/service.yaml", ("term: 2026-10-01", "term: 2025-10-01")),
        ON, 1, ["no term begins on 2025-10-01; the current one begins on 2026-10-01"],
    ),
    "a rise is meant where one was agreed": (
        lambda root: (change(root / ACME, ("  increase_notice: 90 days", "  increase_notice: 90 days\n  increase: {rule: fixed, percent: 3 %}"))),
        ON, 1, ["renewal.increase: 4 %, but 3 % was agreed (fees.increase.rule: fixed)", "remove renewal.increase"],
    ),
    "only the numbers change": (
        _added("\nrenewal:\n  users: 36\n"), ON, 0, ["(+4.3 %), from the changes below; no percentage rise is set for this renewal"],
    ),
    "the agreement was never signed": (_agreed(("status: signed", "status: sent")), ON, 0, ["Not signed yet, so there is nothing to renew: 1 acme/2026-support sent"]),
    "a rise is over the cap": (_agreed(("increase: 4 %\n", "increase: 6 %\n")), ON, 1, ["prices would rise by 6 %", "at most 5 %"]),
    "a line cannot end alone": (
        _added("\nrenewal:\n  ended: [users]\n"), ON, 1, ["users cannot end alone: plan business counts it by user, which stays"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "on", "code", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_cure(one, edit, on, code, said):
    edit(one)
    done = run(one, "renew", "--client", "acme", "--on", on, "--by", BY)
    shown = re.sub(r"\s+", " ", done.out + done.err)
    for each in said:
        assert re.sub(r"\s+", " ", each) in shown, done.out + done.err
    assert done.code == code


def test_a_year_without_holidays_stops_its_client(one):
    change(one / ACME, ("first_day: 2026-10-01", "first_day: 2399-10-01"))
    done = run(one, "renew", "--client", "acme", "--on", "2400-05-03", "--by", "2400-08-31")
    assert done.code == 1
    assert "holidays" in done.err
    assert "Traceback" not in done.err


def test_a_time_block_is_named_and_blocks_nothing(one):
    done = run(one, "renew", "--client", "hudson", "--on", "2026-10-01", "--by", "2028-12-31")
    assert done.code == 0
    assert "a time block does not renew: its hours expire after" in done.out
    assert "offer another block, or a support contract" in done.out


# ---- carrying it out


@cache
def _applied_once(folder):
    root = signed(Path(folder) / "one")
    return root, tree(root), run(root, *PLAN, "--apply")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """(root, the tree before, what the command said), carried out once for all tests below."""
    return _applied_once(str(tmp_path_factory.mktemp("applied")))


def test_the_next_term_its_contract_and_the_redline_are_written(done):
    root, before, said = done
    assert said.code == 0, said.err
    new = sorted(set(tree(root)) - set(before))
    for name in (
        "agreement.yaml",
        "contract.docx",
        "contract.md",
        "contract.pdf",
        "record.json",
        "renewal/redline.docx",
    ):
        assert f"agreements/acme/2027-support/{name}" in new
    for name in ("renewal-letter-2027", "price-notice-2027", "renewal-notice-2027"):
        assert {f"agreements/acme/2026-support/{name}.{each}" for each in ("md", "docx", "pdf")} <= set(new)
    mails = [each for each in new if each.endswith(".eml")]
    assert [Path(each).stem for each in mails] == ["price-notice-2027", "renewal-letter-2027"]
    assert "1 renewal: 1 written." in said.out
    contract = (root / "agreements/acme/2027-support/contract.md").read_text("utf-8").replace("\u00a0", " ")
    for words in ("NL-2027-0042", "October 1, 2027", "September 30, 2028", "$3,153.28 a month"):
        assert words in contract
    assert "Setup fee" not in contract


def test_what_was_signed_is_not_touched(done):
    root, before, _ = done
    now = tree(root)
    letters = {"agreements/acme/2026-support/record.json"}
    assert {path: now[path] for path in before if path not in letters} == {
        p: b for p, b in before.items() if p not in letters
    }


def test_the_redline_tells_old_and_new_price(done):
    root, _, _ = done
    body = Document(root / "agreements/acme/2027-support/renewal/redline.docx").element.body.xml
    struck = "".join(re.findall(r"<w:delText[^>]*>([^<]*)", body))
    assert "2,908.00" in struck
    assert "Setup fee" in struck
    assert "3,153.28" in "".join(re.findall(r"<w:ins .*?</w:ins>", body, re.DOTALL))


def test_each_letter_that_was_written_can_be_sent(done, tmp_path):
    root = tmp_path / "sent"
    shutil.copytree(done[0], root)
    for name in ("renewal-letter-2027", "price-notice-2027", "renewal-notice-2027"):
        facts = root / f"agreements/acme/2026-support/documents/{name}.yaml"
        assert "\nstatus: draft\n" in facts.read_text("utf-8")
        said = run(root, "status", "acme/2026-support", "--document", name, "--set", "sent")
        assert said.code == 0, said.err
        assert "\nstatus: sent\n" in facts.read_text("utf-8")


def test_the_contents_of_the_redline_have_the_page_numbers_of_the_next_contract(done):
    root, _, _ = done
    folder = root / "agreements/acme/2027-support"
    entries = {
        file: [text for style, _, text in read(accepted((folder / file).read_bytes())) if style in ("TOC1", "TOC2")]
        for file in ("contract.docx", "renewal/redline.docx")
    }
    assert len(entries["contract.docx"]) > 30
    assert entries["renewal/redline.docx"] == entries["contract.docx"]


def test_a_second_run_changes_nothing(done):
    root, _, _ = done
    before = tree(root)
    again = run(root, *PLAN, "--apply")
    assert again.code == 0
    assert "renewed by 2027-support (draft)" in again.out
    assert tree(root) == before
    later = run(root, "renew", "--on", "2027-06-01", "--by", BY, "--apply")
    assert (later.code, tree(root) == before) == (0, True)


def test_check_and_build_agree_with_what_was_written(done):
    root, _, _ = done
    before = tree(root)
    assert run(root, "check", "--client", "acme").code == 0
    assert run(root, "--client", "acme/2027-support").code == 0
    assert tree(root) == before


def test_a_next_term_edited_by_hand_is_left_alone_and_named(done, tmp_path):
    root = tmp_path / "edited"
    shutil.copytree(done[0], root)
    change(root / "agreements/acme/2027-support/agreement.yaml", ("users: 36", "users: 37"))
    before = tree(root)
    said = run(root, *PLAN, "--apply")
    assert said.code == 0
    assert "renewed by 2027-support (draft), edited by hand since it was built, and left as it is" in re.sub(
        r"\s+", " ", said.out
    )
    assert tree(root) == before


def test_after_its_term_the_old_agreement_is_over_and_the_next_one_renews_itself_once_sent(done, tmp_path):
    root = tmp_path / "later"
    shutil.copytree(done[0], root)
    days = ("--on", "2028-05-02", "--by", "2028-08-31", "--client", "acme")
    assert (
        "Not signed yet, so there is nothing to renew: 1\n  acme/2027-support  draft" in run(root, "renew", *days).out
    )
    change(root / "agreements/acme/2027-support/agreement.yaml", ("status: draft", "status: sent"))
    said = run(root, "renew", *days, "--json")
    (only,) = json.loads(said.out)["renewals"]
    assert (only["agreement"], only["state"], only["next"]) == ("2027-support", "to do", "2028-support")


def test_words_that_changed_since_signing_give_no_redline(one):
    path = one / "clauses/term/renewal-us-ny.md"
    words = path.read_text("utf-8")
    path.unlink()  # it is a link to ours
    path.write_text(words.replace("unless a party declines", "if neither party declines"), "utf-8")
    plans, _ = planned(one, [("acme", "2026-support")], DateRange(date(2027, 5, 3), date(2027, 8, 31)))
    (found,) = applied(one, [each.plan for each in plans], date(2027, 5, 3), formats=("md",))
    (told,) = [each for each in found.problems if each.rule == "no-redline"]
    assert "have changed since this was signed" in told.what
    assert found.changed
    assert not any("redline" in each for each in found.changed)


def test_the_answer_to_a_client_who_declined_is_written_once_and_the_draft_of_the_next_term_is_no_renewal(
    done, tmp_path
):
    root = tmp_path / "declined"
    shutil.copytree(done[0], root)
    decline = "\nnotices:\n  - {says: decline, term: 2027-10-01, sent: 2027-07-20, by: email, to: provider}\n"
    (root / ACME).write_text((root / ACME).read_text("utf-8") + decline, "utf-8")
    days = ("--on", "2027-07-21", "--by", "2027-12-31", "--client", "acme")
    planned_ = run(root, "renew", *days)
    assert (planned_.code, "BLOCKED" in planned_.out) == (0, False)
    assert "send the answer to the client" in planned_.out
    due = {each["what"]: each for each in json.loads(run(root, "due", *days, "--json").out)["due"]}
    assert due["Answer the client's notice to decline"]["by"] == "2027-07-27"
    ghost = [each["what"] for each in due.values() if each["agreement"] == "2027-support"]
    assert ghost == ["Have both parties sign this agreement, or delete it"]
    before = tree(root)
    said = run(root, "renew", *days, "--apply")
    assert said.code == 0, said.err
    letters = {f"agreements/acme/2026-support/non-renewal-2027.{each}" for each in ("md", "docx", "pdf", "eml")}
    assert set(tree(root)) - set(before) == {
        *letters,
        "agreements/acme/2026-support/documents/non-renewal-2027.yaml",
    }
    after = tree(root)
    again = run(root, "renew", *days, "--apply")
    assert (again.code, tree(root) == after) == (0, True)
    assert "2027-support (draft) takes effect only if both parties sign it" in plain(again.out)
    assert "Answer the client" not in run(root, "due", *days).out
    later = run(root, "renew", "--on", "2028-05-02", "--by", "2028-12-31", "--client", "acme")
    assert (later.code, "BLOCKED" in later.out) == (0, False)
    assert "acme/2026-support" not in later.out


def test_prices_of_a_firm_are_those_that_were_announced(tmp_path):
    root = small(tmp_path / "firm", 10)
    found = [each for each in carried(root) if each.changed]
    assert found
    for each in found:
        contract = (root / f"agreements/{each.plan.client}/{each.plan.next_name}/contract.md").read_text("utf-8")
        assert f"{each.plan.fees.new.amount:,f}" in contract
        assert Decimal(0) <= each.plan.fees.rise.percent <= 5
