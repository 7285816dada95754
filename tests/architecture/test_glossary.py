"""One glossary is the source of names."""

import importlib
import inspect
import re

import pytest
from django.apps import apps

from tests.support.repository import ROOT

GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
ENGINES = (
    "duanju.kernel",
    "duanju.deals",
    "duanju.screenplays",
    "duanju.screenplays.evidence",
    "duanju.screenplays.panel",
    "duanju.settlement",
    "duanju.workflows",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
IDENTIFIER = re.compile(r"`([A-Za-z_]+)`")


def explained_names() -> set[str]:
    """Return the identifiers whose line in the glossary also has Chinese."""
    return {
        name
        for line in GLOSSARY.read_text("utf-8").splitlines()
        if CHINESE.search(line)
        for name in IDENTIFIER.findall(line)
    }


@pytest.mark.parametrize("room", ENGINES)
def test_every_noun_of_an_engine_is_in_the_glossary(room: str) -> None:
    face = importlib.import_module(room)
    nouns = {
        name
        for name in face.__all__
        if inspect.isclass(value := getattr(face, name)) and not issubclass(value, Exception)
    }
    assert nouns - explained_names() == set()


def test_every_record_is_in_the_glossary() -> None:
    records = {
        model.__name__
        for application in apps.get_app_configs()
        if application.name.startswith("duanju_web.")
        for model in application.get_models()
    }
    assert records - explained_names() == set()
