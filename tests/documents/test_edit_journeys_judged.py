"""What people do on the pages that write, in a real browser: each journey from its first page to the files on disk.

Every page on the way is judged by axe; the forms on a phone in dark mode and on a desk in light mode."""

import pytest

from tests.helpers.browsing import DESK, PHONE, judged, let_in
from tests.helpers.firms import changeable, signed
from tests.helpers.git_repositories import committed, git
from tests.helpers.living import firm
from tests.helpers.served import served

FACTS = "agreements/acme/2026-support/agreement.yaml"


class Visit:
    """A person in front of a browser that was let in."""

    def __init__(self, browser, server, device=DESK, *, script=True, judges=True):
        self.server, self.judges = server, script and judges  # axe needs script
        self.context = let_in(browser, server, device, script=script)
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)

    def open(self, path, *devices):
        self.page.goto(f"http://{self.server.host}{path}")
        return self.judged(*devices)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).last.click()
        self.page.wait_for_load_state()
        return self.judged()

    def fill(self, **values):
        for name, value in values.items():
            field = self.page.locator(f'[name="{name.replace("__", ".")}"]')
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def tab_to(self, name):
        """Go on by the keyboard to the field of this name, or to the link or button with these words."""
        focused = "(each => each.name || each.textContent)(document.activeElement)"
        for _ in range(120):
            self.page.keyboard.press("Tab")
            if name in (self.page.evaluate(focused), self.page.evaluate("document.activeElement.textContent")):
                return self
        raise AssertionError(name)

    def type(self, value):
        """Replace what the focused field has."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(value)
        return self

    def enter(self, selector, words):
        """Press Enter, and wait for an element with these words."""
        self.page.keyboard.press("Enter")
        self.page.locator(selector, has_text=words).first.wait_for()
        self.page.wait_for_load_state()  # its colours, too
        return self

    def judged(self, *devices):
        """The page has one heading, and is clean."""
        assert self.page.locator("h1").count() == 1
        if self.judges:
            judged(self.page, *devices)
        return self

    @property
    def words(self):
        return self.page.inner_text("main")


@pytest.fixture
def visit(browser):
    made = []

    def let_in(server, *arguments, **options):
        made.append(Visit(browser, server, *arguments, **options))
        return made[-1]

    yield let_in
    for each in made:
        each.context.close()


def quick(root):
    """Lay pages out with the engine that is quicker: a person waits for several documents here."""
    with (root / "provider/provider.yaml").open("a", encoding="utf-8") as file:
        file.write("pdf: typst\n")
    return root


@pytest.fixture(scope="module")
def new_firm(tmp_path_factory):
    root = quick(firm(tmp_path_factory.mktemp("new") / "root", "lakeside"))
    committed(root, "Another engine")
    for name, value in (("user.name", "Jo Harbor"), ("user.email", "jo@harbor.example")):
        git(root, "config", name, value)
    with served(root) as server:
        yield root, server


@pytest.fixture(scope="module")
def signed_firm(tmp_path_factory):
    root = quick(signed(tmp_path_factory.mktemp("signed") / "root"))
    with served(root, "--on", "2027-05-03") as server:
        yield root, server


@pytest.fixture(scope="module")
def amended_firm(tmp_path_factory):
    root = quick(changeable(tmp_path_factory.mktemp("amended") / "root"))
    committed(root, "Another engine")
    with served(root, "--on", "2027-01-12") as server:
        yield root, server


def test_a_new_client_is_begun_completed_and_sent(new_firm, visit):
    root, server = new_firm
    person = visit(server)
    person.open("/clients/new").fill(
        start__client="oakridge", start__first_day="2027-01-01", start__place="US-NY", plan="business", counts__users="12",
        party__name="Oakridge Press, Inc.", party__short="Oakridge Press", party__form="corporation", party__jurisdiction="New York",
        party__registration="DOS 5550117", party__address__lines="1 Main Street", party__address__city="Albany",
        party__address__postcode="12207", party__notices__attention="Managing Editor", party__notices__email="legal@oakridge.example",
        director__name="Ann Odell", director__role="President", director__email="ann@oakridge.example", director__phone="+1 518 555 0171",
        contact__name="Ben Marsh", contact__role="Office Manager", contact__email="ben@oakridge.example", contact__phone="+1 518 555 0172",
        deputy__name="Cy Lund", deputy__role="Editor", deputy__email="cy@oakridge.example", deputy__phone="+1 518 555 0173",
    )  # fmt: skip
    person.press("See what would be made")
    assert not (root / "agreements/oakridge").exists()
    person.press("Begin oakridge/2027-support")
    assert person.page.url.endswith("/agreements/oakridge/2027-support")
    person.open("/agreements/oakridge/2027-support/step")
    assert person.page.get_by_role("button", name="Mark the contract as sent").count() == 0
    person.page.get_by_role("link", name="agreements/oakridge/2027-support/agreement.yaml").first.click()
    person.judged()
    while (rows := person.page.get_by_role("button", name="Remove point")).count():
        rows.last.click()
        person.page.wait_for_load_state()
    person.press("See what this changes").press("Save")
    assert "open:" not in (root / "agreements/oakridge/2027-support/agreement.yaml").read_text()
    person.open("/agreements/oakridge/2027-support/step").press("Mark the contract as sent")
    assert "It is marked as sent" in person.words
    assert "status: sent" in (root / "agreements/oakridge/2027-support/agreement.yaml").read_text()
    assert (root / "agreements/oakridge/2027-support/contract.pdf").exists()
    person.open("/agreements/oakridge/2027-support/edit")
    assert "is sent, so its facts stay as they are" in person.words


def test_two_users_more_by_keyboard_alone_with_the_fee_seen_before_saving(new_firm, visit):
    root, server = new_firm
    path = root / "agreements/lakeside/2027-support/agreement.yaml"
    before = path.read_text()
    users = int(before.partition("users: ")[2].partition("\n")[0])
    person = visit(server, PHONE)
    keys = person.page.keyboard
    person.open("/agreements/lakeside/2027-support/edit")
    person.tab_to("coverage.users")
    keys.press("Control+A")
    keys.type("some")
    keys.press("Enter")  # the form is looked at, never saved
    person.page.wait_for_selector(".summary")
    person.judged()
    assert person.page.evaluate("document.activeElement.className") == "summary"
    keys.press("Tab")
    keys.press("Enter")  # the link of the summary leads to the field
    assert person.page.evaluate("location.hash") == "#f-coverage-users"
    assert person.page.evaluate("document.activeElement.name") == "coverage.users"
    keys.press("Control+A")
    keys.type(str(users + 2))
    keys.press("Enter")
    person.page.wait_for_selector(".fee")
    person.judged()
    assert "Monthly fee:" in person.words
    assert path.read_text() == before
    for _ in range(80):
        keys.press("Tab")
        if person.page.evaluate("document.activeElement.id") == "commit":
            break
    keys.press("Space")
    keys.press("Tab")
    keys.press("Enter")
    person.page.wait_for_selector(".done")
    person.judged()
    assert path.read_text() == before.replace(f"users: {users}\n", f"users: {users + 2}\n")
    branch = f"lakeside-2027-support-users-{users + 2}"
    assert branch in person.words
    assert git(root, "diff", "--name-only", "main", branch) == "agreements/lakeside/2027-support/agreement.yaml"
    git(root, "checkout", "-q", "HEAD", "--", ".")


def test_a_problem_is_found_and_mended_without_script(new_firm, visit):
    root, server = new_firm
    path = root / "agreements/lakeside/2027-support/agreement.yaml"
    before = path.read_text()
    path.write_text(before.replace("renewal_length: 12 months", "renewal_length: a year"))
    person = visit(server, script=False)
    line = before.splitlines().index("  renewal_length: 12 months") + 1
    person.open(f"/agreements/lakeside/2027-support/edit?line={line}")
    field = person.page.locator('[name="term.renewal_length"]')
    assert field.get_attribute("aria-invalid") == "true"
    assert "a year" in person.page.inner_text(f"#{field.get_attribute('id')}-fault")
    person.fill(term__renewal_length="12 months").press("See what this changes")
    assert "No longer a problem" in person.words
    person.press("Save")
    assert path.read_text() == before


def test_every_form_and_every_answer_is_clean_on_each_device(new_firm, signed_firm, visit):
    person = visit(new_firm[1])
    for part in ("counts", "fees", "term", "contacts", "registers", "law", "open"):
        person.open(f"/agreements/lakeside/2027-support/edit?part={part}", DESK, PHONE)
    for path in ("/clients/lakeside/edit?part=entity", "/clients/lakeside/edit?part=people", "/clients/new"):
        person.open(path, DESK, PHONE)
    person.press("See what would be made")
    assert "There is a problem" in person.words
    person.open("/agreements/lakeside/2027-support/edit?part=registers").press("Add a licence").press(
        "See what this changes"
    )
    assert person.page.locator('[aria-invalid="true"]').count() > 3
    other = visit(signed_firm[1])
    for page in ("edit", "amend", "change", "step", "renew"):
        other.open(f"/agreements/acme/2026-support/{page}", DESK, PHONE)


def test_a_signed_contract_gets_two_users_more_from_a_day_on(signed_firm, visit):
    root, server = signed_firm
    signed_facts = (root / FACTS).read_bytes()
    person = visit(server)
    person.open("/agreements/acme/2026-support/edit")
    assert person.page.locator("form").count() == 0
    person.page.get_by_role("link", name="Change a count from a day on").click()
    person.judged().fill(counts__users="36", on="2027-06-01", asked_by="lena-fischer").press("See what this changes")
    assert "Nothing is saved yet" in person.words
    assert not (root / "agreements/acme/2026-support/changes.yaml").exists()
    person.press("Save the change and write the letter")
    assert (root / "agreements/acme/2026-support/change-2027-06-01.pdf").exists()
    assert (root / FACTS).read_bytes() == signed_facts


def test_a_signed_contract_is_amended_and_further_edits_go_into_the_same_draft_until_it_is_out(amended_firm, visit):
    root, server = amended_firm
    folder = root / "agreements/acme/2026-support"
    contract, before = (folder / "contract.pdf").read_bytes(), (root / FACTS).read_text()

    # By keyboard alone, on a phone.
    one = visit(server, PHONE)
    one.open("/agreements/acme/2026-support/edit").tab_to("Amend anything else").enter("h1", "Amendment 1")
    one.judged().tab_to("coverage.users").type("37")
    one.enter("h1", "What Amendment 1 would say and do")
    one.judged()
    for words in ("Nothing is saved yet", "34 to 37", "2,438.00 USD", "2,624.00 USD", "What it says", "is replaced"):
        assert words in one.words, words
    assert (root / FACTS).read_text() == before
    assert not (folder / "documents/amendment-1.yaml").exists()
    one.tab_to("Save Amendment 1 as a draft").enter(".done", "Saved.")
    one.judged()
    assert (root / FACTS).read_text() == before.replace("users: 34\n", "users: 37\n")
    assert "status: draft" in (folder / "documents/amendment-1.yaml").read_text()

    # With the mouse, on a desk: into the same draft.
    two = visit(server)
    two.open("/agreements/acme/2026-support/amend?part=fees")
    assert "the amendment that is a draft already" in two.words
    two.fill(fees__prices__0__price="64.00 USD").press("See what this changes")
    for words in ("62.00 USD to 64.00 USD", "2,438.00 USD", "2,698.00 USD"):
        assert words in two.words, words
    assert "builds Amendment 1 again" in two.words
    two.press("Save Amendment 1 as a draft")
    assert "Amendment 1 is a draft" in two.words
    said = (folder / "amendment-1.md").read_text()
    assert "| User support | 37 | 2,368.00 |" in said
    assert "$2,698.00 instead of $2,438.00" in said
    assert not (folder / "documents/amendment-2.yaml").exists()

    # Out for signature, nothing else is amended; taken back to a draft, it is again.
    two.page.get_by_role("link", name="mark it as sent").click()
    two.judged().press("Mark amendment-1 as sent")
    assert "It is marked as sent" in two.words
    for person in (one, two):
        person.open("/agreements/acme/2026-support/amend")
        assert "amendment 1 was sent and is not signed yet" in person.words
        assert "take it back to a draft" in person.words
    one.tab_to("Status and next step").enter("h1", "Status")
    one.judged().tab_to("reason").type("The client asked for another day")
    one.tab_to("Take amendment-1 back to a draft").enter(".done", "It is a draft again")
    one.judged()
    two.open("/agreements/acme/2026-support/amend")
    assert "the amendment that is a draft already" in two.words
    assert (folder / "contract.pdf").read_bytes() == contract


def test_a_renewal_is_planned_and_carried_out_once_it_is_confirmed(signed_firm, visit):
    root, server = signed_firm
    signed_facts = (root / FACTS).read_bytes()
    person = visit(server, PHONE)
    person.open("/agreements/acme/2026-support/renew?on=2027-05-03&by=2027-08-31")
    assert "2027-10-01 to 2028-09-30" in person.words
    assert not (root / "agreements/acme/2027-support").exists()
    person.press("Carry out this plan")
    assert "The renewal is prepared" in person.words
    assert (root / "agreements/acme/2027-support/contract.pdf").exists()
    assert (root / FACTS).read_bytes() == signed_facts


def test_two_browsers_never_overwrite_each_other(new_firm, visit):
    root, server = new_firm
    path = root / "agreements/lakeside/2027-support/agreement.yaml"
    before = path.read_text()
    one, two = visit(server, judges=False), visit(server, PHONE, judges=False)  # others judge these pages
    for person, users in ((one, "41"), (two, "42")):
        person.open("/agreements/lakeside/2027-support/edit").fill(coverage__users=users).press("See what this changes")
    one.press("Save")
    two.press("Save")
    assert "This file has changed since you opened the form" in two.words
    assert "27 to 42" in two.words
    judged(two.page)
    assert "users: 41" in path.read_text()
    path.write_text(before)
