"""A difference as a page, a redline and a marked PDF."""

import re
from io import BytesIO
from zipfile import ZipFile

from tests.helpers import two_states
from tests.helpers.changed import put, sample
from tests.helpers.git_repositories import committed, git
from tests.helpers.pdf_reader import pages
from tests.helpers.tracked import accepted
from tests.helpers.two_states import ACME, said
from tests.helpers.word_reader import W, part, read

before = two_states.before
root = two_states.root


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
    assert f"Changes from HEAD ({git(root, 'rev-parse', 'HEAD')[:10]}) marked: 1 added, 1 removed, 1 moved, 6" in text
    assert "[Draft" not in text, "what is open now is no change of the contract"


def test_a_marked_pdf_of_agreements_that_are_the_same_says_so(before, tmp_path):
    said(before, "diff", "acme", "--format", "pdf", "--output", str(tmp_path / "same.pdf"))
    first = " ".join(line.text for line in pages((tmp_path / "same.pdf").read_bytes())[0].lines)
    assert "marked: nothing." in first


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
