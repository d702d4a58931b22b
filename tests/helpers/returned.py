"""Word files as another side's lawyer would send them back: a sent contract in small, and changes made to its XML by hand."""

import io
import zipfile
from collections.abc import Callable

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.changes import Compared, changes_of
from contract_assembly.writers.returned.word_marks import marked_words
from tests.helpers.word_packages import body, package, says

US, THEM, BOSS = "Northlight IT Services LLC", "Counsel", "Partner"


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def gone(text: str, by: str = THEM) -> str:
    return f'<w:del w:id="1" w:author="{by}"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def come(text: str, by: str = THEM) -> str:
    return f'<w:ins w:id="2" w:author="{by}">{run(text)}</w:ins>'


def paragraph(*inside: str, mark: str = "") -> str:
    ends = f'<w:pPr><w:rPr><w:{mark} w:id="3" w:author="{THEM}"/></w:rPr></w:pPr>' if mark else ""
    return f"<w:p>{ends}{''.join(inside)}</w:p>"


def control(tag: str, inside: str) -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def fact(key: str, text: str) -> str:
    return control(key, run(text))


def cells(*rows: tuple[str, ...], row: str = "") -> str:
    made = "".join(
        f"<w:tr>{row * (n == len(rows) - 1)}{''.join(f'<w:tc>{says(each)}</w:tc>' for each in line)}</w:tr>"
        for n, line in enumerate(rows)
    )
    return f"<w:tbl>{made}</w:tbl>"


TERM = paragraph(run("The term is "), fact("term.length", "12 months"), run(" from the first day."))
FEE = paragraph(run("The fee is "), fact("fees.monthly", "2,908.00 USD"), run(" a month, payable within 30 days."))
LOSS = paragraph(run("Neither party is liable for lost profit, revenue, or goodwill."))
SITES = cells(("Site", "Address"), ("Head office", "2200 Calder Street"))
SENT = control("term", TERM) + control("fees", FEE) + control("liability", LOSS) + control("coverage", SITES)


def file(inside: str, **parts: str) -> bytes:
    return package(body(inside), **parts)


def compared(back: str, sent: str = SENT, **parts: str) -> Compared:
    return changes_of(marked_words(file(sent)), marked_words(file(back, **parts)), US)


def changes(back: str, sent: str = SENT, **parts: str) -> tuple[ReturnedChange, ...]:
    return compared(back, sent, **parts).changes


def bare(inside: str) -> str:
    """The same paragraphs without any control, as LibreOffice and Google Docs save them."""
    import re

    return re.sub(r"</?w:sdt(Content|Pr)?>|<w:tag [^>]*/>", "", inside)


def edited(data: bytes, *pairs: tuple[str, str]) -> bytes:
    """A Word file with texts of its main part replaced; each must be there."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in whole.namelist():
            part = whole.read(name)
            if name == "word/document.xml":
                text = part.decode()
                for old, new in pairs:
                    assert old in text, old
                    text = text.replace(old, new, 1)
                part = text.encode()
            copy.writestr(name, part)
    return into.getvalue()


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A Word file with one part changed; it must differ."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as copy:
        for each in whole.namelist():
            part = whole.read(each)
            if each == name:
                part = change(part.decode()).encode()
                assert part != whole.read(each)
            copy.writestr(each, part)
    return into.getvalue()


def main_part(data: bytes) -> str:
    """The XML of a Word file's main part."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return whole.read("word/document.xml").decode()


def styled(text: str, style: str) -> str:
    """A whole paragraph that was inserted with tracking, in a style of ours."""
    ends = f'<w:pPr><w:pStyle w:val="{style}"/><w:rPr><w:ins w:id="911" w:author="{THEM}"/></w:rPr></w:pPr>'
    return f"<w:p>{ends}{come(text)}</w:p>"


def clause_of(main: str, tag: str) -> str:
    """The control of a clause, from its beginning to its end."""
    start = main.rfind("<w:sdt>", 0, main.index(f'<w:tag w:val="{tag}"/>'))
    depth, at = 0, start
    while True:
        opens, ends = main.find("<w:sdt>", at), main.index("</w:sdt>", at)
        if 0 <= opens < ends:
            depth, at = depth + 1, opens + 1
        else:
            depth, at = depth - 1, ends + len("</w:sdt>")
        if not depth:
            return main[start:at]


def paragraph_of(main: str, words: str) -> str:
    """The paragraph with these words."""
    at = main.index(words)
    return main[max(main.rfind("<w:p>", 0, at), main.rfind("<w:p ", 0, at)) : main.index("</w:p>", at) + len("</w:p>")]
