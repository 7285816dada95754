"""What the keys and words of a policy are called, kept in TOML files that a translator can read.

A file a language, `adapters/prose/fields/<language>.toml`, with the tables `kind` (kinds of
condition; those of clauses are named once for all, in `adapters/prose/words`), `label` (what stands
beside a field), `word` (the words of choices), `meaning` (what a field says) and `kind_meaning`;
English has the last two from the docstrings of the vocabulary. An entry is named by its key,
`currency`, or, where a key means different things, by its table and its key, `tier.rate`.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from duanju.adapters.documents.sentences import LANGUAGES

Words = dict[str, str]
"""Language to text."""


def _load(language: str) -> Mapping[str, Mapping[str, str]]:
    fields, words = (
        tomllib.loads((files("duanju.adapters") / "prose" / own).read_text("utf-8"))
        for own in (f"fields/{language}.toml", f"words/{language}.toml")
    )
    return {**fields, "kind": {**words["kind"], **fields["kind"]}}


FIELD_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    language: _load(language) for language in LANGUAGES
}
"""Language to table to name to text."""


def words_in(table: str, key: str, *, owner: str = "") -> Words:
    """Return the texts of a key by language: those of its owner's own, else the shared ones.

    A language that has neither is left out.
    """
    found: Words = {}
    for language, tables in FIELD_WORDS.items():
        texts = tables.get(table, {})
        text = texts.get(f"{owner}.{key}", texts.get(key))
        if text is not None:
            found[language] = text
    return found
