"""What an amendment tells a reader to change."""

from contract_assembly.document import tree as d
from contract_assembly.letters.amendments.changes import compare
from contract_assembly.letters.amendments.instructions import in_short
from tests.helpers.amended_documents import changed, clause, document, schedule, section, terms
from tests.helpers.sample_tree import p, t


def test_a_change_is_as_small_as_can_be_named():
    table = d.Table(("left",), (), ((d.Cell(t("one")),),), t("Sites"))
    before = document(
        terms(clause("fees", "due", "late")),
        schedule(
            "plan",
            section(
                "s",
                section("u", p("All:"), table, level=2, heading="Places"),
                section("v", p("x"), level=2, heading="V"),
                heading="Sites",
            ),
        ),
    )
    after = d.rewrite(
        before,
        lambda node: (
            d.Text("two")
            if node == d.Text("one")
            else d.Text("Words of dues.")
            if node == d.Text("Words of due.")
            else node
        ),
    )
    old, new = changed(before, after)
    assert [in_short(each) for each in compare(old, new)] == [
        "Section 1.1 (Due) is replaced",
        "The table “Sites” in Schedule A, paragraph 1.1 (Places) is replaced",
    ]


def test_definitions_are_changed_one_by_one():
    def entry(term, words):
        return d.Paragraph((d.Definition(term), d.Text(f" means {words}.")))

    def of(*entries):
        return document(
            terms(
                section(
                    "definitions",
                    section("list", *entries, level=2, heading="Terms"),
                    section("x", p("x"), level=2, heading="X"),
                    heading="Definitions",
                )
            )
        )

    old, new = changed(
        of(entry("Asset", "a thing"), entry("User", "a person")),
        of(entry("Asset", "a device"), entry("Site", "a place")),
    )
    assert [in_short(each) for each in compare(old, new)] == [
        "The definition of “Asset” in section 1.1 (Terms) is replaced",
        "This definition is added to section 1.1 (Terms), in its place in the alphabet",
        "The definition of “User” in section 1.1 (Terms) is deleted.",
    ]
