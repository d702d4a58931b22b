"""The renewal of one agreement: its plan with prices, days and letters, and the plan carried out once it is confirmed."""

import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from contract_assembly.actions.edit.fields import Entered
from contract_assembly.actions.edit.shapes import Shape
from contract_assembly.actions.renew.batch import Done, applied, planned
from contract_assembly.actions.renew.report import as_data
from contract_assembly.core.problems import HeldError, Problem
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.asked_form import ask, day, form_page, sent, together, wrong
from contract_assembly.web.edit.submitted_form import one
from contract_assembly.web.page import Answer, Form, Page, PageRequest, Redirect, named

_YEAR = timedelta(days=365)
_SHAPE: Shape = together(
    "",
    "",
    ask("on", "Plan as of", "date", help="The day from which days are counted."),
    ask("by", "Plan what is due by", "date", help="Later than the first day on which anything has to be done."),
)


def renew_page(asked: PageRequest) -> Answer:
    """The plan for a year ahead, or for the days of the query."""
    on = asked.snapshot.on
    data = {"on": asked.query.get("on", str(on)), "by": asked.query.get("by", str(on + _YEAR))}
    return _page(asked, asked.snapshot.root, data, done="done" in asked.query)


def renew(asked: PageRequest, form: Form, root: Path) -> Answer:
    """Plan again for other days; with `do` apply, carry out the plan that was shown."""
    data = sent(_SHAPE, form)
    page = _page(asked, root, data)
    if one(form, "do") != "apply" or page.status != 200:
        return page
    found: tuple[Done, ...] = page.values["found"]
    if one(form, "mark") != page.values["mark"]:
        what = "this plan is not the one that you looked at, because something has changed since"
        return _page(
            asked, root, data, others=(Problem("changed-meanwhile", what, None, "look at it again"),), status=409
        )
    try:
        done = applied(root, [each.plan for each in found], day(data["on"]))
    except HeldError:
        what = "another command is writing in this repository, so nothing was done"
        return _page(
            asked,
            root,
            data,
            others=(Problem("busy", what, None, "wait until it is done, then try again"),),
            status=409,
        )
    if wrong_ones := tuple(problem for each in done if each.blocked for problem in each.problems):
        return _page(asked, root, data, others=wrong_ones, status=422)
    if bug := next((each.bug for each in done if each.bug), ""):
        raise RuntimeError(bug)
    return Redirect(
        f"/agreements/{asked.names['client']}/{asked.names['agreement']}/renew?done=yes&on={data['on']}&by={data['by']}"
    )


def _page(
    asked: PageRequest,
    root: Path,
    data: Entered,
    *,
    others: tuple[Problem, ...] = (),
    done: bool = False,
    status: int = 200,
) -> Page:
    client, agreement = named(asked, Repository(root))
    told = wrong(_SHAPE, data)
    found: tuple[Done, ...] = ()
    if not told and day(data["by"]) < day(data["on"]):
        told = {"by": ("This day is earlier than the first day of the plan.",)}
    if not told:
        found, problems = planned(root, [(client, agreement)], DateRange(day(data["on"]), day(data["by"])))
        others = (*others, *problems)
    plans = [as_data(each) for each in found]
    values: dict[str, Any] = {
        "client": client,
        "agreement": agreement,
        "found": found,
        "plans": plans,
        "labels": {line.id: line.label for each in found if each.plan.fees for line in each.plan.fees.lines},
        "mark": sha256(json.dumps(plans, sort_keys=True).encode()).hexdigest(),
        "ready": any(each.plan.to_write and not each.blocked for each in found),
        "done": done,
        "days": _days,
    }
    title = f"Renewal: {client}, {agreement}"
    return form_page("renew.html", title, _SHAPE, data, options={}, values=values, told=told, others=others,
                     status=422 if told else status)  # fmt: skip


def _days(text: str) -> str:
    """A day with its weekday: "Friday, 2027-07-30"."""
    found = date.fromisoformat(text)
    return f"{found:%A}, {text}"
