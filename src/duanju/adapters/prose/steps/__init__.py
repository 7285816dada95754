"""What steps of proofs say, in English and in Chinese.

A folder a language and a file a subject. A code has one sentence, or a table of sentences, of which
the first holds whose key fits: `otherwise`; the name of an input that is there; or an input and its
value, `reading=whole_amount`.

A name in braces is an input, or `result`. `{rate:money}` shows major units of the step's currency,
`{amount:minor}` minor units, `{share:percent}` a percentage, `{above:threshold}` a threshold.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from duanju.adapters.prose.numbers import LANGUAGES, say_exactly
from duanju.kernel import ProofStep

Variants = Mapping[str, str]
OTHERWISE = "otherwise"


def _load(language: str) -> Mapping[str, Variants]:
    subjects = sorted((files(__package__) / language).iterdir(), key=lambda own: own.name)
    found: dict[str, Variants] = {}
    for own in subjects:
        for code, entry in tomllib.loads(own.read_text("utf-8")).items():
            assert code not in found, f"the step {code} has two sentences"
            found[code] = entry if isinstance(entry, dict) else {OTHERWISE: entry}
    return found


STEP_SENTENCES: Mapping[str, Mapping[str, Variants]] = {own: _load(own) for own in LANGUAGES}
"""Language to step code to its sentences by when they hold."""


def sentence_of(step: ProofStep, language: str) -> str:
    """Return the template of a step; of a code without one, the code and its result."""
    variants = STEP_SENTENCES[language].get(step.code)
    if variants is None:
        return f"{step.code}: {{result}}"
    return next(
        (sentence for key, sentence in variants.items() if _fits(step, key)), variants[OTHERWISE]
    )


def _fits(step: ProofStep, key: str) -> bool:
    name, _, wanted = key.partition("=")
    value = step.inputs.get(name)
    if value is None or not wanted:
        return value is not None
    return (
        value if isinstance(value, str) else say_exactly(value, "en").replace(",", "")
    ) == wanted
