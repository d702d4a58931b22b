"""What is known of a new client from the start, put into the files that `new_client` makes. What is not known stays a
placeholder, which a final version refuses. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from contract_assembly.actions.edit.changed import edits, with_edits
from contract_assembly.actions.edit.fields import settled
from contract_assembly.repository.yaml_editor import data_of

ROLES = ("director", "contact", "deputy")  # the ids of the people in templates/start


class Answers(Struct, frozen=True):
    """Facts by the keys of the files: the client's `party`, the agreement's `terms`, such as its plan; how many of each class are
    covered ("users" for people); and `people` by the id that the starting point has for them, with name, role, email, phone."""

    party: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def answered(files: Mapping[str, bytes], answers: Answers) -> dict[str, bytes]:
    """The files of a starting point, by path, with these answers. Raises EditError for a starting point that cannot be edited."""
    ids = {role: _id(each["name"]) for role, each in answers.people.items() if each.get("name")}
    ids = {role: made for n, (role, made) in enumerate(ids.items()) if made and made not in list(ids.values())[:n]}
    client: Mapping[str, Any] = next(
        (data_of(data.decode()) for path, data in files.items() if path.endswith("/client.yaml")), {}
    )
    address = _merged(client.get("party", {}), answers.party).get("address", {})
    about = {
        "client.yaml": lambda data: _client(data, answers, ids),
        "agreement.yaml": lambda data: _agreement(data, answers, ids, address),
    }
    return {path: _edited(path, data, about[path.rpartition("/")[2]]) for path, data in files.items()}


def _edited(path: str, data: bytes, change: Any) -> bytes:
    text = data.decode()
    before = data_of(text)
    found = edits(before, change(before))
    return with_edits(text, found, path).encode() if found else data


def _client(data: Mapping[str, Any], answers: Answers, ids: Mapping[str, str]) -> Any:
    people = [
        {**each, **answers.people.get(each["id"], {}), "id": ids.get(each["id"], each["id"])}
        for each in data.get("people", ())
    ]
    return _merged({**data, "people": dict(enumerate(people))}, {"party": answers.party})


def _agreement(data: Mapping[str, Any], answers: Answers, ids: Mapping[str, str], address: Mapping[str, Any]) -> Any:
    made = _merged(data, answers.terms)
    for key in ("contacts", "signatories"):
        if key in made:
            made[key] = _renamed(made[key], ids)
    if "coverage" in made:
        made["coverage"] = _covered(made["coverage"], answers, address)
    return made


def _covered(coverage: Mapping[str, Any], answers: Answers, address: Mapping[str, Any]) -> dict[str, Any]:
    counts = dict(answers.counts)
    made = dict(coverage)
    made["users"] = counts.pop("users", "") or made.get("users", "")
    rows: Sequence[Mapping[str, str]] = made.get("assets", ())
    kept = {n: {**row, "count": counts.pop(row["kind"], row["count"])} for n, row in enumerate(rows)}
    more = enumerate(({"kind": kind, "count": each} for kind, each in counts.items()), len(kept))
    made["assets"] = {n: row for n, row in [*kept.items(), *more] if row["count"] not in ("", "0")}
    if answers.party.get("address"):
        first = {n: {**row, "address": _on_one_line(address)} for n, row in enumerate(made.get("sites", ())) if n == 0}
        made["sites"] = {**dict(enumerate(made.get("sites", ()))), **first}
    return made


def _on_one_line(address: Mapping[str, Any]) -> str:
    """An address as a site has it: "2200 Calder Street, Rochester, NY 14607"."""
    lines = address.get("lines", [])
    last = " ".join(address[each] for each in ("region", "postcode") if address.get(each))
    return ", ".join([*settled(lines), address.get("city", ""), last])


def _renamed(data: Any, ids: Mapping[str, str]) -> Any:
    """The same facts with the ids of the people."""
    if isinstance(data, Mapping):
        return {name: _renamed(each, ids) for name, each in data.items()}
    if isinstance(data, list):
        return {n: _renamed(each, ids) for n, each in enumerate(data)}
    return ids.get(data, data)


def _merged(data: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with new ones in the place of those with the same keys."""
    made = dict(data)
    for name, each in new.items():
        old = made.get(name)
        made[name] = _merged(old, each) if isinstance(each, Mapping) and isinstance(old, Mapping) else each
    return made


def _id(name: str) -> str:
    """A person's id from the name: "lena-fischer"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
