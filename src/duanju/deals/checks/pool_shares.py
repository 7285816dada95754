"""What is wrong with a share of a pool."""

from collections.abc import Iterator

from duanju.deals.checks.amounts import find_share_problems
from duanju.deals.checks.values import Parameters, find_currency_problems, problem_at
from duanju.deals.clauses import Counted, Fraud, PoolShare
from duanju.deals.measures import MEASURES, Measure, Unit
from duanju.kernel import Problem


def find_pool_share_problems(
    clause: PoolShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a share of a pool."""
    yield from _find_pool_problems(clause.pool, f"{path}.pool")
    yield from _find_part_problems(clause, path)
    if clause.when_empty is None:
        yield problem_at(
            "deals.division-by-nothing",
            f"{path}.when_empty",
            clause=clause.id,
            measure=clause.all.measure,
        )
    yield from find_share_problems(clause.share, parameters, f"{path}.share")
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")


def _find_pool_problems(pool: Counted, path: str) -> Iterator[Problem]:
    measure = MEASURES.get(pool.measure)
    if measure is None:
        return
    if measure.unit is not Unit.MINOR:
        yield problem_at("deals.not-an-income", path, measure=measure.name)
    if not measure.is_platform_wide:
        yield problem_at("deals.not-platform-wide", path, measure=measure.name)


def _find_part_problems(clause: PoolShare, path: str) -> Iterator[Problem]:
    """Yield a problem where a title's part is none of the whole that it is divided by."""
    own, whole = MEASURES.get(clause.own.measure), MEASURES.get(clause.all.measure)
    if own is not None and own.is_platform_wide:
        yield problem_at("deals.not-by-title", f"{path}.own", measure=own.name)
    if whole is not None and not whole.is_platform_wide:
        yield problem_at("deals.not-platform-wide", f"{path}.all", measure=whole.name)
    if own is not None and whole is not None and _kind(own) != _kind(whole):
        yield problem_at("deals.no-part-of-the-whole", f"{path}.all", own=own.name, all=whole.name)
    for name in _narrower(clause.own, clause.all):
        yield problem_at(
            "deals.part-beyond-the-whole",
            f"{path}.all",
            own=clause.own.measure,
            all=clause.all.measure,
            filter=name,
        )


def _narrower(own: Counted, whole: Counted) -> Iterator[str]:
    """Yield the filters by which the whole leaves out what its part counts."""
    for name in ("channels", "territories", "media", "windows", "items"):
        allowed = getattr(whole, name)
        if allowed and not (getattr(own, name) and set(getattr(own, name)) <= set(allowed)):
            yield name
    if whole.fraud is not Fraud.COUNTED and whole.fraud is not own.fraud:
        yield "fraud"


def _kind(measure: Measure) -> tuple[Unit, str]:
    return measure.unit, measure.aggregate.value
