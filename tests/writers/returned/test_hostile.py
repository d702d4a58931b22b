"""Hostile Word files in a process with 512 MB of memory and five seconds of the processor: each is refused with a sentence."""

import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.helpers.returned import file
from tests.helpers.word_packages import body, package, says

ROOT = Path(__file__).parents[3]
MEMORY, SECONDS = 512_000_000, 5
READ = """
import sys
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.word_marks import marked_words
try:
    print(len(marked_words(open(sys.argv[1], "rb").read()).lines), "lines")
except UnreadableError as error:
    print(error)
"""


def in_little_space(path):
    """What reading a file says, within the limits; the process ends with a fault if it needs more."""

    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    done = subprocess.run(
        [sys.executable, "-c", READ, path], preexec_fn=bound, cwd=ROOT, capture_output=True, text=True, check=False
    )  # no thread runs beside it
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout.strip()


def bomb():
    """A file of 0.1 MB that unpacks to 100 MB."""
    into = io.BytesIO()
    with (
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(100):
            part.write(b" " * 1_000_000)
    return into.getvalue()


def entities():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return package(f'<!DOCTYPE w [<!ENTITY l0 "ha"><!ENTITY x SYSTEM "file:///etc/passwd">{laughs}]><w>&l9;&x;</w>')


def nested():
    return package(body("<w:p>" * 200_000 + "</w:p>" * 200_000))


HOSTILE = {
    "a zip bomb": (bomb, "unpacks to more than"),
    "entities": (entities, "declares a document type"),
    "100,000 paragraphs": (lambda: file(says("a") * 100_000), "more than 5,000 paragraphs"),
    "deep nesting": (nested, "too many elements, or too many inside each other"),
    "many lists": (lambda: file(says("a"), numbering=body("<w:num/>" * 200_000)), "too many elements"),
    "one endless word": (lambda: file(says("a" * 20_000_000)), "more than 250,000 characters"),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound the memory of a process")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_its_memory_and_time(name, tmp_path):
    make, words = HOSTILE[name]
    path = tmp_path / "hostile.docx"
    path.write_bytes(make())
    assert words in in_little_space(path)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound the memory of a process")
def test_a_sound_contract_is_read_within_the_same_limits():
    assert in_little_space(ROOT / "agreements/acme/2026-support/contract.docx").endswith("lines")
