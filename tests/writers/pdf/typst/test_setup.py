"""typst set up: nothing from outside, and its faults in one line with their cure."""

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from contract_assembly.core.problems import RefusedError
from contract_assembly.writers.formats import engine_warnings
from contract_assembly.writers.pdf.typst import setup
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.house import TYPST
from tests.helpers.sample_tree import p, sample, v
from tests.writers.pdf.test_writer import pages, terms

ROOT = Path(__file__).parents[4]
FACTS = (
    '#import "@preview/cetz:0.3.0"', '#read("/etc/hostname")', '#image("../../etc/passwd")', '#eval("1+1")', "$ x^2 $",
    "*bold* _italic_ `code`", "// comment", "/* comment */", "@services", "<services>", "\\u{41} \\#", '"); #panic("x',
    "= Heading", "- item", "+ item", "#sys.inputs",
)  # fmt: skip


def test_facts_full_of_typsts_signs_are_printed_as_they_are():
    text = "".join(pages(pdf(terms(*[p("(", v(each), ")") for each in FACTS]), TYPST)))
    assert not [each for each in FACTS if f"({each})" not in text.replace("\r\n", " ")]


OPENED = """
import sys
sys.path.insert(0, {root!r})
from tests.helpers.house import TYPST
from tests.helpers.sample_tree import sample
from contract_assembly.writers.pdf.writer import pdf
seen = []
sys.addaudithook(lambda name, given: name.split(".")[0] in ("socket", "urllib", "subprocess", "os.exec") and seen.append(name))
pdf(sample(), TYPST)
print(*seen)
"""


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script.format(root=str(ROOT))]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)


def test_nothing_is_asked_of_the_network_and_the_folder_is_gone_afterwards(tmp_path):
    done = run(OPENED, TMPDIR=str(tmp_path), HOME=str(tmp_path))
    assert done.stdout.strip() == ""
    assert list(tmp_path.iterdir()) == []


def test_the_page_reads_nothing_outside_its_folder_and_imports_no_package():
    page = "".join(each.read_text("utf-8") for each in setup.HERE.glob("*.typ"))
    assert "@preview" not in page
    assert "eval(" not in page
    typst = setup._typst()
    folder, compiler = setup._workplace(0, tuple(sorted(TYPST.fonts.items())), setup_style())
    (folder / "page.typ").write_text('#read("/../outside.txt")')
    (folder.parent / "outside.txt").write_text("secret")
    with pytest.raises(typst.TypstError):
        compiler.compile(format="pdf")
    (folder / "page.typ").write_text('#import "@preview/cetz:0.3.0": canvas')
    with pytest.raises(typst.TypstError, match=r"package|download"):
        compiler.compile(format="pdf")
    (folder.parent / "outside.txt").unlink()
    setup._workplace.cache_clear()


def setup_style() -> str:
    from contract_assembly.writers.pdf.typst.style import style_data

    return style_data(TYPST.style)


def test_a_missing_wheel_is_reported_in_one_line_with_its_cure(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(RefusedError) as refused:
        pdf(sample(), TYPST)
    (problem,) = refused.value.problems
    assert problem.rule == "missing-engine"
    assert "pip install contract-assembly[typst]" in problem.hint


def test_another_version_is_a_warning(monkeypatch):
    assert engine_warnings("typst") == ()
    monkeypatch.setattr(setup, "version", lambda name: "0.99.0")
    (problem,) = engine_warnings("typst")
    assert (problem.rule, problem.level) == ("typst-version", "warning")
    assert "0.99.0" in problem.what
    assert engine_warnings("weasyprint") == ()


def test_a_full_folder_for_temporary_files_is_named(monkeypatch):
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    setup._workplace.cache_clear()
    monkeypatch.setattr(setup.tempfile, "mkdtemp", full)
    with pytest.raises(RefusedError) as refused:
        pdf(sample(), TYPST)
    assert [each.rule for each in refused.value.problems] == ["not-written"]
    assert "No space left on device" in refused.value.problems[0].what


def test_a_font_that_typst_does_not_know_by_that_name_is_refused_with_those_that_it_knows():
    house = replace(TYPST, style={**TYPST.style, "font-text": "Firm Text"})
    with pytest.raises(RefusedError) as refused:
        pdf(sample(), house)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.origin.path) == ("unknown-font", "templates/house/style.yaml")
    assert problem.what == "font-text: no file in templates/house/fonts is of a family 'Firm Text'"
    assert "Caladea, Carlito" in problem.hint
