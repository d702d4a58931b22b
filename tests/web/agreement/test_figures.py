"""Service figures as charts."""

from datetime import date

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.facts.fields import Located
from contract_assembly.facts.service_record import Service
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.agreement.figures import charts
from contract_assembly.writers.charts import bars
from tests.helpers.corpus import based

YEAR = {"first": "2026-10-01", "last": "2027-09-30"}


def service(**figures):
    return Located(Service.model_validate({"term": "2026-10-01", **figures}), {"": Origin("service.yaml")})


def texts(chart):
    return [[d.plain(cell.children) for cell in row] for row in chart.table.rows]


def test_a_share_is_drawn_with_what_was_promised_beside_it(tmp_path):
    inputs = Repository(based(tmp_path / "root")).inputs("acme", "2026-support")
    first = inputs.plan.model.service_levels.priorities[0].id
    share = {"period": YEAR, "source": "Tickets", "priority": first, "numerator": "97", "denominator": "100"}
    (chart,) = charts(service(targets=[{**share, "target": "response"}]), inputs)
    ((name, value, promised),) = texts(chart)
    assert (name[:8], value) == ("Priority", "97.0\u00a0%")
    (bar,) = bars(chart)
    assert bar.length == 970
    assert bar.mark == int(inputs.plan.model.service_levels.threshold.value * 10)
    assert promised.endswith("%")


def test_unknown_figures_have_no_chart_and_unknown_columns_are_left_out(tmp_path):
    inputs = Repository(based(tmp_path / "root")).inputs("acme", "2026-support")
    assert charts(service(), inputs) == ()
    closed = {"period": YEAR, "source": "Tickets", "priority": "all", "count": "1200"}
    (without,) = charts(service(tickets=[closed]), inputs)
    (with_year_before,) = charts(service(tickets=[{**closed, "before": "900"}]), inputs)
    assert (texts(without), texts(with_year_before)) == ([["All", "1,200"]], [["All", "1,200", "900"]])
    assert date(2026, 10, 1) == service().model.term
