"""The review text has the words of the tree, in valid Markdown, whatever the facts contain."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.markdown import markdown, sentences
from tests.helpers.sample_tree import cells, item, p, sample, t, v

HOUSE = HouseStyle("", {}, {})
META = sample().meta
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
INSIDE_WORDS = {"strong", "em", "s", "a", "code"}
HOSTILE = [
    "*x*", "**", "_x_", "a_b", "__", "# x", "#", "1. x", "1) x", "- x", "+ x", "-", "---", "===", "> x", "a|b", "| - |",
    ":-:", ":--|--", "<b>", "</b>", "<!--", "-->", "&lt;", "&", "lt;", "&#35;", "![x](http://x.example)", "[a](b)",
    "[a]: b", "[^1]", "<http://x.example>", "{{ 7*7 }}", "\\", "\\\\", "\\*", "`x`", "```", "~~x~~", "~~~", "“", "”",
    "x", "Inc.", "End. Of", "End. # x", "End. 1. X", "é", "€", "!", " ", "  ", "    ", "\u00a0", "\u2003", ".",
    "A. ", ". 5",
]  # fmt: skip
PRINTABLE = st.characters(exclude_categories=["Cc", "Cs", "Co", "Zl", "Zp"])
FACTS = st.one_of(
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6).map("".join),
    st.lists(st.sampled_from(HOSTILE) | st.text(PRINTABLE, max_size=4), min_size=1, max_size=6).map("".join),
).filter(lambda text: bool(text.strip()))


class Page(HTMLParser):
    """Tags and words of a rendered page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.text += "" if tag in INSIDE_WORDS else " "

    def handle_endtag(self, tag):
        self.text += "" if tag in INSIDE_WORDS else " "

    def handle_data(self, data):
        self.text += data


def page(document):
    return Page(RENDERER.render(markdown(document, HOUSE).decode()))


def said(node):
    """The words of a node in the tree, with the numbers, periods and labels that every format prints."""
    match node:
        case d.Document():
            named = {"cover": f"\n{node.meta.subject}\n{node.meta.author}"}
            parts = [(part, d.plain(d.title(part)) + named.get(part.kind, "")) for part in node.parts]
            return "\n".join("\n".join((title, *map(said, part.children))) for part, title in parts)
        case d.Items() | d.Box():
            return "\n".join(map(said, d.children(node)))
        case d.Part():
            return "\n".join((d.plain(d.title(node)), *map(said, node.children)))
        case d.Section(level=1):
            return "\n".join((d.label(node), d.plain(node.heading), *map(said, node.children)))
        case d.Section():
            stop = "." if node.heading else ""
            return "\n".join((node.number, d.plain(node.heading) + stop, *map(said, node.children)))
        case d.Item():
            return "\n".join((node.number, *map(said, node.children)))
        case d.Table():
            rows = (node.head, *node.rows)
            return "\n".join((d.plain(node.caption), *(d.plain(cell.children) for row in rows for cell in row)))
        case d.Signatures():
            return "\n".join((d.plain(node.lead), *map(said, node.signatories)))
        case d.Signatory():
            lines = f"By:\nName: {node.name.text}\nTitle: {node.title.text}\nDate:"
            return f"{node.role}\n{node.entity.text}\n{lines}"
        case _:
            return d.plain(node.children)


def document(*blocks):
    return d.Document(META, (d.Part("terms", "terms", t("Terms"), blocks),))


def text(*blocks):
    """The review text of blocks, without the notice and the part's heading."""
    return markdown(document(*blocks), HOUSE).decode().split("# Terms\n\n", 1)[1]


def everywhere(fact):
    """A document that prints a fact in every possible place."""
    value = v(fact)
    both = (d.Strong((value,)), d.Emphasis((value,)))
    return d.Document(META, (
        d.Part("schedule", "a", t("About ", value), (
            d.Section("s", 1, t(value), (
                d.Section("s-1", 2, t(value), (p(value), p("See ", value, ".", d.Break(), value, " it.")), "s", "1.1"),
                d.Section("s-2", 2, (), (p(value), p(*both), p(*reversed(both)), p("so", *both, "be it")), "s", "1.2"),
                d.Section("s-3", 2, (), (p(d.Strong((both[1], value)), value, d.Definition(fact)),), "s", ""),
                p(value, value),
                d.Items((item("", p(value)), item("(b)", p("x"), d.Items((item("", p(value)), item("", p(value))))))),
                d.Table(("left", "right"), (), (cells(value, value), cells(d.Strong((value,)), "x")), t(value)),
                d.Table(("left", "center"), cells(value, "x"), (cells("y", value), cells(value, "")), (), total=True),
                d.Box((p(value), d.Items((item("(a)", p(value)), item("", p("y")))))),
                d.Signatures(t("Signed."), (d.Signatory("Client", value, value, value),)),
            ), "s", "1"),
        ), "A"),
    ))  # fmt: skip


def test_the_sample_has_the_words_of_the_tree():
    assert page(sample()).text.split() == said(sample()).split()


@settings(deadline=None)
@given(FACTS)
def test_a_fact_stays_text_whatever_it_contains(fact):
    shown = page(everywhere(fact))
    assert shown.text.split() == said(everywhere(fact)).split()
    assert shown.tags == page(everywhere("x")).tags


@pytest.mark.parametrize(
    "fact",
    [
        *filter(str.strip, HOSTILE),
        "| --- | --- |",
        ":--|--",
        "---|---",
        "1234567. x",
        "1) x",
        "+ x",
        "+",
        "x #",
        "x ##",
        "= =",
    ],
)
@pytest.mark.parametrize("above", ["words", "a|b"])
def test_a_fact_at_the_start_of_a_line_is_never_markup(fact, above):
    def shown(value):
        return page(document(p(above, d.Break(), v(value)), d.Items((item("", p(v(value))),)), d.Box((p(v(value)),))))

    assert shown(fact).text.split() == f"Terms {above} {fact} {fact} {fact}".split()
    assert shown(fact).tags == shown("x").tags


def test_a_heading_may_end_in_hashes():
    assert "<h2>1. About C ##</h2>" in RENDERER.render(text(d.Section("s", 1, t("About C ##"), (), "s", "1")))


def test_a_line_break_in_a_cell_or_a_heading_does_not_end_the_line():
    broken = t("one", d.Break(), "two")
    table = d.Table(("left",), cells("head"), ((d.Cell(broken),),))
    assert text(d.Section("s", 1, broken, (table,), "s")) == "## one<br>two\n\n| head |\n| :--- |\n| one<br>two |\n"


def test_a_newline_in_the_source_is_only_a_space():
    assert text(p("one\n# two")) == "one # two\n"


def test_the_first_line_names_the_inputs_and_says_not_to_edit():
    first, second, third, *_ = markdown(sample(), HOUSE).decode().split("\n")
    built = (
        "<!-- Built from agreements/acme/2026-support; do not edit: change the facts or clauses and build again. -->"
    )
    assert (first, second, third) == (built, "", "# Support Agreement")


def test_a_folder_name_cannot_end_the_comment():
    meta = d.Meta("", "", "", "en", "", "", inputs="agreements/a--><b>--->x")
    html = RENDERER.render(markdown(d.Document(meta, ()), HOUSE).decode())
    assert html.count("-->") == 1
    assert "--" not in html.strip()[4:-3]


def test_the_bytes_are_utf8_with_one_newline_at_the_end_and_no_trailing_spaces():
    content = markdown(sample(), HOUSE)
    assert content.decode("utf-8").endswith("distinct.\n")
    assert b"\r" not in content
    assert all(line == line.rstrip() for line in content.decode().split("\n"))
    assert "\n\n\n" not in content.decode()


def test_a_clause_has_a_heading_and_a_subsection_a_bold_caption_on_its_own_line():
    inner = d.Section("s-1", 2, t("Scope"), (p("It is wide. It is deep."),), "s", "4.1")
    assert text(d.Section("s", 1, t("Services"), (inner,), "s", "4")) == (
        "## 4. Services\n\n**4.1 Scope.**\nIt is wide.\nIt is deep.\n"
    )


def test_a_number_without_a_caption_is_plain_and_starts_no_list():
    assert text(d.Section("", 2, (), (p("Words."),), "s", "1.1")) == "1.1 Words.\n"
    assert text(d.Section("", 2, (), (p("words"),), "s", "1.")) == "1\\. words\n"


def test_a_subsection_without_a_number_prints_none():
    assert text(d.Section("", 2, (), (p("Words."),), "s", "")) == "Words.\n"
    assert text(d.Section("", 2, t("Due"), (p("Words."),), "s", "")) == "**Due.**\nWords.\n"


def test_a_caption_before_anything_but_a_paragraph_has_its_own_line():
    table = d.Table(("left",), cells("a"), (cells("b"),))
    assert text(d.Section("", 2, t("Rates"), (table,), "s", "2.1")) == "**2.1 Rates.**\n\n| a |\n| :--- |\n| b |\n"


def test_an_item_inside_an_item_is_nested():
    inner = d.Items((item("(i)", p("one;")), item("(ii)", p("two."))))
    assert text(d.Items((item("(a)", p("first:"), inner), item("(b)", p("last. Really."))))) == (
        "- (a) first:\n  - (i) one;\n  - (ii) two.\n- (b) last.\n  Really.\n"
    )


def test_what_follows_in_an_item_belongs_to_it():
    html = RENDERER.render(text(d.Items((item("(a)", p("one"), p("more")), item("(b)", p("two"))))))
    assert html == "<ul>\n<li>\n<p>(a) one</p>\n<p>more</p>\n</li>\n<li>\n<p>(b) two</p>\n</li>\n</ul>\n"


def test_a_table_is_aligned_escaped_and_its_total_is_bold():
    rows = (cells("a|b", "1"), cells("Total", "1"))
    assert text(d.Table(("left", "right"), cells("Item", "Fee"), rows, t("Fees"), total=True)) == (
        "**Fees**\n\n| Item | Fee |\n| :--- | ---: |\n| a\\|b | 1 |\n| **Total** | **1** |\n"
    )


def test_a_table_without_a_head_has_an_empty_one_and_a_bold_first_column():
    table = d.Table(("left", "center"), (), (cells("Client", "Acme"),))
    assert text(table) == "|  |  |\n| :--- | :---: |\n| **Client** | Acme |\n"
    assert "<td" in RENDERER.render(text(table))


def test_a_box_is_a_block_quote():
    assert text(d.Box((p("One. Two."), p("Three.")))) == "> One.\n> Two.\n>\n> Three.\n"


def test_each_party_signs_on_short_lines():
    signatory = d.Signatory("Client", v("Acme"), v("R. Okafor"), v("COO"))
    assert text(d.Signatures(t("Signed."), (signatory,))) == (
        "Signed.\n\n**Client**\\\nAcme\\\nBy:\\\nName: R. Okafor\\\nTitle: COO\\\nDate:\n"
    )


def test_a_defined_term_is_bold_inside_its_quotes_and_a_reference_is_its_words():
    assert (
        text(p(d.Definition("Fees"), " as ", d.Reference("x", "9 (Term)"), " says."))
        == "“**Fees**” as 9 (Term) says.\n"
    )


def test_strong_words_that_touch_a_letter_are_still_strong():
    touching = text(p("un", d.Strong(t("(believ)")), "able ", d.Emphasis(t("in")), d.Strong(t("deed"))))
    assert touching == "un<strong>(believ)</strong>able <em>in</em><strong>deed</strong>\n"


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        ("john_doe@acme.example", "john_doe@acme.example"),
        ("R&D, AT&T", "R&D, AT&T"),
        ("C:\\Users\\Public", "C:\\Users\\Public"),
        ("+1 555 0100", "+1 555 0100"),
        ("-5 degrees", "-5 degrees"),
        ("12.5 hours", "12.5 hours"),
        ("item #4 (a-b) > 3", "item #4 (a-b) > 3"),
        ("5 < 6 &amp;", "5 \\< 6 \\&amp;"),
        ("- dash", "\\- dash"),
    ],
)
def test_a_backslash_is_written_only_where_it_is_needed(fact, shown):
    assert text(p(v(fact))) == f"{shown}\n"


@pytest.mark.parametrize(
    "lines",
    [
        ["One sentence.", "Two sentences!", "Three?", "Four."],
        ["He said “no.”", "“Yes,” she said.", "(That is all.)", "So it ends."],
        ["Acme Inc. and Smith Bros. Ltd. agree.", "See No. 5 and Art. 3, e.g. Part 2, i.e. Section 1."],
        ["J. R. Smith of the U.S. Army called at 5 p.m. Monday."],
        ["It costs 1.50.", "30 days are left on October 1, 2026.", "Then it ends."],
        ["Version 2.0 is out. and this is no new sentence."],
        ["Schedule\u00a0A.", "The rest follows."],
        ["Then it ends.", "“quoted” words begin one, too."],
        ["Élan is a word.", "Éclat is another."],
    ],
)
def test_a_text_is_split_into_sentences(lines):
    assert list(sentences(" ".join(lines))) == lines


@settings(deadline=None)
@given(FACTS)
def test_splitting_into_sentences_loses_no_word(fact):
    assert " ".join(sentences(fact)).split() == fact.split()
