"""What a title's part of a pool comes to, month by month."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from duanju.deals.clauses import EmptyPool, PoolShare, Scope
from duanju.deals.earning.coefficients import coefficient_product
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.obligations import minor_step, owed, total
from duanju.deals.facts import in_term_units
from duanju.kernel import Month, ProofStep


def entitle_pool_share(clause: PoolShare, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield each title's parts of the pools of all months.

    The pool of a month in which nobody watched anything stays with the payer, or is carried over
    to the next month with viewing, as the clause says; from the deal's first month on.
    """
    pools = _pools(clause, evaluation)
    viewing = evaluation.by_month(clause.all, "")
    currency = evaluation.word(clause.currency)
    code = "pool_month_with_coefficients" if clause.coefficients else "pool_month"
    for title_id in evaluation.title_ids(Scope.TITLE):
        own = evaluation.by_month(clause.own, title_id, clause.term)
        months = [
            _month(clause, evaluation, title_id, month, pools[month], own[month], viewing[month])
            for month in pools
            if own.get(month)
        ]
        proof = minor_step(
            "pool_share", f"sum({code})", {"clause": clause.id}, total(months), currency, months
        )
        yield owed(
            clause,
            evaluation,
            proof,
            title_id=title_id,
            payee=clause.payee,
            measure=clause.own.measure,
            quantity=sum(own.values()),
        )


def _pools(clause: PoolShare, evaluation: Evaluation) -> Mapping[Month, tuple[int, int]]:
    """Return, of each month with viewing, its own pool and what empty months carried over to it."""
    amounts = evaluation.by_month(clause.pool, "")
    viewing = evaluation.by_month(clause.all, "")
    pools = {}
    carried = 0
    for month in evaluation.months():
        amount = amounts.get(month, 0)
        if viewing.get(month, 0):
            pools[month] = amount, carried
            carried = 0
        elif clause.when_empty is EmptyPool.CARRIED_OVER:
            carried += amount
    return pools


def _month(
    clause: PoolShare,
    evaluation: Evaluation,
    title_id: str,
    month: Month,
    pool: tuple[int, int],
    own: int,
    viewing: int,
) -> ProofStep:
    amount, carried = pool
    share = evaluation.number(clause.share)
    inputs: dict[str, Fraction | str] = {
        "month": str(month),
        "pool_minor": Fraction(amount),
        "carried_minor": Fraction(carried),
        "measure": clause.own.measure,
        "own": in_term_units(own, clause.own.measure),
        "all": in_term_units(viewing, clause.all.measure),
        "share": share,
    }
    formula = "(pool_minor + carried_minor) * own / all * share"
    result = Fraction((amount + carried) * own, viewing) * share
    currency = evaluation.word(clause.currency)
    if not clause.coefficients:
        return minor_step("pool_month", formula, inputs, result, currency)
    product = coefficient_product(
        clause.coefficients, clause.coefficient_cap, evaluation, title_id, month
    )
    return minor_step(
        "pool_month_with_coefficients",
        f"{formula} * sum({product.code})",
        inputs,
        result * product.result,
        currency,
        [product],
    )
