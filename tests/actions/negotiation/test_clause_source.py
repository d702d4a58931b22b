"""Changed words in the Markdown of a clause."""

import pytest

from contract_assembly.actions.negotiation.clause_source import CannotCarryError, WordEdit, carried
from contract_assembly.actions.negotiation.returned_words import Word

SOURCE = """## Limit {#limit}

{% if big %}Always: {% endif %}The limit is {{ cap | money }} for wilful acts under section [](#acts), except for:

(a) fraud;
(b) bodily injury; or
(c) fees.
"""
PRINTED = "Limit . The limit is 5 USD for willful acts under section 9 ( Acts ) , except for : fraud ; bodily injury ; or fees ."
WORDS = [Word(text, blank=n > 0, fact="cap" * (text in {"5", "USD"}), place=7 * (text in {"5", "USD"}))
         for n, text in enumerate(PRINTED.split())]  # fmt: skip


def edits(drop=(), **insert):
    """Drop these words, and insert texts after words: _4=" text"."""
    after = {int(name[1:]): text for name, text in insert.items()}
    for n in range(len(WORDS)):
        yield WordEdit(n, keep=n not in drop)
        if n in after:
            yield WordEdit(None, text=after[n])


def at(word):
    return PRINTED.split().index(word)


def test_without_an_edit_the_source_stays_as_it_is():
    assert carried(SOURCE, WORDS, list(edits())) == SOURCE


def test_a_word_is_replaced_and_facts_references_and_conditions_stay():
    got = carried(SOURCE, WORDS, list(edits({at("willful")}, **{f"_{at('willful')}": " reckless"})))
    assert got == SOURCE.replace("wilful", "reckless")


def test_a_fact_that_went_takes_its_braces_with_it():
    got = carried(SOURCE, WORDS, list(edits({at("5"), at("USD")}, **{f"_{at('USD')}": " ten dollars"})))
    assert got == SOURCE.replace("{{ cap | money }}", "ten dollars")
    with pytest.raises(CannotCarryError, match="only a part of"):
        carried(SOURCE, WORDS, list(edits({at("5")})))


def test_an_item_goes_with_its_letter():
    gone = {at("bodily"), at("injury"), at("injury") + 1, at("injury") + 2}
    assert carried(SOURCE, WORDS, list(edits(gone))).endswith("(a) fraud;\n(b) fees.\n")


def test_new_words_are_words_and_never_markup_or_a_template():
    got = carried(SOURCE, WORDS, list(edits(**{f"_{at('fraud')}": " *or* <b> [x](#y)"})))
    assert r"fraud \*or\* \<b\> \[x\](\#y)" in got
    with pytest.raises(CannotCarryError, match="braces"):
        carried(SOURCE, WORDS, list(edits(**{f"_{at('fraud')}": " {{ client.name }}"})))


def test_a_word_that_the_source_does_not_have_cannot_be_carried():
    with pytest.raises(CannotCarryError, match="is not a word of the clause’s file"):
        carried(
            "Another text.\n",
            [Word("Heading"), Word("Another"), Word("text"), Word(".")],
            [WordEdit(0), WordEdit(1, True)],
        )


def with_item(n, text):
    """The edits that keep every word, with an item after word `n`, or before the first if it is -1."""
    every = [WordEdit(k, keep=True) for k in range(len(WORDS))]
    return [*every[: n + 1], WordEdit(None, text=text, source=f"(a) {text}", side="item"), *every[n + 1 :]]


def test_a_new_item_comes_after_its_neighbour_and_the_letters_count_on():
    last = at("fraud") + 1
    got = carried(SOURCE, WORDS, with_item(last, "theft;"))
    assert got.endswith("(a) fraud;\n(b) theft;\n(c) bodily injury; or\n(d) fees.\n")
    first = carried(SOURCE, WORDS, with_item(at("fraud") - 1, "theft;"))
    assert first.endswith("except for:\n\n(a) theft;\n(b) fraud;\n(c) bodily injury; or\n(d) fees.\n")
    end = carried(SOURCE, WORDS, with_item(len(WORDS) - 1, "theft."))
    assert end.endswith("(c) fees.\n(d) theft.\n")


@pytest.mark.parametrize(
    ("indent", "marks"),
    [("", ("(i)", "(z)", "(aa)")), ("> ", ("(i)", "(z)", "(aa)")), ("    ", ("(ix)", "(xxvi)", "(xxvii)"))],
)
def test_long_lists_are_lettered_as_clauses_are_numbered(indent, marks):
    given = "".join(f"{indent}(a) item{n}\n" for n in range(1, 28))
    words = [Word(f"item{n}", blank=n > 1, fact="", place=0) for n in range(1, 28)]
    got = carried(given, words, [WordEdit(n, keep=True) for n in range(27)])
    assert tuple(got.splitlines()[n].split()[-2] for n in (8, 25, 26)) == marks


def test_an_item_beside_no_list_cannot_be_carried():
    with pytest.raises(CannotCarryError, match="beside no list"):
        carried("One. Two.\n", [Word("One"), Word("."), Word("Two"), Word(".")],
                [WordEdit(0, True), WordEdit(1, True), WordEdit(None, text="x", source="(a) x", side="item"), WordEdit(2, True), WordEdit(3, True)])  # fmt: skip
