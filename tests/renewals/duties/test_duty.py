"""A duty, its day, and those that any agreement brings."""

from datetime import date

from contract_assembly.facts.registers import Licence
from contract_assembly.renewals.duties.of_agreement import duties
from tests.helpers.matters import matter


def d(text):
    return date.fromisoformat(text)


ON, BY = d("2027-05-03"), d("2027-12-31")


def found(subject=None, on=ON, by=BY):
    return {(each.kind, each.key): each for each in duties(subject or matter(), on, by)}


def test_a_notice_is_due_on_the_first_day_on_which_a_way_closes_that_is_still_open():
    notice = ("statutory notice", "0 AR-NY")
    assert found(on=d("2027-07-08"))[notice].last == d("2027-07-08")
    assert found(on=d("2027-07-09"))[notice].last == d("2027-07-15")
    assert found(on=d("2027-07-09"))[notice].way.steps[-1].name == "send in person by"
    assert found(on=d("2027-07-16"))[notice].last == d("2027-07-15")  # overdue, and listed all the same
    assert found(on=d("2027-07-20"))["price notice", "0"].last == d("2027-07-02")  # of four ways, the last
    assert found(by=d("2027-06-25"))["price notice", "0"].last == d("2027-06-25")
    assert ("price notice", "0") not in found(by=d("2027-06-24"))


def test_licences_end_and_are_accepted():
    open_ = Licence(product="X", vendor="Y", metric="user", quantity=3, holder="provider-tenant", first_day=d("2027-06-01"), last_day=d("2027-11-30"), renewal="Yearly")  # fmt: skip
    due = found(matter(agreement__licences=(open_,)))
    assert due["acceptance", "X 2027-06-01"].last == d("2027-06-01")
    assert due["licence", "X 2027-06-01"].last == d("2027-11-30")


def test_who_leaves_is_told():
    people = matter().inputs.client.model.people
    gone = tuple(
        each.model_copy(update={"until": d("2027-08-31")}) if each.id == "lena-fischer" else each for each in people
    )
    assert found(matter(client__people=gone))["person", "client lena-fischer"].last == d("2027-08-31")
