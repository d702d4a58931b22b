"""Accept or reject every tracked change of a Word file, following the standard (ECMA-376, 17.13.5) and independent of the
writer."""

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from tests.helpers.word_reader import W

INSERTED, DELETED = ("ins", "moveTo"), ("del", "moveFrom")
RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")


def accepted(file: bytes) -> bytes:
    return _settled(file, INSERTED, DELETED)


def rejected(file: bytes) -> bytes:
    return _settled(file, DELETED, INSERTED)


def _settled(file: bytes, keep, drop) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(file)) as whole, ZipFile(out, "w") as settled:
        for each in whole.infolist():
            data = whole.read(each)
            if each.filename.startswith("word/") and each.filename.endswith(".xml"):
                tree = etree.fromstring(data)
                _settle(tree, keep, drop)
                data = etree.tostring(tree)
            settled.writestr(each, data)
    return out.getvalue()


def _settle(tree, keep, drop) -> None:
    _drop_rows(tree, drop)
    _drop_ends(tree, drop)
    for mark in [mark for name in drop for mark in tree.iter(f"{W}{name}")]:
        mark.getparent().remove(mark)
    for mark in [mark for name in keep for mark in tree.iter(f"{W}{name}")]:
        _open(mark)
    for change in list(tree.iter(f"{W}pPrChange")):
        properties = change.getparent()
        if keep == DELETED:  # rejecting restores the former properties
            properties.getparent().replace(properties, change[0])
        else:
            properties.remove(change)
    for mark in list(tree.iter(*[f"{W}{name}" for name in RANGES])):
        mark.getparent().remove(mark)
    for old, new in (("delText", "t"), ("delInstrText", "instrText")):
        for each in tree.iter(f"{W}{old}"):
            each.tag = f"{W}{new}"


def _drop_rows(tree, drop) -> None:
    for row in list(tree.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in drop):
            row.getparent().remove(row)
    for table in list(tree.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)


def _drop_ends(tree, drop) -> None:
    """Join a paragraph whose end is dropped to the next one, which keeps its own properties. Remaining content moves there."""
    dropped = [f"{W}{name}" for name in drop]
    for paragraph in list(tree.iter(f"{W}p")):
        if any(paragraph.find(f"{W}pPr/{W}rPr/{name}") is not None for name in dropped):
            if left := [each for each in paragraph if _remains(each, dropped)]:
                following = paragraph.getnext()
                assert following is not None, "text remains in a dropped paragraph, and no paragraph follows"
                assert following.tag == f"{W}p", "text remains in a dropped paragraph before a table"
                place = 1 if following.find(f"{W}pPr") is not None else 0
                for each in reversed(left):
                    following.insert(place, each)
            paragraph.getparent().remove(paragraph)


def _remains(child, dropped) -> bool:
    return child.tag != f"{W}pPr" and any(
        next(run.iterancestors(*dropped), None) is None for run in child.iter(f"{W}r")
    )


def _open(mark) -> None:
    parent, place = mark.getparent(), mark.getparent().index(mark)
    parent.remove(mark)
    for child in reversed(list(mark)):
        parent.insert(place, child)
