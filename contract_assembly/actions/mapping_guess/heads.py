"""Which column of an export is for what, by its head; and so of which kind the export is. Pure."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from contract_assembly.facts.client_mapping import ALWAYS, OF_CONTRACT

KINDS = ("clients", "tickets", "time-entries", "counts")
NEEDED = {
    "clients": (*ALWAYS, *OF_CONTRACT),
    "tickets": ("id", "priority", "status", "created", "closed"),
    "time-entries": ("person", "task", "worked"),
    "counts": ("client",),
}
# The words of heads by what they are for, the surest first: small letters and digits with single blanks.
_CLIENT = (
    "client|customer|company|account|organization|organisation|client name|customer name|company name|account name|kunde"
    "|site name"
)
_WORDS: Mapping[str, Mapping[str, str]] = {
    "clients": {
        "company": f"{_CLIENT}|registered name|name|firma",
        "short": "short name|short|alias",
        "place": "place|state|country|jurisdiction|land",
        "form": "legal form|form|entity type",
        "registration": "registration|company number|registration number|ein",
        "tax_id": "tax number|tax id|vat number|vat id",
        "street": "street|address|address 1|address line 1|strasse",
        "city": "city|town|ort|stadt",
        "region": "region|province|county|st",
        "postcode": "postcode|zip|zip code|postal code|plz",
        "person": "contact|contact name|primary contact|contact person|ansprechpartner",
        "role": "role|job title|position",
        "email": "email|e mail|email address|contact email|mail",
        "phone": "telephone|phone|phone number|tel|telefon",
        "contract": "contract|agreement|contract name|agreement name|contract number|contract no|ref|reference|vertrag",
        "first_day": "first day|start date|start|date start|startdate|from|begins|contract start|von|beginn",
        "last_day": "last day|end date|end|date end|enddate|to|ends|expires|expiry|contract end|renewal date|bis|ende",
        "signed_on": "signed on|signed|date signed",
        "renewal": "renewal|renews|auto renew|automatic renewal",
        "renewal_length": "renews for|renewal length|renewal term",
        "notice": "notice|notice period|frist",
        "billing": "billing|billing cycle|billing period|invoicing",
        "due": "payment within|payment terms|terms|days to pay",
        "price": "fee a month|monthly fee|monthly|mrr|amount|fee|price|monthly amount|betrag",
        "users": "users|user count|seats|number of users",
        "workstations": "workstations|pcs|computers|desktops",
        "servers": "servers|server count",
        "plan": "plan at renewal|new plan",
        "hours": "hours bought|block hours|prepaid hours|hours",
        "hours_left": "hours left|hours remaining|remaining hours|balance",
        "left_on": "left on|balance date|counted on|as of",
        "rate": "price of an hour|hourly rate|rate h|rate",
        "file": "signed pdf|pdf|file",
    },
    "tickets": {
        "id": "ticket id|ticket|ticket number|ticket no|id|number|case number|case|issue key|key|request id",
        "priority": "priority|severity|urgency|prioritaet",
        "status": "status|state|ticket status",
        "created": "created|created at|created time|opened|opened at|date logged|date entered|created date|create date",
        "closed": "closed|closed at|closed time|date closed|closed date|solved at|completed|complete date|completed date",
        "responded": "first response|initial response time|first responded|first response time|responded|first reply",
        "resolved": "resolved|resolved at|resolved time|date resolved|resolution date|resolved date",
        "response": "first response status|response met|response sla|response sla status",
        "resolution": "resolution status|resolution met|resolution sla|resolution sla status",
        "waiting": "waiting minutes|on hold minutes|paused minutes",
        "response_minutes": "first reply time in minutes within business hours|response minutes",
        "resolution_minutes": "full resolution time in minutes within business hours|resolution minutes",
        "rating": "rating|satisfaction|satisfaction score|survey result|survey results|csat",
        "client": _CLIENT,
    },
    "time-entries": {
        "date": "date|start date|work date|day|datum|spent date|date worked",
        "start": "start|started|started at|start at|begin|clock in",
        "time": "start time|from|time|begin time|von",
        "person": "user|person|member|technician|employee|agent|full name|resource|user name|username|resource name|mitarbeiter",
        "task": "task|description|summary|notes|ticket|issue summary|issue|title|activity|taetigkeit|beschreibung",
        "worked": "duration|hours|duration h|hours worked|time spent|worked|actual hours|minutes|time|dauer|stunden",
        "asked_by": "asked by|requester|contact",
        "reference": "reference|ticket number|ticket id|issue key",
        "id": "entry id|id|worklog id|time entry id",
        "client": f"{_CLIENT}|account customer",
        "billable": "billable|is billable|billable status",
    },
    "counts": {
        "client": f"{_CLIENT}|customername|tenant|site",
        "what": "device type|type|product|product name|productname|device class|class|sku|licence|license",
        "quantity": "quantity|count|license count|licensecount|licences|seats|assigned",
        "id": "device uid|uid|id|serial number|device id",
    },
}  # fmt: skip
_OF = {kind: {name: words.split("|") for name, words in fields.items()} for kind, fields in _WORDS.items()}
# What one kind has and the others lack: it weighs more.
_TELLING = {
    "clients": ("first_day", "last_day", "renewal", "notice"), "tickets": ("priority", "status", "created", "closed"),
    "time-entries": ("worked", "person", "billable"), "counts": ("what", "quantity"),
}  # fmt: skip


class Columns(Struct, frozen=True):
    """A kind of export, its columns by what they are for, and the heads that nothing reads, in their order."""

    kind: str
    named: Mapping[str, str]
    unread: tuple[str, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a mapping of this kind needs and no head was recognised for."""
        needed = NEEDED[self.kind]
        if self.kind == "time-entries":
            needed = (*needed, *(() if "start" in self.named else ("date",)))
        if self.kind == "clients" and "hours" in self.named:
            needed = ALWAYS
        return tuple(each for each in needed if each not in self.named)


def columns(heads: Sequence[str], kind: str = "") -> Columns | None:
    """The columns of an export of a kind, or of the likeliest one; None where no kind is likely."""
    if kind:
        return _columns(heads, kind)
    found = {each: _columns(heads, each) for each in KINDS}
    marks = {each: sum(name in found[each].named for name in _TELLING[each]) for each in KINDS}
    ranked = sorted(KINDS, key=lambda each: (-marks[each], len(found[each].lacking), -len(found[each].named)))
    return found[ranked[0]] if marks[ranked[0]] >= 2 else None


def _columns(heads: Sequence[str], kind: str) -> Columns:
    once = [head for head in dict.fromkeys(heads) if head and list(heads).count(head) == 1]
    plain = {head: _plain(head) for head in once}
    offers = sorted(
        (words.index(plain[head]), n, name, head)
        for n, (name, words) in enumerate(_OF[kind].items())
        for head in once
        if plain[head] in words
    )
    named: dict[str, str] = {}
    for _, _, name, head in offers:
        if name not in named and head not in named.values():
            named[name] = head
    if "start" in named and {"date", "time"} <= named.keys():
        del named["start"]
    ordered = {name: named[name] for name in _OF[kind] if name in named}
    return Columns(kind, ordered, tuple(head for head in dict.fromkeys(heads) if head and head not in named.values()))


def _plain(head: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", head.casefold().replace("ä", "ae").replace("ß", "ss")))
