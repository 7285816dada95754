"""Which offer is better: policies and offers on the same expectation, certain or by chance."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duanju.deals import MEASURES, Unit
from duanju.kernel import currency, round_half_even
from duanju.workflows.comparing import Comparison
from duanju_web.deals.pages.calculating import say_problems, typed_or_examples
from duanju_web.deals.pages.charting import draw_comparison, draw_ranges, rows_of
from duanju_web.deals.pages.comparing_forms import FiguresForm, InvestedForm
from duanju_web.deals.pages.forms import (
    ParametersForm,
    leave_open,
    suppose_parameters,
)
from duanju_web.deals.selectors import (
    Candidate,
    compare_candidates,
    currency_of,
    find_candidate,
    find_expected,
    find_milestones,
    find_partners,
    measure_in_words,
    money_in_words,
    number_in_words,
    offers_of,
    policy_versions,
    put_parameters_in_words,
    role_in_words,
    simulate_candidates,
)
from duanju_web.shared.problems import put_in_words
from duanju_web.shared.templatetags.duanju import localized

NAMES = ("A", "B", "C", "D")
CANDIDATES_MAX = len(NAMES)
OFFERS_LISTED = 50
TABLE_STEP = 6
MINUTES_PER_HOUR = Fraction(60)


def comparison(request: HttpRequest) -> HttpResponse:
    """Compare two to four policies or offers: who gets what, and from where on which is better."""
    context = _asked(request)
    if context["is_ready"]:
        context |= _compared(context)
    template = "deals/comparing/result.html" if _is_part(request) else "deals/comparing/page.html"
    return render(request, template, {"tab": "compare", **context})


def simulation(request: HttpRequest) -> HttpResponse:
    """Forecast the same: what is likely, how far chance reaches, whether the cost comes back."""
    context = _asked(request)
    blank = InvestedForm()
    context["invested_form"] = InvestedForm(typed_or_examples(request, blank))
    if context["is_ready"]:
        context |= _simulated(context)
    template = "deals/comparing/forecast.html" if _is_part(request) else "deals/comparing/page.html"
    return render(request, template, {"tab": "simulate", **context})


def _asked(request: HttpRequest) -> dict[str, Any]:
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    keys = list(dict.fromkeys(key for key in request.GET.getlist("with") if key))
    found = [find_candidate(key=key, organisation=organisation) for key in keys[:CANDIDATES_MAX]]
    candidates = [own for own in found if own is not None]
    offers = offers_of(organisation)[:OFFERS_LISTED] if organisation is not None else []
    context: dict[str, Any] = {
        "slots": [
            candidates[number].key if number < len(candidates) else ""
            for number in range(CANDIDATES_MAX)
        ],
        "offers": offers,
        "versions": policy_versions().defer("document", "words"),
        "candidates": [],
        "is_ready": False,
        "carried": request.GET.urlencode(),
    }
    if not candidates:
        return context
    columns = [_column(request, name, own) for name, own in zip(NAMES, candidates, strict=False)]
    policies = [own.policy for own in candidates]
    asked: dict[str, Any] = {
        "expected": find_expected(policies),
        "milestones": find_milestones(policies),
        "roles": find_partners(policies),
    }
    blank = FiguresForm(**asked)
    figures = FiguresForm(typed_or_examples(request, blank), **asked)
    is_valid = all([figures.is_valid(), *(own["form"].is_valid() for own in columns)])
    return context | {
        "candidates": columns,
        "figures": figures,
        "is_ready": is_valid and len(columns) > 1,
        "is_invalid": not is_valid,
    }


def _column(request: HttpRequest, name: str, own: Candidate) -> dict[str, Any]:
    """Return one of those that are compared, with the form of what it leaves open."""
    blank = _parameters_form(None, name, own)
    form = _parameters_form(typed_or_examples(request, blank), name, own)
    title = localized(own.version.title)
    if own.offer is not None:
        title = _("%(platform)s: %(policy)s") % {
            "platform": localized(own.offer.platform.name),
            "policy": title,
        }
    fixed = put_parameters_in_words(own.policy, own.fixed) if own.fixed is not None else ()
    return {
        "name": name,
        "style": name.lower(),
        "candidate": own,
        "title": title,
        "form": form,
        "fixed": [one for one in fixed if one.value],
    }


def _parameters_form(data: Any, name: str, own: Candidate) -> ParametersForm:
    form = ParametersForm(data, policy=own.policy, prefix=name.lower())
    if own.fixed is not None:
        form.fields.clear()
        return form
    for field in form.fields.values():
        leave_open(field)
    suppose_parameters(form.fields, own.policy)
    return form


def _policies(context: dict[str, Any]) -> dict[str, Any]:
    return {
        own["name"]: (
            own["candidate"].policy,
            own["form"].chosen() if own["candidate"].fixed is None else own["candidate"].fixed,
        )
        for own in context["candidates"]
    }


def _compared(context: dict[str, Any]) -> dict[str, Any]:
    policies = _policies(context)
    figures: FiguresForm = context["figures"]
    code = next((found for own in policies.values() if (found := currency_of(*own))), "CNY")
    done = compare_candidates(
        policies=policies,
        expected=figures.expected,
        expectation=figures.expectation(code),
        role=figures.role,
    )
    if done.comparison is None:
        return {"problems": _said(done.problems, policies)}
    made = done.comparison
    return {
        "comparison": made,
        "receiver": role_in_words(made.role),
        "summary": _summary(made, context),
        "roles": _roles(made),
        "sentences": [_sentence(own, made) for own in made.crossings],
        "exactness": _exactness(made.axis, figures.expectation(code).months),
        "chart": _chart(made),
        "axis": _axis_label(made.axis),
        "rows": [
            [number_in_words(Fraction(round(row[0]))), *(_money(own, made) for own in row[1:])]
            for row in rows_of(made, _per_axis(made.axis), TABLE_STEP)
        ],
    }


def _simulated(context: dict[str, Any]) -> dict[str, Any]:
    form: InvestedForm = context["invested_form"]
    if not form.is_valid():
        return {"is_invalid": True}
    policies = _policies(context)
    figures: FiguresForm = context["figures"]
    code = next((found for own in policies.values() if (found := currency_of(*own))), "CNY")
    scale = currency(code).minor_per_major
    invested_major = Fraction(form.cleaned_data["invested"] or 0)
    invested = invested_major * scale
    done = simulate_candidates(
        policies=policies,
        expected=figures.expected,
        expectation=figures.expectation(code),
        invested_major=invested_major,
        seed=int(form.cleaned_data["seed"] or 0),
        role=figures.role,
    )
    if done.problems:
        return {"problems": _said(done.problems, policies)}
    ranges = {name: (own.low, own.median, own.high) for name, own in done.by_name.items()}
    return {
        "forecasts": [
            {
                "name": name,
                "style": name.lower(),
                "low": _in_code(own.low, code),
                "median": _in_code(own.median, code),
                "high": _in_code(own.high, code),
                "recouped": f"{number_in_words(Fraction(round(own.recouped * 1000), 10))}%",
                "break_even": _quantity(own.break_even, own.axis, code),
            }
            for name, own in done.by_name.items()
        ],
        "ranges": draw_ranges(ranges, invested=invested, minor_per_major=scale),
        "receiver": role_in_words(figures.role),
        "runs": next(iter(done.by_name.values())).runs,
        "cost": _in_code(invested, code),
    }


def _said(problems: Any, policies: dict[str, Any]) -> list[Any]:
    said = []
    for name, problem in problems:
        if name in policies:
            said += [(name, own) for own in say_problems((problem,), policies[name][0])]
        else:
            said.append((name, put_in_words(problem)))
    return said


def _summary(made: Comparison, context: dict[str, Any]) -> dict[str, Any]:
    """Return which pays most on the expectation, and by how much more than the next."""
    earned = {own.name: own.by_role.get(made.role, Fraction(0)) for own in made.outcomes}
    order = sorted(earned, key=lambda name: -earned[name])
    titles = {own["name"]: own["title"] for own in context["candidates"]}
    return {
        "best": order[0],
        "title": titles[order[0]],
        "amount": _money(earned[order[0]], made),
        "ahead": _money(earned[order[0]] - earned[order[1]], made),
        "next": order[1],
        "is_equal": earned[order[0]] == earned[order[1]],
    }


def _roles(made: Comparison) -> list[dict[str, Any]]:
    """Return what everyone would have, the role whose income is compared first."""
    roles = dict.fromkeys([made.role, *(role for own in made.outcomes for role in own.by_role)])
    return [
        {
            "role": role_in_words(role),
            "is_own": role == made.role,
            "amounts": [
                (own.name, _money(own.by_role[role], made) if role in own.by_role else "–")
                for own in made.outcomes
            ],
        }
        for role in roles
    ]


def _sentence(own: Any, made: Comparison) -> str:
    words = {
        "after": own.after,
        "before": own.before,
        "quantity": _quantity(own.at, made.axis, made.currency),
    }
    return _("From %(quantity)s on, %(after)s pays more than %(before)s.") % words


def _quantity(at: int | None, axis: str, code: str) -> str:
    """Return a quantity of the axis as a sentence names it; empty for none."""
    if at is None:
        return ""
    measure = MEASURES[axis]
    if measure.unit is Unit.MILLISECOND:
        minutes = Fraction(at, measure.per_term_unit)
        return _("%(hours)s hours (%(minutes)s minutes) of viewing") % {
            "hours": number_in_words(Fraction(round(minutes / 60))),
            "minutes": number_in_words(Fraction(round(minutes))),
        }
    if measure.unit is Unit.MINOR:
        return _("%(amount)s of %(measure)s") % {
            "amount": money_in_words(at, code or "CNY"),
            "measure": measure_in_words(axis),
        }
    return f"{number_in_words(Fraction(at))} {measure_in_words(axis)}"


def _exactness(axis: str, months: int) -> str:
    """Say how exact a crossing is: results of several months grow by whole units one by one."""
    unit = _("millisecond") if MEASURES[axis].unit is Unit.MILLISECOND else _("smallest unit")
    words = {"unit": unit, "months": months}
    grows = _("All results grow together along the curve; each crossing is exact to one %(unit)s.")
    spread = _(
        "All results grow together along the curve, spread over %(months)s months; a crossing may "
        "be given up to %(months)s times one %(unit)s too late."
    )
    return (grows if months == 1 else spread) % words


def _chart(made: Comparison) -> Any:
    return draw_comparison(
        made,
        per_axis=_per_axis(made.axis),
        per_axis_unit=MEASURES[made.axis].per_term_unit,
        minor_per_major=currency(made.currency or "CNY").minor_per_major,
    )


def _per_axis(axis: str) -> Fraction:
    """Return how many term units one unit of the drawn axis is: hours, and major units."""
    unit = MEASURES[axis].unit
    if unit is Unit.MILLISECOND:
        return MINUTES_PER_HOUR
    return Fraction(100) if unit is Unit.MINOR else Fraction(1)


def _axis_label(axis: str) -> str:
    if axis == "effective_minutes":
        return _("Effective hours")
    return measure_in_words(axis)


def _money(amount: Fraction, made: Comparison) -> str:
    return _in_code(amount, made.currency or "CNY")


def _in_code(amount: Fraction, code: str) -> str:
    return money_in_words(round_half_even(amount), code)


def _is_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
