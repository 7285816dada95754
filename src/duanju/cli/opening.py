"""How commands open terms: a policy with what the command line sets, or a file of deals."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from duanju.adapters.documents import load_policies, policy_from_text, read_deals, read_text
from duanju.deals import Fact, Policy, Terms, parts_of
from duanju.workflows import suppose_terms_of_facts

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

SET_OPTION = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="[POLICY:]NAME=VALUE",
    help="Fill in what a policy leaves open, such as grade=S or share=50%; with POLICY: in that "
    "policy only. May be repeated.",
)

POLICIES_OPTION = click.option(
    "--policies",
    "policies_folder",
    type=FOLDER,
    help="Folder of the policies that deals name.  [default: the folder `policies` beside the "
    "file, else `policies` in the current folder]",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """Terms that a file holds.

    Attributes:
        name: The deal's id, with `@` and the amendment for terms that it brought; or the policy's
            id and version.
        terms: The terms; of a policy, those of a supposed deal over the facts' titles.
        is_deal: Whether a deal fixes its parameters, so that nothing can be set.
    """

    name: str
    terms: Terms
    is_deal: bool = False


def open_terms(
    path: Path, *, settings: Sequence[str], facts: Iterable[Fact], policies_folder: Path | None
) -> tuple[Opened, ...]:
    """Open the terms of a file: of every deal in a deals file, or of the one policy.

    Raises:
        ProblemsFound: The file, or what was set, has problems.
        click.UsageError: A setting is not of the form NAME=VALUE.
    """
    text = read_text(path)
    if holds_deals(text):
        policies = load_policies(policies_folder or policies_near(path))
        contracts = read_deals(path, policies=policies).contracts
        return tuple(
            Opened(part.claimed_as(contract.id), part.terms, is_deal=True)
            for contract in contracts
            for part in parts_of(contract)
        )
    policy = policy_from_text(text, file=str(path))
    chosen = chosen_for(policy, settings)
    terms = suppose_terms_of_facts(policy=policy, chosen=chosen, facts=facts)
    return (Opened(f"{policy.id} {policy.version}", terms),)


def chosen_for(policy: Policy, settings: Sequence[str]) -> Mapping[str, object]:
    """Return what the command line sets of a policy's parameters.

    A setting without a policy's name is passed over where the policy has no such parameter.

    Raises:
        click.UsageError: A setting is not of the form NAME=VALUE.
    """
    known = {parameter.id for parameter in policy.parameters}
    chosen: dict[str, object] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign:
            raise click.UsageError(f"--set {setting}: write it as NAME=VALUE.")
        policy_id, colon, own_name = name.partition(":")
        if colon and policy_id == policy.id:
            chosen[own_name] = value
        elif not colon and name in known:
            chosen[name] = value
    return chosen


def settable_policies(opened: Iterable[Opened]) -> list[Policy]:
    """Return the policies whose parameters the command line can set: none that a deal pins."""
    return [own.terms.policy for own in opened if not own.is_deal]


def require_known_settings(settings: Sequence[str], policies: Iterable[Policy]) -> None:
    """Refuse a setting of a parameter that no policy has: it would change nothing, silently.

    Raises:
        click.UsageError: There is one.
    """
    known = {
        name
        for policy in policies
        for parameter in policy.parameters
        for name in (parameter.id, f"{policy.id}:{parameter.id}")
    }
    for setting in settings:
        name = setting.partition("=")[0]
        if name not in known:
            raise click.UsageError(
                f"--set {setting}: no policy has a parameter {name}. "
                "What a deal chose stands in its own file; change it there."
            )


def policies_near(deals_file: Path) -> Path:
    """Return the folder of policies beside a deals file, else the one in the working folder."""
    beside = deals_file.parent / "policies"
    return beside if beside.is_dir() else Path("policies")


def holds_deals(text: str) -> bool:
    """Say whether a text is a deals file rather than a policy."""
    try:
        return "deal" in tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
