"""A year of service figures and the facts of a quarterly review, for tests of reports."""

import shutil

import pytest

from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, run

ABOUT = "period: {first: 2026-10-01, last: 2027-03-31}, source: Export"


SERVICE = f"""term: 2026-10-01
tickets:
  - {{priority: P1, count: 1, {ABOUT}}}
  - {{priority: P2, count: 0, {ABOUT}}}
  - {{priority: P3, count: 10000, {ABOUT}}}
  - {{priority: P4, count: 4, {ABOUT}}}
  - {{priority: all, count: 10005, {ABOUT}}}
targets:
  - {{target: response, priority: P3, numerator: 9996, denominator: 10000, {ABOUT}}}
quarters:
  - number: 1
    period: {{first: 2026-10-01, last: 2026-12-31}}
    source: Export
    tickets:
      - {{priority: P1, closed: 1, response_met: 0, response_of: 1}}
      - {{priority: P2, closed: 0}}
      - {{priority: P3, closed: 4, response_met: 4, response_of: 4, median_response: 125}}
      - {{priority: P4, closed: 4}}
      - {{priority: all, closed: 9, response_met: 4, response_of: 5, median_response: 60}}
  - number: 2
    period: {{first: 2027-01-01, last: 2027-03-31}}
    source: Export
    tickets:
      - {{priority: P1, closed: 0}}
      - {{priority: P2, closed: 0}}
      - {{priority: P3, closed: 9996, response_met: 9300, response_of: 9996, resolution_met: 9995, resolution_of: 9996}}
      - {{priority: P4, closed: 0}}
      - {{priority: all, closed: 9996, response_met: 9300, response_of: 9996, resolution_met: 9995, resolution_of: 9996}}
missed:
  - {{on: 2026-11-03, what: A late answer, effect: An hour lost, changed: Two on duty, source: Ticket 7}}
changes:
  - {{on: 2027-02-01, what: A new firewall, source: Record 1}}
  - {{on: 2027-02-02, what: Rights reviewed, source: Record 2, pillar: maintenance}}
recommendations:
  - {{id: server, what: A new server, why: The old one is old, quarter: 1, price: 7800.00 USD}}
  - {{id: archive, what: An archive, why: Asked for, state: declined}}
risks:
  - {{id: one, since: 2026-12-01, what: Plant without backup, effect: Work anew, advice: Copy it}}
  - {{id: two, since: 2026-12-01, what: An old modem, effect: A call, advice: Drop it, closed: 2027-01-05}}
"""


REVIEW = """document: quarterly-review
date: 2027-04-08
quarter: 2
held: 2027-04-15
attendees: {client: [the Office Manager], provider: [the Account Manager]}
decisions:
  - {recommendation: server, by: 2027-05-14}
next_review: 2027-07-15
"""


REPORT = "document: annual-report\ndate: 2027-04-08\n"


LICENCES = """licences:
  - {product: Ends soon, vendor: V, metric: user, quantity: 3, holder: client, first_day: 2026-01-01, last_day: 2027-12-31, renewal: Yearly}
  - {product: Ends late, vendor: V, metric: user, quantity: 3, holder: client, first_day: 2026-01-01, last_day: 2029-12-31, renewal: Yearly}
"""


@pytest.fixture
def root(tmp_path):
    root = based(tmp_path / "root")
    for name in ("quarterly-review", "annual-report"):
        shutil.copytree(REPOSITORY / "templates" / name, root / "templates" / name)
    shutil.copytree(REPOSITORY / "clauses/reports", root / "clauses/reports")
    (root / AGREEMENT / "documents").mkdir()
    (root / AGREEMENT / "documents/review.yaml").write_text(REVIEW)
    (root / AGREEMENT / "documents/report.yaml").write_text(REPORT)
    (root / AGREEMENT / "service.yaml").write_text(SERVICE)
    agreement = root / AGREEMENT / "agreement.yaml"
    agreement.write_text(agreement.read_text() + LICENCES)
    return root


def changed(root, name, old, new):
    path = root / AGREEMENT / name
    text = path.read_text()
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new))


def built(root, name):
    done = run(root, "--client", "acme/2026-support", "--document", name, "--format", "md")
    assert done.code == 0, done.err
    return (root / AGREEMENT / f"{name}.md").read_text().replace("\u00a0", " ")


def refused(root, name):
    done = run(root, "--client", "acme/2026-support", "--document", name, "--format", "md")
    assert done.code == 1
    assert not (root / AGREEMENT / f"{name}.md").exists()
    return done.err
