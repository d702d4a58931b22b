"""WeasyPrint set up: nothing from outside, and its faults in one line."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from contract_assembly.writers.pdf.weasyprint.writer import _style
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.house import HOUSE
from tests.helpers.sample_tree import p, sample, t

ROOT = Path(__file__).parents[4]


def terms(*blocks: d.Block) -> d.Document:
    return d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), blocks),))


def run(script: str, folder: Path, **environment: str) -> str:
    command = [sys.executable, "-c", script.replace("{root!r}", repr(str(ROOT)))]
    done = subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip() + done.stderr.strip()


WATCHED = """
import sys
sys.path.insert(0, {root!r})
from tests.helpers.house import HOUSE
from tests.writers.pdf.test_writer import p, pdf, sample, terms, v
pdf(sample(), HOUSE)
seen = []
colours = "sRGB2014.icc"  # a part of WeasyPrint, which PDF/A wants in every file
watched = ("open", "socket", "urllib", "subprocess")
sys.addaudithook(
    lambda name, given: name.split(".")[0] in watched and not str(given[0]).endswith(colours) and seen.append(name)
)
pdf(terms(p(v('<img src="http://127.0.0.1:9/x"><link rel=stylesheet href="file:///etc/hostname">'))), HOUSE)
print(*seen)
"""
LACKING = """
import sys
sys.path.insert(0, {root!r})
import cffi
whole = cffi.FFI.dlopen
def lacking(self, name, *rest):
    if LACK in str(name):
        raise OSError("cannot load library " + repr(name))
    return whole(self, name, *rest)
cffi.FFI.dlopen = lacking
from contract_assembly.core.problems import RefusedError
from tests.helpers.house import HOUSE
from tests.writers.pdf.test_writer import pdf, sample
try:
    pdf(sample(), HOUSE)
except RefusedError as refused:
    (problem,) = refused.problems
    print(problem.rule, problem.what, problem.hint)
"""


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x.css", "file:///etc/hostname", "house:Unknown.ttf", "house:../x"]
)
@pytest.mark.parametrize(
    "rule", ['@import "{}";', '@font-face {{ font-family: X; src: url("{}") }}', 'body {{ background: url("{}") }}']
)
def test_a_page_style_that_refers_outside_the_house_style_is_refused(rule, address):
    with pytest.raises(RefusedError) as refused:
        pdf(sample(), replace(HOUSE, css=rule.format(address) + HOUSE.css))
    assert refused.value.problems[0].rule == "outside-house"
    assert address in refused.value.problems[0].what


def test_a_document_opens_only_the_colour_profile_and_no_connection():
    assert run(WATCHED, ROOT) == ""


@pytest.mark.parametrize("library", ["pango-1", "pangoft2", "harfbuzz-subset"])
def test_a_missing_system_library_is_reported_in_one_line_with_its_cure(library):
    said = run(LACKING.replace("LACK", repr(library)), ROOT)
    assert said.startswith("system-library ")
    assert library in said.split("install")[0]
    assert all(cure in said for cure in ("libharfbuzz-subset0", "dnf install pango harfbuzz", "brew install pango"))
    assert "\n" not in said


@pytest.mark.parametrize("on", [True, False])
def test_garbage_collection_is_restored_to_its_former_state(on):
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        pdf(terms(p("Words.")), HOUSE)
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()


def test_a_full_folder_for_temporary_files_is_named(monkeypatch):
    _style.cache_clear()

    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RefusedError) as told:
        pdf(sample(), HOUSE)
    (problem,) = told.value.problems
    assert problem.rule == "not-written"
    assert "could not write the fonts of the PDF to " in problem.what
    assert "TMPDIR" in problem.hint


LOADED = """
import sys
sys.path.insert(0, {root!r})
from tests.helpers.house import HOUSE
from tests.writers.pdf.test_writer import pdf, sample
pdf(sample(), HOUSE)
names = ("fontTools.subset", "fontTools.varLib")
print(*(each in sys.modules for each in names))
from weasyprint.pdf import fonts
print(fonts.subset.Options(hinting=False).hinting, fonts.instantiateVariableFont.load().__module__)
print(*(each in sys.modules for each in names))
"""


def test_what_only_other_fonts_need_is_loaded_when_it_is_used(tmp_path):
    assert run(LOADED, tmp_path).split() == [
        "False", "False", "False", "fontTools.varLib.instancer", "True", "True",
    ]  # fmt: skip
