"""Computing before signing, on every page that shows terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.forms import ChoiceField, Form, MultipleChoiceField
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from duanju.adapters.prose import may_read
from duanju.deals import Entitlement, Policy
from duanju.kernel import Problem, Where, currency
from duanju_web.deals.pages.forms import ExpectationForm
from duanju_web.deals.selectors import (
    CurvePoint,
    ProofInWords,
    calculate,
    channel_in_words,
    draw_curve,
    facts_expected,
    find_expected,
    find_milestones,
    in_reader_language,
    plotted,
    put_proof_in_words,
    role_in_words,
    titles_in_proofs,
    values_of,
)
from duanju_web.deals.selectors.thresholds import currency_of_rates, thresholds_of
from duanju_web.shared.problems import ProblemInWords, put_in_words

MINUTES_PER_HOUR = 60
CURVE_MARGIN = Fraction(6, 5)


@dataclass(frozen=True, slots=True)
class PartInWords:
    """What one party would receive by one clause."""

    clause: str
    party: str
    amount_minor: int
    currency: str
    proof: ProofInWords
    is_studio: bool


def calculator(
    request: HttpRequest,
    *,
    policy: Policy,
    fixed: Mapping[str, str] | None = None,
    reader: str = "",
) -> dict[str, Any]:
    """Return what a template needs to show the calculator and its result.

    Args:
        request: Its query holds what was typed; without any, an example is computed.
        policy: The policy.
        fixed: The parameters of an offer or deal; None where they can be chosen.
        reader: The role that reads; what clauses bring that bind only others is not shown.
    """
    asked = {
        "policy": policy,
        "fixed": fixed,
        "expected": find_expected((policy,)),
        "milestones": find_milestones((policy,)),
    }
    form = ExpectationForm(typed_or_examples(request, ExpectationForm(**asked)), **asked)
    context: dict[str, Any] = {"calculator": form}
    if form.is_valid():
        context |= _result(form, policy, reader)
    return context


def name_parameter(problem: Problem, policy: Policy) -> Problem:
    """Return a problem that names a parameter by its title, as people know it."""
    titles = {own.id: in_reader_language(own.title) for own in policy.parameters}
    name = str(problem.params.get("parameter", ""))
    if name not in titles:
        return problem
    return replace(problem, params={**problem.params, "parameter": titles[name]})


def typed_or_examples(request: HttpRequest, blank: Form) -> MultiValueDict[str, Any]:
    """Return what was typed into a form, or its examples where nothing was; choices always."""
    names = {name: blank.add_prefix(name) for name in blank.fields}
    sent = request.POST if request.method == "POST" else request.GET
    is_typed = any(own in sent for own in names.values())
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, field in blank.fields.items():
        is_choice = isinstance(field, ChoiceField) and not isinstance(field, MultipleChoiceField)
        if not is_typed or (is_choice and names[name] not in sent):
            value = blank.get_initial_for_field(field, name)
            data.setlist(names[name], value if isinstance(value, list) else [value])
        elif names[name] in sent:
            data.setlist(names[name], sent.getlist(names[name]))
    return data


def _result(form: ExpectationForm, policy: Policy, reader: str) -> dict[str, Any]:
    chosen, expectation = form.chosen(), form.expectation()
    facts = facts_expected(
        expected=form.expected,
        expectation=expectation,
        policies=(policy,),
        values=values_of(policy, chosen),
    )
    found = calculate(policy=policy, chosen=chosen, facts=facts)
    if found.problems:
        return {"problems": say_problems(found.problems, policy)}
    entitlements = [own for own in found.entitlements if may_read(policy, own.clause_id, reader)]
    partner = partner_of(entitlements)
    parts = [_part(own, policy, partner) for own in entitlements]
    totals: dict[str, int] = {}
    for part in parts:
        if part.is_studio:
            totals[part.currency] = totals.get(part.currency, 0) + part.amount_minor
    minutes = int(expectation.amounts.get("minutes", 0))
    until = max(minutes, *(int(own) for own in thresholds_of(policy)), 1)
    curve = draw_curve(
        policy=policy,
        chosen=chosen,
        facts=facts,
        until_minutes=int(until * CURVE_MARGIN),
        reader=reader,
    )
    return {
        "totals": totals,
        "receiver": role_in_words(partner),
        "own_parts": [part for part in parts if part.is_studio],
        "other_parts": [part for part in parts if not part.is_studio],
        "curve": curve,
        "curve_chart": _chart(curve, policy, minutes),
        "curve_currency": currency_of_rates(policy),
    }


def say_problems(problems: Iterable[Problem], policy: Policy) -> list[ProblemInWords]:
    """Say what is wrong with an example, without the places of a document."""
    named = [name_parameter(own, policy) for own in problems]
    return [put_in_words(replace(own, where=Where())) for own in named]


def partner_of(entitlements: Iterable[Entitlement]) -> str:
    """Return whose income people want to know: the studio's, or of whom else the terms pay."""
    roles = dict.fromkeys(own.party.role for own in entitlements)
    others = [role for role in roles if role not in ("platform", "channel")]
    return "studio" if "studio" in roles or not others else others[0]


def _part(own: Entitlement, policy: Policy, partner: str) -> PartInWords:
    titles = {clause.id: clause.title for clause in policy.clauses}
    is_channel = own.party.role == "channel"
    return PartInWords(
        clause=in_reader_language(titles[own.clause_id]),
        party=channel_in_words(own.party.id) if is_channel else role_in_words(own.party.role),
        amount_minor=round(own.amount),
        currency=own.currency,
        proof=put_proof_in_words(own.proof, titles_in_proofs(policy)),
        is_studio=own.party.role == partner,
    )


def _chart(curve: tuple[CurvePoint, ...], policy: Policy, minutes: int) -> dict[str, Any]:
    """Return what the script draws; every figure stands in the table beside it."""
    if not curve:
        return {}
    code = currency_of_rates(policy)
    scale = currency(code).minor_per_major
    return {
        "points": [
            [plotted(own.effective_hours), plotted(Fraction(own.amount_minor, scale))]
            for own in curve
        ],
        "thresholds": [plotted(own / MINUTES_PER_HOUR) for own in thresholds_of(policy) if own],
        "supposed": plotted(Fraction(minutes, MINUTES_PER_HOUR)),
        "currency": code,
    }
