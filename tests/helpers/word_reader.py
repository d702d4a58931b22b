"""Read a saved Word file as it is displayed: paragraphs with the numbers that Word's list engine would give them.

Written from the standard (ECMA-376, 17.9) and independent of the writer, so that the two can disagree.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(file: bytes, name: str) -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(file)).read(name))


def val(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val")


def child(element: etree._Element, *path: str) -> etree._Element | None:
    return element.find("/".join(f"{W}{name}" for name in path))


def style_of(paragraph: etree._Element) -> str:
    return val(child(paragraph, "pPr", "pStyle"))


def text_of(element: etree._Element) -> str:
    """The text, with line breaks and tabs as spaces."""
    words = {f"{W}t": lambda each: each.text or "", f"{W}br": lambda _: " ", f"{W}tab": lambda _: " "}
    return "".join(words[each.tag](each) for each in element.iter(*words) if _is_read(each.getparent()))


def _is_read(run: etree._Element) -> bool:
    """Whether a run is for readers. Anchors of e-signature services are white and tiny: they are for programs."""
    return run.tag == f"{W}r" and val(child(run, "rPr", "rStyle")) != "SignAnchor"


class Level(Struct):
    start: int
    form: str
    text: str


ONES = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
TENS = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"]
FORMS = {
    "decimal": str,
    "lowerLetter": lambda n: chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1),
    "upperLetter": lambda n: chr(64 + n),
    "lowerRoman": lambda n: TENS[n // 10] + ONES[n % 10],  # to 99
}


class Numbering:
    """Counts as Word does: lists with the same abstract list share their counters; a paragraph resets all deeper levels; an
    instance with a start override restarts when it is first used."""

    def __init__(self, file: bytes) -> None:
        numbering, styles = part(file, "word/numbering.xml"), part(file, "word/styles.xml")
        self.styles = {each.get(f"{W}styleId"): each for each in styles.iter(f"{W}style")}
        self.levels = {
            (each.get(f"{W}abstractNumId"), level.get(f"{W}ilvl")): Level(
                int(val(child(level, "start"))), val(child(level, "numFmt")), val(child(level, "lvlText"))
            )
            for each in numbering.iter(f"{W}abstractNum")
            for level in each.iter(f"{W}lvl")
        }
        self.nums = {each.get(f"{W}numId"): each for each in numbering.iter(f"{W}num")}
        self.counters: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, str]] = set()

    def number(self, paragraph: etree._Element) -> str:
        """The number printed before a paragraph, or an empty string."""
        num, level = self._list(paragraph)
        if num is None:
            return ""
        abstract = val(child(self.nums[num], "abstractNumId"))
        self._count(num, abstract, level)
        printed = self.levels[abstract, level].text
        for n in range(int(level) + 1):
            # a skipped level is printed as its start value
            count = self.counters[abstract].get(n, self.levels[abstract, str(n)].start)
            printed = printed.replace(f"%{n + 1}", FORMS[self.levels[abstract, str(n)].form](count))
        return printed

    def _list(self, paragraph: etree._Element) -> tuple[str | None, str]:
        holder, style = child(paragraph, "pPr", "numPr"), self.styles.get(style_of(paragraph))
        while holder is None and style is not None:
            holder, style = child(style, "pPr", "numPr"), self.styles.get(val(child(style, "basedOn")))
        if holder is None or val(child(holder, "numId")) == "0":  # no number, whatever the style is based on
            return None, ""
        return val(child(holder, "numId")), val(child(holder, "ilvl"))

    def _count(self, num: str, abstract: str, level: str) -> None:
        counters, at, start = self.counters.setdefault(abstract, {}), int(level), self.levels[abstract, level].start
        for override in self.nums[num].iter(f"{W}lvlOverride"):
            if override.get(f"{W}ilvl") == level and (num, level) not in self.begun:
                counters[at] = int(val(child(override, "startOverride"))) - 1
        self.begun.add((num, level))
        counters[at] = counters.get(at, start - 1) + 1
        for skipped in range(at):
            counters.setdefault(skipped, self.levels[abstract, str(skipped)].start)
        for deeper in [n for n in counters if n > at]:
            del counters[deeper]


def read(file: bytes) -> Iterator[tuple[str, str, str]]:
    """Each paragraph of the body that prints anything: its style, its number and its text."""
    numbering = Numbering(file)
    for paragraph in part(file, "word/document.xml").iter(f"{W}p"):
        number, text = numbering.number(paragraph), text_of(paragraph)
        if number or text:
            yield style_of(paragraph), number, text
