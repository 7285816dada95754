"""What is left to facts has a sentence in both languages."""

import re
import tomllib

from tests.support.repository import ROOT

FOLDER = ROOT / "src" / "duanju" / "adapters" / "prose" / "conditions"
SOURCE = ROOT / "src" / "duanju" / "deals" / "settlement_conditions.py"
NAMES = re.compile(r"\{(\w+)\}")


def sentences(language: str) -> dict[str, str]:
    """Return code to sentence."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def test_every_condition_has_a_sentence_that_names_the_same_in_both_languages() -> None:
    yielded = re.findall(r'yield "([a-z-]+)", \{"(\w+)"', SOURCE.read_text("utf-8"))
    expected = {f"condition.{code}": {name} for code, name in yielded}
    for language in ("en", "zh-Hans"):
        found = {code: set(NAMES.findall(own)) for code, own in sentences(language).items()}
        assert found == expected
