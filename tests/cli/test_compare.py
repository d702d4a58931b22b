"""`diff` and `impact` from outside, on real git repositories: what they say, what they write, and what goes wrong."""

import json
import re
import resource
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.helpers.changed import ROOT, changed, put, sample
from tests.helpers.corpus import run
from tests.helpers.git_repositories import committed, git
from tests.helpers.pdf_reader import pages
from tests.helpers.tracked import accepted
from tests.helpers.word_reader import W, part, read

ACME = "agreements/acme/2026-support"


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return changed(sample(tmp_path_factory.mktemp("changed")))


def said(root, *arguments: str, code: int = 0) -> str:
    found = run(root, *arguments)
    assert found.code == code, found
    return found.out if code == 0 else found.err


def data(root, *arguments: str):
    return json.loads(said(root, *arguments, "--json"))


# ---- diff


def test_nothing_changed_is_said_and_is_no_fault(before):
    assert said(before, "diff", "acme").endswith("to the working tree: nothing changed\n")
    assert data(before, "diff", "acme")["differences"][0]["changed"] is False


def test_the_facts_come_first_with_exact_differences(root):
    text = said(root, "diff", "acme")
    assert text.splitlines()[0] == f"{ACME}: HEAD ({git(root, 'rev-parse', 'HEAD')[:10]}) to the working tree"
    assert "  Monthly fee: 2,908.00 USD to 3,142.00 USD, +234.00 USD, +8.0 %\n" in text
    assert "  Users: 34 to 36, +2\n" in text
    assert text.index("Facts") < text.index("Words: 1 added, 1 removed, 1 moved, 7 reworded, 38 renumbered")


def test_clauses_are_told_by_what_became_of_them(root):
    text = said(root, "diff", "acme")
    for line in (
        "14 Remote work (added)",
        "25 Insurance (moved)",
        "30 Subcontracting (removed)",
        "33 Assignment (reworded)",
    ):
        assert f"\n  {line}\n" in text
    assert "or unreasonably {+delay or +}refuse consent." in text


def test_json_tells_each_run_of_words(root):
    (found,) = data(root, "diff", "acme")["differences"]
    (clause,) = [each for each in found["clauses"] if each["id"] == "assignment"]
    ops = [run["op"] for line in clause["lines"] for cell in line["cells"] for run in cell]
    assert (clause["change"], ops) == ("reworded", ["equal", "insert", "equal"])
    fee = next(each for each in found["facts"] if each["key"] == "fees.monthly")
    assert (fee["old"], fee["new"], fee["difference"]) == ("2,908.00 USD", "3,142.00 USD", "+234.00 USD, +8.0 %")


def test_the_page_is_one_file_without_script_that_holds_the_same(root, tmp_path):
    file = tmp_path / "changes.html"
    assert said(root, "diff", "acme", "--format", "html", "--output", str(file)) == ""
    page = file.read_text("utf-8")
    assert not re.search(r"<script|<link|<img|@import|url\(|https?://", page)
    assert page.count("<h1>") == 1
    assert '<th scope="row">Monthly fee</th>' in page
    assert '<ins><span class="vh">added: </span>delay or ' in page


def test_the_redline_is_written_and_accepts_to_the_new_words(root, tmp_path):
    file = tmp_path / "redline.docx"
    said(root, "diff", "acme", "--format", "docx", "--output", str(file))
    texts = [text for _, _, text in read(accepted(file.read_bytes()))]
    assert any("or unreasonably delay or refuse consent" in text for text in texts)


def test_the_redline_has_the_providers_logo_and_the_page_numbers_of_its_contents(root, tmp_path):
    said(root, "diff", "acme", "--format", "docx", "--output", str(tmp_path / "redline.docx"))
    file = (tmp_path / "redline.docx").read_bytes()
    assert part(file, "word/document.xml").find(f".//{W}drawing") is not None
    assert ZipFile(BytesIO(file)).read("word/media/logo.png") == (root / "provider/logo.png").read_bytes()
    entries = [text for style, _, text in read(accepted(file)) if style in ("TOC1", "TOC2")]
    assert len(entries) > 30
    assert all(re.search(r" \d+$", each) for each in entries)


def test_the_redline_of_what_is_not_approved_bears_the_mark_of_a_draft(root, tmp_path):
    said(root, "diff", "acme", "--format", "docx", "--output", str(tmp_path / "a.docx"))
    texts = [text for _, _, text in read(accepted((tmp_path / "a.docx").read_bytes()))]
    assert any(text.startswith("Draft, not for signature.") for text in texts)


def test_the_marked_pdf_is_the_new_contract_with_the_words_that_went(root, tmp_path):
    file = tmp_path / "marked.pdf"
    assert said(root, "diff", "acme", "--format", "pdf", "--output", str(file)) == ""
    text = " ".join("".join(g.char for g in line.glyphs) for page in pages(file.read_bytes()) for line in page.lines)
    text = text.replace("\u200b", "")
    assert "or unreasonably delay or refuse consent" in text
    assert "30 Subcontracting]" in text
    assert "[moved here]" in text
    assert "Draft, not for signature. 2 clauses await approval." in text
    assert f"Changes from HEAD ({git(root, 'rev-parse', 'HEAD')[:10]}) marked: 1 added, 1 removed, 1 moved, 7" in text
    assert "[Draft" not in text, "what is open now is no change of the contract"


def test_a_marked_pdf_of_agreements_that_are_the_same_says_so(before, tmp_path):
    said(before, "diff", "acme", "--format", "pdf", "--output", str(tmp_path / "same.pdf"))
    first = " ".join(line.text for line in pages((tmp_path / "same.pdf").read_bytes())[0].lines)
    assert "marked: nothing." in first


def test_two_revisions_are_compared_whatever_the_folder_holds(tmp_path):
    root = sample(tmp_path)
    put(root, f"{ACME}/agreement.yaml", "users: 34", "users: 40")
    committed(root, "More users")
    put(root, f"{ACME}/agreement.yaml", "users: 40", "users: 50")
    assert "Users: 34 to 40, +6" in said(root, "diff", "acme", "HEAD~1", "HEAD")
    assert "Users: 40 to 50, +10" in said(root, "diff", "acme")
    assert "Users: 50 to" not in said(root, "diff", "acme", "main~1", "main")


def test_a_redline_of_old_states_is_in_the_house_style_of_today(tmp_path):
    root = sample(tmp_path / "root")
    put(root, f"{ACME}/agreement.yaml", "users: 34", "users: 40")
    style = root / "templates/house/word/word/document.xml"
    today = style.read_text("utf-8")
    style.write_text("<not-word/>", "utf-8")
    committed(root, "A style that this program cannot use")
    style.write_text(today, "utf-8")
    said(root, "diff", "acme", "HEAD~1", "HEAD", "--format", "docx", "--output", str(tmp_path / "a.docx"))
    assert any(
        "cover 40 Users" in text.replace("\u00a0", " ")
        for _, _, text in read(accepted((tmp_path / "a.docx").read_bytes()))
    )


def test_last_years_agreement_is_compared_with_this_years(tmp_path):
    root = sample(tmp_path)
    (root / "agreements/acme/2027-support").mkdir()
    text = (
        (root / ACME / "agreement.yaml")
        .read_text("utf-8")
        .replace("first_day: 2026-10-01\n  length", "first_day: 2027-10-01\n  length")
        .partition("\nrenewal:")[0]
    )
    (root / "agreements/acme/2027-support/agreement.yaml").write_text(text, "utf-8")
    told = said(root, "diff", "acme", "--between", "2026-support", "2027-support")
    assert "First day: 1 October 2026 to 1 October 2027, 365 days later" in told
    assert told.startswith(
        f"{ACME} to agreements/acme/2027-support: 2026-support in the working tree to 2027-support in"
    )


def test_without_git_the_cure_is_named(tmp_path):
    root = sample(tmp_path / "a")
    (root / ".git").rename(tmp_path / "elsewhere")
    told = said(root, "diff", "acme", code=1)
    assert "[no-git]" in told
    assert "git init" in told


def test_an_unknown_revision_is_told_with_one_that_is_near(before):
    told = said(before, "diff", "acme", "mian", code=1)
    assert "git knows no commit 'mian' here [unknown-revision]" in told
    assert "did you mean main?" in told


def test_an_agreement_that_is_not_there_yet_is_told_with_its_first_commit(tmp_path):
    root = sample(tmp_path)
    git(root, "mv", "agreements/pecan/2026-support", "agreements/pecan/2027-support")
    first = committed(root, "A new year")
    told = said(root, "diff", "pecan", "HEAD~1", code=1)
    assert "pecan has no agreement 2027-support in HEAD~1" in told
    assert f"it appeared in {first[:10]} of 2026-09-01 (A new year); name that commit or a later one" in told


def test_a_fault_of_an_old_state_is_told_with_its_revision(tmp_path):
    root = sample(tmp_path)
    put(root, f"{ACME}/agreement.yaml", "version: 1", "version: first")
    committed(root, "A fault")
    put(root, f"{ACME}/agreement.yaml", "version: first", "version: 1")
    told = said(root, "diff", "acme", code=1)
    assert re.search(rf"^HEAD \(\w{{10}}\):{ACME}/agreement\.yaml:\d+: error: ", told, re.MULTILINE)


def test_a_shallow_clone_is_told_how_to_get_the_rest(before, tmp_path):
    git(before, "commit", "-q", "--allow-empty", "-m", "Another")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{before}", "clone")
    told = said(tmp_path / "clone", "diff", "acme", "HEAD~1", code=1)
    assert "git fetch --unshallow" in told


def test_a_page_or_a_word_file_is_of_one_agreement(tmp_path):
    root = sample(tmp_path)
    (root / "agreements/acme/other").mkdir()
    (root / "agreements/acme/other/agreement.yaml").write_bytes((root / ACME / "agreement.yaml").read_bytes())
    committed(root, "Two agreements")
    told = said(root, "diff", "acme", "--format", "html", code=2)
    assert "acme has 2 agreements: name one, acme/2026-support or acme/other" in told
    assert said(root, "diff", "acme").count("nothing changed") == 2


def test_options_that_contradict_each_other_are_refused(before):
    said(before, "diff", "acme/2026-support", "--between", "a", "b", code=2)


def test_one_contract_is_compared_without_the_layout_engine_and_in_little_time(root):
    program = (
        "import sys; from contract_assembly.cli import main\ntry: main()\nfinally: print('weasyprint' in sys.modules)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [sys.executable, "-c", program, "--root", str(root), "diff", "acme"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\nFalse\n")
    assert (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 5
    )  # 1 s of one core, unless others use it, too


# ---- impact


@pytest.fixture(scope="module")
def rates(tmp_path_factory):
    """A rate, a clause and one client's facts change; brookfield was signed, and liffey's file is broken."""
    root = sample(tmp_path_factory.mktemp("rates"))
    put(root, "agreements/brookfield/2026-support/agreement.yaml", "status: draft", "status: signed")
    committed(root, "Signed")
    put(
        root,
        "clauses/general/assignment.md",
        "or unreasonably refuse consent",
        "or unreasonably delay or refuse consent",
    )
    put(root, f"{ACME}/agreement.yaml", "users: 34", "users: 36")
    put(root, "agreements/liffey/2026-support/agreement.yaml", "version: 1", "version: first")
    return root


def test_a_change_of_a_clause_is_read_once_for_all_that_it_reaches(rates):
    found = json.loads(run(rates, "impact", "--json").out)
    (change,) = [each for each in found["changes"] if each["id"] == "assignment"]
    assert set(change["agreements"]) == {"pecan/2026-support", "acme/2026-support", "lakeside/2027-support"}
    assert found["frozen"] == ["brookfield/2026-support"]
    assert found["failed"] == ["liffey/2026-support"]
    assert set(found["same"]) == {"hudson/2026-block", "solano/2026-block"}


def test_what_was_sent_comes_first_then_what_is_decided_soonest(rates):
    found = json.loads(run(rates, "impact", "--json").out)["reached"]
    assert [each["status"] for each in found] == ["sent", "draft", "draft"]
    days = [each["decided"] for each in found]
    assert days[1:] == sorted(days[1:])


def test_an_agreement_that_was_sent_says_that_agreed_words_would_change(rates):
    text = run(rates, "impact").out
    assert re.search(
        r"^  \S+  acme/2026-support +\d+ clauses, \d+ facts \(sent: agreed words would change\)$", text, re.MULTILINE
    )
    assert "(draft)" in text


def test_side_by_side_the_reach_is_the_same(rates):
    one, two = (run(rates, "impact", "--jobs", jobs) for jobs in ("1", "2"))
    assert one == two


def test_one_failing_agreement_is_named_and_stops_nothing(rates):
    found = run(rates, "impact")
    assert found.code == 1
    assert "3 of 7 agreements change since HEAD" in found.out
    assert "1 signed or ended; 2 keep every word; 1 failed" in found.out
    assert "agreements/liffey/2026-support/agreement.yaml" in found.err


def test_facts_of_one_client_are_no_part_of_the_group(rates):
    found = json.loads(run(rates, "impact", "--json").out)
    (users,) = [each for each in found["facts"] if each["key"] == "coverage.users"]
    assert users["agreements"] == ["acme/2026-support"]


def test_what_no_changed_file_reaches_is_not_assembled(rates, monkeypatch):
    assembled = []
    from contract_assembly.build import revisions

    real = revisions.assemble_and_assess
    monkeypatch.setattr(
        revisions,
        "assemble_and_assess",
        lambda repository, client, name: assembled.append(client) or real(repository, client, name),
    )
    run(rates, "impact")
    assert set(assembled) == {"acme", "pecan", "lakeside"}


def test_nothing_changed_reaches_nobody(before):
    assert said(before, "impact").startswith("0 of 7 agreements change since HEAD")


def test_the_page_of_the_reach_holds_each_change_once(rates, tmp_path):
    run(rates, "impact", "--format", "html", "--output", str(tmp_path / "reach.html"))
    page = (tmp_path / "reach.html").read_text("utf-8")
    assert page.count("<article") == len(json.loads(run(rates, "impact", "--json").out)["changes"])
    assert "Signed or ended, so not touched: brookfield/2026-support" in page
