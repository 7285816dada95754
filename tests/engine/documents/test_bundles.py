"""Bundles are read as they were written, or refused with the part that is wrong."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from duanju.adapters.documents import bundles, explain_problem, read_bundle
from duanju.adapters.documents.bundles import SECTIONS
from duanju.kernel import ProblemsFound, canonical_json
from duanju.workflows import replay
from tests.support.bundles import a_bundle, bytes_of, changed, in_file

BUNDLE = a_bundle()
WRITTEN = bytes_of(BUNDLE)


def refused(folder: Path, content: bytes) -> list[tuple[str, str]]:
    """Return code and path of everything for which a bundle is refused."""
    with pytest.raises(ProblemsFound) as found:
        read_bundle(in_file(folder, content))
    for problem in found.value.problems:
        for language in ("en", "zh-Hans"):
            assert "<" not in explain_problem(problem, language=language).sentence
    return [(own.code, own.where.path) for own in found.value.problems]


def test_bundle_is_read_as_it_was_written_and_has_the_same_bytes(tmp_path: Path) -> None:
    read = read_bundle(in_file(tmp_path, WRITTEN))
    assert read == BUNDLE
    assert bytes_of(read) == WRITTEN
    assert canonical_json(json.loads(WRITTEN)) == WRITTEN
    assert bytes_of(a_bundle()) == WRITTEN


def test_bundle_that_was_read_replays(tmp_path: Path) -> None:
    done = replay(read_bundle(in_file(tmp_path, WRITTEN)))
    assert (done.is_equal, done.deviations, done.problems) == (True, (), ())


def digits_of(section: str) -> list[int]:
    """Return the places of the first, a middle and the last digit of a section."""
    text = WRITTEN.decode()
    value = canonical_json(json.loads(WRITTEN)[section]).decode()
    begin = text.index(f'"{section}":{value}') + len(section) + 3
    places = [begin + match.start() for match in re.finditer(r"\d", value)]
    return sorted({places[0], places[len(places) // 2], places[-1]}) if places else []


PLACES = [
    (section, place) for section in (*SECTIONS, "hashes", "digest") for place in digits_of(section)
]


def test_every_section_that_has_a_digit_is_tried() -> None:
    assert {section for section, _ in PLACES} == {*SECTIONS, "hashes", "digest"} - {"rates"}


@pytest.mark.parametrize(("section", "place"), PLACES)
def test_one_digit_changed_anywhere_is_noticed(section: str, place: int, tmp_path: Path) -> None:
    text = WRITTEN.decode()
    other = str((int(text[place]) + 1) % 10)
    content = (text[:place] + other + text[place + 1 :]).encode()
    found = refused(tmp_path, content)
    own = "digest" if section == "hashes" else section
    assert any(path.split(".")[0] == own for _, path in found), found


def set_in(*keys: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    """Return a change that puts a value somewhere."""

    def change(data: dict[str, Any]) -> None:
        inner: Any = data
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] = value

    return change


MALFORMED = [
    (("settlement", "period"), "2026-13", "documents.wrong-type"),
    (("settlement", "closed"), ["2026-09", 3], "documents.wrong-type"),
    (("settlement", "closed"), ["2026-10"], "documents.closed-bundle"),
    (("policies", 0, "document"), "id = ", "documents.not-toml"),
    (("policies", 0, "digest"), "0" * 64, "documents.other-policy"),
    (("deal", "terms", "policy"), "0" * 64, "documents.policy-not-in-bundle"),
    (("deal", "terms", "parties"), {"platform": "aurora"}, "deals.missing-party"),
    (("deal", "terms", "parameters"), {"colour": "red"}, "deals.unknown-parameter"),
    (("deal", "amendments", 0, "effective_on"), "2020-01-01", "deals.amendment-outside-the-deal"),
    (("deal", "amendments", 0, "by"), "today", "documents.not-one-of"),
    (("facts", 0, "quantity"), 10**31, "documents.wrong-type"),
    (("facts", 0, "quantity"), "5", "documents.wrong-type"),
    (("facts", 0, "ends_on"), "2027-01-01", "documents.bad-fact"),
    (("facts", 0, "mood"), "good", "documents.unknown-key"),
    (("facts", 0, "channel"), "", "documents.bundle-not-as-written"),
    (("ledger", 0, "legs", 0, "amount_minor"), 1, "documents.unbalanced-transaction"),
    (("ledger", 0, "currency"), "RMB", "documents.wrong-type"),
    (("rates"), ["7.1"], "documents.wrong-type"),
    (("statements", 0, "payer"), "aurora", "documents.wrong-type"),
    (("statements", 0, "lines", 0, "proof", "result"), "2/4", "documents.not-a-number"),
    (("statements", 0, "lines", 0, "proof", "result"), "1/0", "documents.not-a-number"),
    (("statements", 0, "lines", 0, "proof", "steps"), {}, "documents.wrong-type"),
    (("snapshot", "digest"), "short", "documents.bad-id"),
    (("more",), 1, "documents.unknown-key"),
]


@pytest.mark.parametrize(("keys", "value", "code"), MALFORMED)
def test_malformed_part_is_named_though_all_hashes_are_right(
    keys: tuple[str | int, ...], value: object, code: str, tmp_path: Path
) -> None:
    path = (keys,) if isinstance(keys, str) else keys
    found = refused(tmp_path, changed(BUNDLE, set_in(*path, value=value), rehash=True))
    assert code in {own for own, _ in found}, found
    assert any(place.startswith(str(path[0])) for _, place in found)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        WRITTEN.replace(b'"quantity":', b'"quantity":0,"quantity":', 1),
        WRITTEN.replace(b'"rates":[]', b'"rates":[0.5]'),
        WRITTEN.replace(b'"rates":[]', b'"rates":[NaN]'),
        WRITTEN.replace(b'"rates":[]', b'"rates":' + b"[" * 65 + b"]" * 65),
        WRITTEN.replace(b'"rates":[]', b'"rates":' + b"[" * 10**5 + b"]" * 10**5),
        WRITTEN.replace(b'"rates":[]', b'"rates":[' + b"9" * 10**4 + b"]"),
    ],
)
def test_text_that_is_no_exact_json_is_refused(content: bytes, tmp_path: Path) -> None:
    assert [code for code, _ in refused(tmp_path, content)] == ["documents.not-json"]


def test_other_format_and_too_large_a_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = changed(BUNDLE, set_in("format", value="duanju-bundle/2"), rehash=True)
    assert [code for code, _ in refused(tmp_path, later)] == ["documents.unknown-format"]
    monkeypatch.setattr(bundles, "BYTES_MAX", len(WRITTEN) - 1)
    assert [code for code, _ in refused(tmp_path, WRITTEN)] == ["documents.too-large"]


def test_bundle_of_another_statement_has_other_bytes() -> None:
    assert bytes_of(replace(BUNDLE, zone="UTC")) != WRITTEN
    assert bytes_of(replace(BUNDLE, snapshot=None)) != WRITTEN
