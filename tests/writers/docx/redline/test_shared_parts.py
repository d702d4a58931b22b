"""What two Word files share in a merged file."""

from lxml import etree

from contract_assembly.writers.docx.redline.shared_parts import lists, lists_apart, saved, set_apart, unwrap
from tests.helpers.word_reader import W

SPACE = f'xmlns:w="{W[1:-1]}"'


def word(inside):
    return etree.fromstring(f"<w:body {SPACE}>{inside}</w:body>")


def values(tree, name, attribute="val"):
    return [each.get(f"{W}{attribute}") for each in tree.iter(f"{W}{name}")]


def test_lists_of_the_old_file_get_numbers_of_their_own_and_those_of_the_style_keep_theirs():
    body = word('<w:numId w:val="3"/><w:numId w:val="4"/><w:numId w:val="12"/>')
    lists_apart(body)
    assert values(body, "numId") == ["3", "10004", "10012"]


def test_only_lists_that_deleted_paragraphs_use_are_added():
    old = f'<w:numbering {SPACE}><w:num w:numId="4"/><w:num w:numId="5"/></w:numbering>'.encode()
    new = f'<w:numbering {SPACE}><w:num w:numId="4"/></w:numbering>'.encode()
    found = etree.fromstring(lists(old, new, {"10005"}))
    assert values(found, "num", "numId") == ["4", "10005"]


def test_a_unit_that_moved_leaves_a_bookmark_of_another_name_and_links_follow():
    body = word(
        '<w:bookmarkStart w:id="1" w:name="id-fees"/><w:bookmarkEnd w:id="1"/>'
        '<w:hyperlink w:anchor="id-fees"/><w:hyperlink w:anchor="id-term"/><w:instrText>PAGEREF id-fees \\h</w:instrText>'
    )
    set_apart(body, {"id-fees"})
    assert values(body, "bookmarkStart", "name") == ["wasfees"]
    assert values(body, "bookmarkStart", "id") == values(body, "bookmarkEnd", "id") == ["10001"]
    assert values(body, "hyperlink", "anchor") == ["wasfees", "id-term"]
    assert body.find(f"{W}instrText").text == "PAGEREF wasfees \\h"


def test_content_controls_leave_their_content_in_place_also_inside_each_other():
    body = word(
        "<w:p/><w:sdt><w:sdtPr/><w:sdtContent><w:sdt><w:sdtContent><w:tbl/><w:p/></w:sdtContent></w:sdt></w:sdtContent>"
        "</w:sdt><w:sectPr/>"
    )
    unwrap(body)
    assert [each.tag.removeprefix(W) for each in body] == ["p", "tbl", "p", "sectPr"]


def test_a_part_is_saved_as_word_wants_it():
    assert saved(word("")).startswith(b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>")
