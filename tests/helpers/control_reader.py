"""Read a Word file by the content controls around its clauses and facts, for tests of the writer. Pure.

Word keeps the controls when a file is edited, so each clause can be found and compared with what was sent, even if its
number has changed. Other programs may drop them.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.word_package import opened

BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REMOVED = {f"{_W}del", f"{_W}moveFrom"}  # content removed by tracked changes
_CHARACTERS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "\u2011"}


def clause_texts(data: bytes) -> Mapping[str, str]:
    """The text of each clause by its tag (`writers.docx.runs.tag` of its id), in reading order.

    Each paragraph is a line, without automatic numbers. Tracked insertions are included and tracked deletions left out,
    so this is the text that the other side proposes. Text outside clauses is left out. Raises RefusedError for anything
    but a Word file.
    """
    found: dict[str, str] = {}
    for control in _controls(_body(data)):
        name = _tag(control)
        if name and (words := "\n".join(_paragraphs(control))):
            found[name] = f"{found[name]}\n{words}" if name in found else words
    return found


def fact_texts(data: bytes) -> Mapping[str, tuple[str, ...]]:
    """The text of each fact by its tag, with one entry for every place in a clause that prints it, in reading order.

    Raises RefusedError for anything but a Word file."""
    found: dict[str, tuple[str, ...]] = {}
    for paragraph in _body(data).iter(f"{_W}p"):
        for control in paragraph.iter(f"{_W}sdt"):
            name = _tag(control)
            found[name] = (*found.get(name, ()), "".join(_words(control)))
    return found


def _controls(holder: Element) -> Iterator[Element]:
    """The outermost controls around paragraphs; a control inserted into a clause is part of that clause."""
    for each in holder:
        if each.tag == f"{_W}sdt" and _tag(each):
            yield each
        elif each.tag not in _REMOVED and each.tag != f"{_W}p":
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
        elif each.tag in _CHARACTERS:
            yield _CHARACTERS[each.tag]
        elif each.tag not in _REMOVED and each.tag != f"{_W}pPr":  # a tab in there is a tab stop
            yield from _words(each)


def _body(data: bytes) -> Element:
    try:
        with opened(data) as package:
            return package.tree(BODY)
    except UnreadableError as error:
        raise RefusedError([Problem("not-a-word-file", str(error), None, "give a .docx as Word saves it")]) from None
