"""Numbers that an amendment keeps."""

from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.letters.amendments.kept_numbers import kept
from tests.helpers.sample_tree import p, sample, t


def section(name, *children, level=1, heading=""):
    return d.Section(name, level, t(heading) if heading else (), children)


def clause(name, *subsections):
    return section(
        name,
        *(section(each, p(f"Words of {each}."), level=2, heading=each.title()) for each in subsections),
        heading=name,
    )


def document(*parts):
    return d.Document(sample().meta, tuple(parts))


def terms(*clauses):
    return d.Part("terms", "terms", t("Standard terms"), clauses)


def schedule(name, *clauses):
    return d.Part("schedule", name, t(name.title()), clauses)


def numbers(found):
    return [each.number for each in d.walk(found) if isinstance(each, d.Part | d.Section)]


def changed(old, new, *earlier):
    first = numbered(old)
    return first, kept(new, [*earlier, first])


OLD = document(
    terms(clause("fees", "due", "late"), clause("term", "start", "end")),
    schedule("plan", clause("sites", "list", "more")),
)


def test_what_was_there_keeps_its_number_and_what_is_new_gets_a_letter():
    new = document(
        terms(
            clause("fees", "due", "rate", "cap", "late"), clause("audit", "when", "how"), clause("term", "start", "end")
        ),
        schedule("data", clause("subject", "x", "y")),
        schedule("plan", clause("sites", "list", "more")),
        schedule("exit", clause("steps", "a", "b")),
    )
    _, found = changed(OLD, new)
    assert numbers(found) == [
        *("", "1", "1.1", "1.1A", "1.1B", "1.2", "1A", "1A.1", "1A.2", "2", "2.1", "2.2"),
        *("1", "1", "1.1", "1.2", "A", "1", "1.1", "1.2", "A1", "1", "1.1", "1.2"),
    ]


def test_the_number_of_what_is_taken_out_is_not_used_again():
    without = document(terms(clause("fees", "late"), clause("term", "start", "end")), OLD.parts[1])
    first, second = changed(OLD, without)
    assert numbers(second)[:5] == ["", "1", "1.2", "2", "2.1"]
    third = kept(
        document(terms(clause("fees", "late", "tax"), clause("term", "start", "end")), OLD.parts[1]), [first, second]
    )
    assert numbers(third)[:5] == ["", "1", "1.2", "1.2A", "2"]
    fourth = kept(without, [first, second, third])
    fifth = kept(
        document(terms(clause("fees", "late", "other"), clause("term", "start", "end")), OLD.parts[1]),
        [first, second, third, fourth],
    )
    assert numbers(fifth)[3] == "1.2B"
