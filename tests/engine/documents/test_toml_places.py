"""Every key and value has its line."""

import tomllib
from typing import Any

import pytest

from duanju.adapters.documents.toml_places import Path, find_places, line_of

DOCUMENT = '''\
# a comment with [brackets] and = signs
id = "a # no comment"
title = { en = "One, two", "zh-Hans" = '一 = 二' }

[[clause]]
id = "first"
note = """
several
lines = 1
"""
  [[clause.tier]]
  above = 0
  [[clause.tier]]
  above = 1_000
  rate = { parameter = "rights", a = 1.5, b = 2 }
  [clause.shares]
  studio = 0.5
[[clause]]
id = "second"
list = [
  1,
  { x = 1, y = [2, 3] }, # why
  2026-01-01,
]
dotted.key."quoted key" = true
[[clause.tier]]
above = 5
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("id", 2),
        ("title.zh-Hans", 3),
        ("clause", 5),
        ("clause.0", 5),
        ("clause.0.note", 7),
        ("clause.0.tier.0.above", 12),
        ("clause.0.tier.1", 13),
        ("clause.0.tier.1.rate.b", 15),
        ("clause.0.shares.studio", 17),
        ("clause.1.id", 19),
        ("clause.1.list.1.y.1", 22),
        ("clause.1.list.2", 23),
        ("clause.1.dotted.key.quoted key", 25),
        ("clause.1.tier.0.above", 27),
    ],
)
def test_key_stands_on_its_line(path: str, line: int) -> None:
    assert line_of(find_places(DOCUMENT), path) == line


def test_what_is_missing_is_placed_at_the_table_that_lacks_it() -> None:
    places = find_places(DOCUMENT)
    assert line_of(places, "clause.1.tier.0.rate") == 26
    assert line_of(places, "source") is None


def test_every_value_that_is_read_has_a_place() -> None:
    places = find_places(DOCUMENT)

    def visit(value: Any, path: Path) -> None:
        assert path in places or path == ()
        if isinstance(value, dict):
            for key, inner in value.items():
                visit(inner, (*path, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                visit(inner, (*path, index))

    visit(tomllib.loads(DOCUMENT), ())
