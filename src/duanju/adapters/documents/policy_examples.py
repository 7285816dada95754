"""One clause of every kind, for the reference, the schema, and whoever begins a form."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_HEAD = "[[clause]]\n"


@cache
def example_policy() -> str:
    """Return the text of a policy that has one clause of every kind."""
    return (files("duanju.adapters.documents") / "policy_examples.toml").read_text("utf-8")


@cache
def example_texts() -> Mapping[str, str]:
    """Return a `[[clause]]` of every kind as TOML, by kind."""
    texts = [_HEAD + text.strip() for text in example_policy().split(_HEAD)[1:]]
    return {tomllib.loads(text)["clause"][0]["kind"]: text for text in texts}


def example_of(kind: str) -> Mapping[str, Any]:
    """Return a clause of a kind as JSON would hold it; numbers with a point are text."""
    data = tomllib.loads(example_texts()[kind], parse_float=str)
    clause: Mapping[str, Any] = data["clause"][0]
    return clause
