"""A fact is never markup: whatever is written for a name stands word for word in every face, or is refused at its line."""

import re
from io import BytesIO

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from contract_assembly.build.pipeline import draft
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.text import curled
from contract_assembly.document import tree as d
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS
from tests.helpers.corpus import AGREEMENT, based, change
from tests.helpers.word_reader import W, part, text_of

NAME = "Mmmm"  # a harmless value: nothing else in the base holds it
CLIENT, OUTLINE, NOTES = "agreements/acme/client.yaml", "templates/contract/outline.yaml", "clauses/notes.md"

# The name in every place where Markdown, Word or HTML might take it for something else.
PLACES = f"""
{CLIENT}
-  name: Acme Instruments, Inc.
-  short: Acme
+  name: NAME
+  short: NAME
-    lines: [2200 Calder Street]
+    lines: [NAME, NAME]
-  - {{id: lena, name: Lena Fischer, role: Office Manager, email: lena@acme.example, phone: +1 585 555 0163}}
+  - {{id: lena, name: NAME, role: NAME, email: lena@acme.example, phone: +1 585 555 0163}}
{AGREEMENT}/agreement.yaml
-    - {{name: Head office, address: 2200 Calder Street}}
+    - {{name: NAME, address: NAME}}
{OUTLINE}
-    signatures: By signing, each party accepts this agreement.
+    signatures: "By signing, {{{{ client.name }}}} accepts this agreement."
{NOTES}
-Each party keeps notes.
+## Of {{{{ client.name }}}} {{#notes-of}}
+
+{{{{ client.name }}}}
+
+{{{{ client.name }}}} and **{{{{ client.name }}}}** and *{{{{ client.name }}}}*{{{{ client.name }}}}. {{{{ client.name }}}}. See [](#notes-of).
+
+## Lists {{#notes-lists}}
+
+Each party keeps:
+
+(a) {{{{ client.name }}}}, that is:
+    (i) {{{{ client.name }}}}; and
+    (ii) {{{{ client.name | possessive }}}} own; and
+(b) {{{{ client.name }}}}.
+
+## Tables {{#notes-tables}}
+
+Table: Of {{{{ client.name }}}}
+
+| {{{{ client.name }}}} | Who |
+|---|---|
+| {{{{ client.name }}}} | **{{{{ client.name }}}}** |
+
+> {{{{ client.name }}}}
"""
PIECES = (
    "*", "**", "_", "__", "`", "~~", "#", "##", ">", "|", "||", "-", "--", "---", "+", "=", ":", ";", ".", ",", "!", "?",
    "[", "]", "(", ")", "<", ">", "&", "\\", "/", "{", "}", "'", '"', "’", "“", "”", "$", "%", "@", "^", "~", "…",
    "Acme *Ltd*", '**"X"**', "# x", "1. x", "1) x", "- x", "(a) x", "(iv) x", "a|b", "<b>", "</w:t>", "<!--", "-->", "<br>",
    "&lt;", "&amp;", "&#38;", "![x](http://x.example)", "[x](y)", "[](#notes-of)", "[^1]", "[x]: y", "{#id}", "{% if %}",
    "{%", "%}", "{#", "#}", "http://x.example", "<http://x.example>", "]]>", "<![CDATA[", "Table: x", "**Total**", "Total",
    "---\nx", "null", "NO", "1.10", " ", "  ", "\u00a0", "Ltd.", "U.S.", "x@y.example", "ﬁ", "é", "e\u0301", "Ωμέγα", "Привет",
)  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs"))
TEXT = (
    st.lists(st.sampled_from(PIECES) | st.text(LETTERS, max_size=6), min_size=1, max_size=6).map("".join).map(str.strip)
)
PRINTED = st.lists(  # in the letters that the house fonts have, and not so long that a line must break
    st.sampled_from([each for each in PIECES if each.isascii() and each.isprintable()])
    | st.text("abcXYZ019 éßñøŁžΩμέγαПриветъ", max_size=6),
    min_size=1,
    max_size=4,
).map("".join)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = based(tmp_path_factory.mktemp("hostile") / "root")
    change(root, PLACES)
    return root


@pytest.fixture(scope="module")
def harmless(root):
    """Gives the harmless name that is like a value, and its tree: after one that ends in a stop, a clause's own stop goes."""
    trees = {name: built(root, name) for name in (NAME, f"{NAME}.")}

    def like(value):
        name = f"{NAME}." if value.endswith(".") else NAME
        return name, trees[name]

    return like


def quoted(value):
    """A YAML scalar that says just this."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08X}" for c in value) + '"'


def built(root, value):
    """The finished tree with this value for each name. Raises RefusedError."""
    for path in (CLIENT, f"{AGREEMENT}/agreement.yaml"):
        kept = root / f"{path}.with-names"
        if not kept.exists():
            (root / path).rename(kept)
        (root / path).write_text(re.sub(r"\bNAME\b", lambda _: quoted(value), kept.read_text("utf-8")), "utf-8")
    return draft(Repository(root), "acme", "2026-support").document


def attempted(root, value):
    """The tree, or the problems that it was refused for."""
    try:
        return built(root, value), ()
    except RefusedError as refused:
        return None, refused.problems


def built_or_refused(root, value):
    """The tree, or None if the value was refused as it should be: at each line where it stands, and with a cure."""
    document, problems = attempted(root, value)
    assert document or {(each.origin.path, each.origin.line) for each in problems} >= {(CLIENT, 2)}
    assert all(each.hint for each in problems)
    return document


def without_values(document):
    """What no fact says: every node with its place, every word of a clause. A reference may quote a name from a heading."""

    def emptied(node):
        return replace(node, text="") if isinstance(node, d.Value | d.Reference) else node

    return [d.rewrite(part, emptied) for part in document.parts]


def words(text):
    return " ".join(text.split())


def read_markdown(file):
    """The words that a reader of the rendered review text sees."""
    found = []
    for token in MarkdownIt("commonmark").enable("table").parse(file.decode()):
        for child in token.children or ():
            found.append(child.content if child.type == "text" else " " if child.type.endswith("break") else "")
            found.append(" " if child.type == "html_inline" and child.content == "<br>" else "")
        found.append(" " if token.block else "")
    return words("".join(found))


def read_word(file):
    return words(" ".join(text_of(each) for each in part(file, "word/document.xml").iter(f"{W}p")))


def read_pdf(file):
    """Words without blanks: a line may break anywhere."""
    import pypdfium2

    with pypdfium2.PdfDocument(BytesIO(file)) as pdf:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def examples(count):
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=health)


@given(value=TEXT)
@example(value='Acme *Ltd* & "Sons" # 1. \\ | <b> [](#notes-of)')
@examples(200)
def test_a_name_changes_nothing_but_itself(root, harmless, value):
    document = built_or_refused(root, value)
    if document is None:
        return
    same = without_values(document) == without_values(harmless(value)[1])
    assert same  # said in one word: two whole trees side by side would tell nobody anything
    assert {node.text for node in d.walk(document) if isinstance(node, d.Value) and node.key == "client.name"} >= {
        value
    }


@pytest.mark.parametrize(("name", "read"), [("md", read_markdown), ("docx", read_word)])
@given(value=TEXT)
@examples(100)
def test_a_name_stands_word_for_word(root, harmless, name, read, value):
    document = built_or_refused(root, value)
    if document is None:
        return
    house, (plain, tree) = Repository(root).house(), harmless(value)
    said, expected = read(FORMATS[name](document, house)), read(FORMATS[name](tree, house))
    assert said == words(expected.replace(plain, value))


@given(value=PRINTED)
@examples(8)
def test_a_name_stands_word_for_word_on_the_page(root, value):
    document = built_or_refused(root, value)
    assume(document is not None)
    said = read_pdf(FORMATS["pdf"](document, Repository(root).house()))
    assert said.count("".join(value.split())) >= 10


@pytest.mark.parametrize(
    "value", ["{{ x }}", "}}", "\u202e", "\u200b", "\ue0000\ue002", "\x07", "\n", " ", "x ", "x" * 401]
)
def test_a_value_that_cannot_be_words_is_refused(root, value):
    assert built_or_refused(root, value) is None


@given(value=TEXT)
@examples(30)
def test_prose_of_a_plan_is_typeset_and_no_markup(tmp_path_factory, value):
    root = based(tmp_path_factory.mktemp("prose") / "root")
    task = "  - {pillar: maintenance, task: Security updates, frequency: Monthly, evidence: Patch report}"
    printed = "{% for each in plan.services.maintenance %}\n+{{ each.task }}\n+{% endfor %}"
    change(root, f"provider/plans/basic.yaml\n-{task}\n+{task.replace('Security updates', quoted(value))}\n")
    change(root, f"{NOTES}\n-Each party keeps notes.\n+{printed}\n")
    try:
        document, places = draft(Repository(root), "acme", "2026-support").document, ()
    except RefusedError as refused:
        document, places = None, {(each.origin.path, each.origin.line) for each in refused.problems}
    said = [node.text for node in d.walk(document) if getattr(node, "key", "").endswith(".task")] if document else []
    assert said == [curled(value)] or places == {("provider/plans/basic.yaml", 4)}
