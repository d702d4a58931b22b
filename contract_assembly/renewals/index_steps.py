"""Price steps that follow an index within a term: their percentages, once the figures are published. Pure.

Source: clauses fees-through-time (price steps) and annual-adjustment (calculation, cap and floor). The figure is that of the
reference month before the Contract Year begins, compared with the same month a year earlier."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from contract_assembly.core.problems import Problem
from contract_assembly.core.values import Percent
from contract_assembly.facts.agreed_lines import first_day_of
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fee_terms import PriceStep
from contract_assembly.facts.price_index import Series
from contract_assembly.renewals.increase import Rise, rise_by_index


def with_index(inputs: Inputs, series: Series | None) -> Inputs:
    """The facts with the percentage of each step by the index whose figures are published; any other is left without one."""
    fees = inputs.agreement.model.fees
    if not any(each.index for each in fees.steps):
        return inputs
    steps = tuple(_known(inputs, each, series) for each in fees.steps)
    agreement = inputs.agreement.model.model_copy(update={"fees": fees.model_copy(update={"steps": steps})})
    return replace(inputs, agreement=replace(inputs.agreement, model=agreement))


def _known(inputs: Inputs, step: PriceStep, series: Series | None) -> PriceStep:
    if not step.index:
        return step
    found = rise_by_index(inputs, first_day_of(inputs.agreement.model.term.first_day, step.year), 12, series)
    return step.model_copy(update={"percent": Percent(found.percent)}) if isinstance(found, Rise) else step


def waiting(inputs: Inputs, until: date) -> Iterator[Problem]:
    """A warning for each step by the index that begins by a day and whose figure is not known."""
    agreement = inputs.agreement.model
    for n, each in enumerate(agreement.fees.steps):
        begins = first_day_of(agreement.term.first_day, each.year)
        if each.index and each.percent is None and begins <= until:
            what = f"prices change with the index on {begins}, and its figure is not known: they are charged as before"
            hint = f"add the figures: build.py index import; series {agreement.fees.increase.series}. The difference follows"
            yield Problem("index-step", what, inputs.agreement.at(f"fees.steps.{n}"), hint, "warning")
