"""Small contracts and their amended states, for tests of amendments."""

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
