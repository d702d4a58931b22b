"""The frame of a letter, made from facts alone: letterhead, salutation, close. Pure.

The locale decides how a letter greets and closes: the table MANNERS.
"""

from collections.abc import Mapping

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import NBSP
from contract_assembly.document import tree as d
from contract_assembly.facts.formatters import address_lines, worded
from contract_assembly.facts.template_values import Fact, Record, View, bare


class Manners(Struct, frozen=True):
    """The text before and after the reader's name in the salutation, and the complimentary close."""

    before: str
    after: str
    close: str


_BRITISH = Manners(f"Dear{NBSP}", "", "Yours sincerely")
MANNERS: Mapping[str, Manners] = {
    "en-US": Manners(f"Dear{NBSP}", ":", "Sincerely,"),
    "en-GB": _BRITISH,
    "en-IE": _BRITISH,
    "en-CA": Manners(f"Dear{NBSP}", ":", "Yours truly,"),
    "en-AU": _BRITISH,
}


def letterhead(facts: Mapping[str, View], locale: str, origin: Origin) -> d.Letterhead:
    """The provider's name, address and ways to reach it; the letter's date; the client's name, its reader and address. A formal
    notice goes to the contact and the address that the client named for notices.

    Raises RefusedError if there are no facts of a letter; `origin` is the place of its outline."""
    letter, provider, client = (_record(facts.get(name), origin) for name in ("document", "provider", "client"))
    desk, reader = _record(provider.entries["desk"], origin), _record(letter.entries["reader"], origin)
    home = _home(provider)
    sender = (
        (_value(provider.entries["name"]),),
        _joined(_address(provider, locale, home), ", "),
        _joined([_value(desk.entries[name]) for name in ("phone", "email", "portal")]),
    )
    place, person = client, _person(reader)
    if contact := _notice_contact(letter):
        place = contact if isinstance(contact.entries.get("address"), Record) else client
        person = (d.Text("Attention: ", origin), _value(contact.entries["attention"]))
    to = ((_value(client.entries["name"]),), person, *((line,) for line in _address(place, locale, home)))
    return d.Letterhead(sender, (_worded("date", letter.entries["date"], locale),), to, origin)


def salutation(facts: Mapping[str, View], locale: str, origin: Origin, *, of_mail: bool = False) -> d.Paragraph:
    """The greeting by name, without a guess at the reader's gender; a formal notice greets the client's contact for notices, its
    covering mail (`of_mail`) the reader."""
    letter = _record(facts.get("document"), origin)
    contact = None if of_mail else _notice_contact(letter)
    name = contact.entries["attention"] if contact else _record(letter.entries["reader"], origin).entries["name"]
    manners = MANNERS[locale]
    after = (d.Text(manners.after, origin),) if manners.after else ()
    return d.Paragraph((d.Text(manners.before, origin), _value(name), *after), origin)


def closing(facts: Mapping[str, View], locale: str, enclosed: d.Line, origin: Origin) -> d.Closing:
    """The close, and the writer: name, role, and how to reach that person."""
    writer = _record(_record(facts.get("document"), origin).entries["writer"], origin)
    lines = (
        (_value(writer.entries["name"]),),
        (_value(writer.entries["role"]),),
        _joined([_value(writer.entries[name]) for name in ("phone", "email")]),
    )
    return d.Closing((d.Text(MANNERS[locale].close, origin),), lines, enclosed, origin)


def running_head(head: d.Letterhead) -> str:
    """The running head of the pages after the first: sender, reader and date."""
    return f"{d.plain(head.sender[0])} to {d.plain(head.reader[0])} · {d.plain(head.date)}"


def _home(provider: Record) -> str:
    address = provider.entries["address"]
    assert isinstance(address, Record)  # noqa: S101  # the model makes it so
    return str(bare(address.entries["country"]))


def _notice_contact(letter: Record) -> Record | None:
    """Whom the client named for notices, in a letter that is one."""
    found = letter.entries.get("notice_to")
    return found if isinstance(found, Record) else None


def _record(view: View | None, origin: Origin) -> Record:
    if not isinstance(view, Record):
        hint = "say who writes the letter, to whom and on what day in documents/ of the agreement"
        raise RefusedError([Problem("no-letter", "the facts of this letter are missing", origin, hint)])
    return view


def _address(party: Record, locale: str, home: str) -> list[d.Value]:
    view = party.entries["address"]
    return [d.Value(line, view.key, view.origin) for line in address_lines(view, locale, home)]


def _person(person: Record) -> d.Line:
    return _joined([_value(person.entries[name]) for name in ("name", "role")], ", ")


def _joined(values: list[d.Value], mark: str = " · ") -> d.Line:
    return tuple(each for value in values for each in (d.Text(mark), value))[1:]


def _value(view: View) -> d.Value:
    assert isinstance(view, Fact)  # noqa: S101  # the models make names, roles and numbers leaves
    return d.Value(str(bare(view)), view.key, view.origin)


def _worded(wording: str, view: View, locale: str) -> d.Value:
    return d.Value(worded(wording, view, locale), view.key, view.origin)
