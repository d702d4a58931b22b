"""Forms as a browser sends them: every field of a form with its value, and the buttons pressed."""

from contract_assembly.actions.edit.fields import HAS, About, Field, fields
from contract_assembly.web.page import Page


def filled(form: Field, **changed: str) -> dict[str, tuple[str, ...]]:
    """What a browser sends for a form: each value as it is, except those changed; `__` in a name is a dot."""
    sent = {HAS: []}
    for each in form.all():
        if each.shape.kind in ("group", "rows"):
            optional = each.path and each.is_there and not each.shape.is_required
            sent[HAS] += [each.path] * (each.shape.kind == "group" and bool(optional))
            sent[HAS] += [row.path for row in each.inside] * (each.shape.kind == "rows")
        elif each.shape.kind != "elsewhere":
            sent[each.path] = (each.value,)
    new = {name.replace("__", "."): (value,) for name, value in changed.items()}
    assert set(new) <= set(sent), set(new) - set(sent)
    return {**sent, HAS: tuple(dict.fromkeys(sent[HAS])), **new}


def form_of(page: Page, **changed: str) -> dict[str, tuple[str, ...]]:
    """The same for the page of a form of facts, with what it asks besides them and its hidden fields."""
    work, asks = page.values["work"], page.values["asks"]
    hidden = {"part": (work.part.name,), "digest": (work.digest,), "base": (page.values["base"],)}
    days = {name: each for name, each in changed.items() if asks and name.startswith("amendment__")}
    facts = filled(page.values["form"], **{name: each for name, each in changed.items() if name not in days})
    return {**(filled(asks, **days) if asks else {}), **facts, **hidden}


def read(shape, data) -> Field:
    """The fields of data, about which nothing is known."""
    return fields(shape, data, About())
