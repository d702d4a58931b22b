from contract_assembly.document import tree as d
from contract_assembly.writers.pdf.typst.words import TEXT, is_changed, lines, text_words, words
from tests.helpers.sample_tree import p, t, v

HERE = frozenset({"fees"})


def test_words_are_texts_and_kinds_with_what_is_in_them():
    said = t("Pay ", d.Strong(t("now ", d.Emphasis(t("all")))), d.Break(), d.Definition("Fees"), v("$1"))
    strong = ["strong", ["now ", ["emphasis", ["all"]]]]
    assert words(said, HERE, TEXT) == ["Pay ", strong, ["line-break"], "“", ["strong", ["Fees"]], "”", "$1"]


def test_a_fact_stays_a_text_whatever_signs_it_is_made_of():
    for fact in ("#let x = 1", "$x$", "*b*", "_i_", "\\", "@fees", "`c`", "// gone", '"', "<fees>", "[x]", "{x}"):
        assert words((v(fact),), HERE, TEXT) == [fact]


def test_a_reference_is_a_link_only_to_what_the_document_has():
    here, elsewhere = d.Reference("fees", "9 (Fees)"), d.Reference("gone", "10 (Gone)")
    assert words((here, elsewhere), HERE, TEXT) == [["reference", "fees", "9 (Fees)"], "10 (Gone)"]


def test_blanks_are_one_space_each_and_non_breaking_ones_stay():
    assert text_words("a  b\n\tc\u00a0d", TEXT) == ["a b c\u00a0d"]


def test_a_word_that_no_line_can_hold_may_break_and_its_neighbours_stay_whole():
    assert text_words(f"see {'x' * 400}, then", TEXT) == ["see ", ["long", f"{'x' * 400},", TEXT], " then"]
    assert text_words("W" * 30, 200) == [["long", "W" * 30, 200]]
    assert text_words("i" * 30, 200) == ["i" * 30]


def test_a_change_is_seen_at_any_depth():
    assert is_changed(p(d.Strong((d.Marked("deleted", t("x")),))))
    assert not is_changed(p("x"))


def test_lines_are_estimated_from_the_room():
    assert (lines("", 100), lines("x" * 20, 100), lines("x" * 21, 100)) == (1, 1, 2)
