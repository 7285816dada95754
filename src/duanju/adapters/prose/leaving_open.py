"""What a policy leaves to facts, said in sentences."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from duanju.adapters.prose.numbers import LANGUAGES
from duanju.adapters.prose.proofs import NO_NAMES, Names
from duanju.adapters.prose.speaking import Speaker
from duanju.deals import SettlementCondition


def _load(language: str) -> Mapping[str, str]:
    own = files(__package__) / "conditions" / f"{language}.toml"
    return tomllib.loads(own.read_text("utf-8"))


CONDITION_SENTENCES: Mapping[str, Mapping[str, str]] = {own: _load(own) for own in LANGUAGES}
"""Language to the code of a condition to its sentence."""


def explain_condition(
    condition: SettlementCondition, *, language: str, names: Names = NO_NAMES
) -> str:
    """Return a condition as a sentence.

    Args:
        condition: Of `find_conditions`.
        language: `en` or `zh-Hans`; any other reads English.
        names: Titles of clauses and deductions by id, see `policy_titles`; an id without one is
            shown as it is.
    """
    speaker = Speaker.of(language)
    template = CONDITION_SENTENCES[speaker.language][condition.code]
    words = {
        kind: names.get(own) or speaker.name(kind, own) for kind, own in condition.params.items()
    }
    sentence = template.format(**words)
    return sentence[:1].upper() + sentence[1:]
