"""Who fills the roles of terms besides the two sides of a deal."""

from collections.abc import Collection, Mapping

from duanju.deals import Policy
from duanju.kernel import Problem, Where
from duanju_web.deals.mapping.expectations import roles_needed
from duanju_web.deals.mapping.words import role_in_words
from duanju_web.shared.models import Organisation

SIDES = ("platform", "studio")


def find_party_problems(
    parties: Mapping[str, Mapping[str, str]], *, policy: Policy, filled: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Return which roles nobody fills, and which are filled by an organisation that is not here.

    An organisation may fill several roles: it has an account and a statement for each.

    Args:
        parties: Role to `{"slug": …}` or `{"name": …}`.
        policy: Whose roles.
        filled: Roles that are filled already.
    """
    slugs = {who["slug"] for who in parties.values() if "slug" in who}
    known = set(Organisation.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    problems = []
    for role in roles_needed(policy):
        if role in SIDES or role in filled:
            continue
        who = parties.get(role, {})
        where, params = Where(path=f"parties.{role}"), {"role": role_in_words(role)}
        if not who.get("slug") and not who.get("name", "").strip():
            problems.append(Problem("deals.role-unfilled", where, params))
        elif "slug" in who and who["slug"] not in known:
            problems.append(Problem("deals.no-such-organisation", where, params))
    return tuple(problems)
