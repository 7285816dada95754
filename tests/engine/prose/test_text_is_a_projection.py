"""The text is a projection of the terms: nothing in the data is unsaid, in either language."""

from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from duanju.adapters.prose import ClauseInWords, Narrator, Speaker, explain_clause
from duanju.deals import Policy
from duanju.deals.clauses import Clause, MinimumGuarantee, TieredBonus
from tests.support.changed_terms import NAMES_ONLY, changes_of
from tests.support.generated_terms import clauses_of, policies
from tests.support.terms import a_policy

KINDS = get_args(Clause)
EXAMPLES_MAX = settings().max_examples // 12
LANGUAGES = ("en", "zh-Hans")
WRITTEN = frozenset({"title", "explanation"})
"""What authors write can be the same in one language; changing it in both is tested by itself."""

at_random = settings(
    max_examples=EXAMPLES_MAX,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def told(clause: Any, language: str, policy: Policy | None = None) -> ClauseInWords:
    """Return a clause in words, with every parameter open."""
    narrator = Narrator(Speaker.of(language), policy or a_policy(clause), {})
    return explain_clause(clause, 1, narrator)


def is_without_effect(clause: Any, path: str) -> bool:
    """Tell whether a value says nothing in this clause, because another leaves no use for it.

    Who earned is asked only where clauses are named; how much is kept back, only of an advance.
    """
    if isinstance(clause, TieredBonus) and path == "earned_by":
        return not clause.of
    if isinstance(clause, MinimumGuarantee) and path.split(".", maxsplit=1)[0] in (
        "at",
        "cross_collateralised",
    ):
        return isinstance(clause.treatment, str)
    return False


@pytest.mark.parametrize("kind", KINDS, ids=lambda own: own.__name__)
@at_random
@given(data=st.data())
def test_a_clause_that_differs_in_any_value_reads_otherwise(kind: Any, data: st.DataObject) -> None:
    clause = data.draw(clauses_of(kind))
    before = {language: told(clause, language) for language in LANGUAGES}
    for path, changed in changes_of(clause):
        if is_without_effect(clause, path):
            continue
        for language in LANGUAGES:
            assert told(changed, language) != before[language], (language, path)


@pytest.mark.parametrize("kind", KINDS, ids=lambda own: own.__name__)
@at_random
@given(data=st.data())
def test_a_clause_that_has_a_field_of_another_reads_otherwise(
    kind: Any, data: st.DataObject
) -> None:
    clause, other = data.draw(clauses_of(kind)), data.draw(clauses_of(kind))
    for field in fields(clause):
        value = getattr(other, field.name)
        if (
            field.name in NAMES_ONLY | WRITTEN
            or is_without_effect(clause, field.name)
            or value == getattr(clause, field.name)
        ):
            continue
        changed = replace(clause, **{field.name: value})
        for language in LANGUAGES:
            assert told(changed, language) != told(clause, language), (language, field.name)


@at_random
@given(policy=policies())
def test_every_generated_policy_can_be_told(policy: Policy) -> None:
    for clause in policy.clauses:
        for language in LANGUAGES:
            assert all(told(clause, language, policy).parts)
