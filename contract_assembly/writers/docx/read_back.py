"""A Word file that came back, read by the content controls around its clauses and facts. Pure; knows only `problems`.

Whoever edits the document in Word keeps the controls, so each clause can be found again and held against what was sent,
whatever number it has by then.
"""

import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import BadZipFile, ZipFile

from contract_assembly.core.problems import Problem, RefusedError

BODY = "word/document.xml"
MOST = 64_000_000  # bytes of a body: a contract of 50 pages has half a million
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {f"{_W}del", f"{_W}moveFrom"}  # words that tracked changes have taken out
_SAID = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "\u2011"}


def clause_texts(data: bytes) -> Mapping[str, str]:
    """The words of each clause by its tag (`write.wordruns.tag` of its id), in reading order.

    Each paragraph is a line, without the numbers that Word counts by itself. Tracked insertions are read, tracked deletions
    are not: it is the text as the other side would have it. Words outside any clause are not here.
    Raises RefusedError if it is no Word file.
    """
    found: dict[str, str] = {}
    for control in _controls(_body(data)):
        name = _tag(control)
        if name and (words := "\n".join(_paragraphs(control))):
            found[name] = f"{found[name]}\n{words}" if name in found else words
    return found


def fact_texts(data: bytes) -> Mapping[str, tuple[str, ...]]:
    """What each fact is worded as, by its tag, at every place where it stands in a clause, in reading order.

    Raises RefusedError if it is no Word file."""
    found: dict[str, tuple[str, ...]] = {}
    for paragraph in _body(data).iter(f"{_W}p"):
        for control in paragraph.iter(f"{_W}sdt"):
            name = _tag(control)
            found[name] = (*found.get(name, ()), "".join(_words(control)))
    return found


def _controls(holder: Element) -> Iterator[Element]:
    """The controls around paragraphs, the outer ones: a control that somebody set into a clause is part of it."""
    for each in holder:
        if each.tag == f"{_W}sdt" and _tag(each):
            yield each
        elif each.tag not in _GONE and each.tag != f"{_W}p":
            yield from _controls(each)


def _tag(control: Element) -> str:
    named = control.find(f"{_W}sdtPr/{_W}tag")
    return "" if named is None else named.get(f"{_W}val", "")


def _paragraphs(control: Element) -> Iterator[str]:
    lines = ("".join(_words(each)).strip() for each in control.iter(f"{_W}p"))
    return (line for line in lines if line)


def _words(element: Element) -> Iterator[str]:
    for each in element:
        if each.tag == f"{_W}t":
            yield each.text or ""
        elif each.tag in _SAID:
            yield _SAID[each.tag]
        elif each.tag not in _GONE and each.tag != f"{_W}pPr":  # a tab there is a stop
            yield from _words(each)


def _body(data: bytes) -> Element:
    try:
        with ZipFile(BytesIO(data)) as file:
            if file.getinfo(BODY).file_size > MOST:
                raise _refused("its text is too long")
            return _root(file.read(BODY))
    except (
        BadZipFile,
        zlib.error,
        KeyError,
        ParseError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
    ) as error:
        raise _refused("it is not a whole DOCX") from error


def _root(text: bytes) -> Element:
    parser = XMLParser(target=_Plain())  # noqa: S314  # entities are refused with the document type that declares them
    parser.feed(text)
    root: Element = parser.close()
    return root


class _Plain(TreeBuilder):
    """No Word file declares a document type; without one nothing is read from elsewhere and no entity can grow."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _refused("it declares a document type")


def _refused(why: str) -> RefusedError:
    return RefusedError([Problem("not-a-word-file", f"this file cannot be read as a Word document: {why}")])
