"""Headers of mails: a parser that is not ours reads exactly the text that went in, and no text adds a header."""

import email
import re
from email import policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_assembly.core.text import refusal
from contract_assembly.letters.mail_headers import WIDTH, address_header, is_address, text_header

PLANTED = "=?utf-8?q?Renewal=0D=0ABcc:_everybody@example.com=0D=0A?="
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet='aé =?_"\\<>,;:@()[]\t=0D0A', max_size=200),
    st.lists(
        st.sampled_from([PLANTED, "=?utf-8?b?", "?=", "Café", "Zürich", "a", " ", "Bcc: x@y.example"]), max_size=30
    ).map("".join),
).filter(lambda text: refusal(text, template=True) is None)


def parsed(header):
    found = email.message_from_bytes(f"{header}\r\nwords".encode("ascii"), policy=policy.default)
    assert found.defects == []
    return found


@settings(deadline=None)
@given(TEXTS)
def test_a_parser_reads_the_text_of_a_header_and_no_other_header(text):
    found = parsed(text_header("Subject", text))
    assert found.keys() == ["Subject"]
    assert str(found["Subject"]) == text
    assert found["Subject"].defects == ()


@settings(deadline=None)
@given(TEXTS)
def test_a_parser_reads_the_name_before_an_address_and_no_other_header(text):
    header = address_header("To", [(text, "jo@client.example")])
    plain = email.message_from_string(f"{header}\r\nwords")
    assert plain.keys() == ["To"]
    name = re.sub(r"\r\n(?= )", "", plain["To"]).removesuffix("<jo@client.example>").removesuffix(" ")
    if name.startswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    assert str(make_header(decode_header(name))) == text
    (address,) = parsed(header)["To"].addresses
    assert address.addr_spec == "jo@client.example"


@settings(deadline=None)
@given(st.text(max_size=45).filter(lambda text: refusal(text) is None and len(text.encode()) <= 39))
def test_a_short_name_is_one_word_that_every_parser_reads(text):
    (address,) = parsed(address_header("To", [(text, "jo@client.example")]))["To"].addresses
    assert (address.display_name, address.addr_spec) == (text, "jo@client.example")


@settings(deadline=None)
@given(TEXTS)
def test_lines_are_ascii_and_no_longer_than_a_mail_may_have(text):
    for header in (text_header("Subject", text), address_header("Cc", [(text, "jo@client.example")] * 3)):
        assert header.isascii()
        assert header.endswith("\r\n")
        assert all(len(line) <= WIDTH for line in header.split("\r\n"))
        assert all(line.startswith(" ") for line in header.split("\r\n")[1:-1])


def test_a_blank_between_two_words_with_accents_is_kept():
    header = text_header("Subject", "Renewal of Comprehensive IT Services Agreement, Café Zürich NL-2026-0042")
    assert str(parsed(header)["Subject"]) == "Renewal of Comprehensive IT Services Agreement, Café Zürich NL-2026-0042"


def test_an_encoded_word_in_a_fact_is_read_as_it_was_written():
    assert str(parsed(text_header("Subject", PLANTED))["Subject"]) == PLANTED
    (address,) = parsed(address_header("To", [(PLANTED[:39], "jo@client.example")]))["To"].addresses
    assert address.display_name == PLANTED[:39]


def test_plain_text_is_written_as_it_is():
    assert text_header("Subject", "Renewal of NL-1") == "Subject: Renewal of NL-1\r\n"
    two = [("Jo Smith", "jo@client.example"), ("Okafor, Jr.", "o@client.example")]
    assert address_header("To", two) == 'To: Jo Smith <jo@client.example>, "Okafor, Jr." <o@client.example>\r\n'


@pytest.mark.parametrize("text", ["a\nb", "a\r\nBcc: x@y.example", "a\x00b", "a\u2028b", "a\u202eb", "\ud800"])
def test_a_line_break_or_an_invisible_character_is_refused(text):
    with pytest.raises(ValueError, match="a header holds"):
        text_header("Subject", text)
    with pytest.raises(ValueError, match="a header holds"):
        address_header("To", [(text, "jo@client.example")])


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("jo@client.example", True),
        ("jo.o'neil+x@mail.client.example", True),
        ("=?utf-8?q?=0D=0ABcc=3A_eve?=@client.example", False),
        ("a..b@client.example", False),
        (".a@client.example", False),
        ("a@client", False),
        ("a@b@client.example", False),
        ("søren@client.example", False),
        ("a@client.example\r\nBcc: x@y.example", False),
        ("a" * 65 + "@client.example", False),
        ("a@" + "b" * 250 + ".example", False),
        ("", False),
    ],
)
def test_an_address_is_ascii_and_nothing_else_than_an_address(address, good):
    assert is_address(address) is good
    if not good:
        with pytest.raises(ValueError, match="not an address"):
            address_header("To", [("Jo", address)])
