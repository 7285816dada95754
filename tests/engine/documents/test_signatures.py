"""A signature vouches for every byte of a bundle, and says what differs."""

import json
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.adapters.documents import (
    PublicKey,
    SigningKey,
    explain_problem,
    make_key_files,
    public_key_path,
    read_bundle,
    read_public_key,
    read_signature,
    read_signing_key,
    signing_key_at,
    verify_bundle,
)
from duanju.adapters.documents.bundles import SECTIONS
from duanju.adapters.documents.signatures import HashesTable
from duanju.kernel import ProblemsFound, canonical_json
from tests.support.bundles import a_bundle, bytes_of, changed
from tests.support.signatures import KEY, OTHER_KEY, VECTORS, a_signature, bytes_of_signature

WRITTEN = bytes_of(a_bundle())
SIGNATURE = a_signature()
SIGNED = bytes_of_signature(SIGNATURE)
PUBLIC = KEY.public


def verified(bundle: bytes, signature: bytes = SIGNED, key: PublicKey = PUBLIC) -> list[Any]:
    """Return code and path of all that keeps a signature from vouching; each has a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        path, beside = Path(folder) / "b.json", Path(folder) / "s.json"
        path.write_bytes(bundle)
        beside.write_bytes(signature)
        try:
            problems = verify_bundle(path, signature=read_signature(beside), key=key)
        except ProblemsFound as found:
            problems = found.problems
    for problem in problems:
        for language in ("en", "zh-Hans"):
            assert "<" not in explain_problem(problem, language=language).sentence
    return [(own.code, own.where.path) for own in problems]


def test_signing_is_that_of_the_standard() -> None:
    """RFC 8032, section 7.1, test 1."""
    assert PUBLIC.raw.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert KEY.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert PUBLIC.id == "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9"
    assert "9d61" not in repr(KEY)


def test_signature_of_an_earlier_version_is_still_verified() -> None:
    bundle, signature = VECTORS / "statement.bundle.json", VECTORS / "statement.signature.json"
    key = read_public_key(VECTORS / "rfc8032.public.pem")
    assert key == PUBLIC
    read = read_signature(signature)
    assert verify_bundle(bundle, signature=read, key=key) == ()
    assert KEY.sign(read.message).hex() == read.signature
    data = json.loads(signature.read_bytes())
    del data["signature"]
    assert read.message == canonical_json(data)


def test_signature_is_read_as_it_was_written_and_vouches(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(SIGNED)
    assert read_signature(path) == SIGNATURE == a_signature()
    assert verified(WRITTEN) == []


def test_what_is_signed_holds_every_section_and_the_link_of_the_closed_month(
    tmp_path: Path,
) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(WRITTEN)
    data = json.loads(SIGNED)
    bundle = read_bundle(path)
    assert bundle.snapshot is not None
    assert tuple(data["hashes"]) == tuple(sorted(SECTIONS))
    assert set(HashesTable.model_fields) == set(SECTIONS)
    assert data["hashes"] == json.loads(WRITTEN)["hashes"]
    assert data["digest"] == json.loads(WRITTEN)["digest"]
    assert data["period"] == str(bundle.period)
    assert data["snapshot_digest"] == bundle.snapshot.digest
    assert data["previous_digest"] == bundle.snapshot.previous_digest
    assert data["key_id"] == PUBLIC.id


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("rehash", [False, True])
def test_section_that_was_changed_is_named_even_if_all_hashes_were_made_again(
    section: str, rehash: bool
) -> None:
    def change(data: dict[str, Any]) -> None:
        data[section] = ["something else"]

    found = verified(changed(a_bundle(), change, rehash=rehash))
    assert found == [("documents.signed-otherwise", section)]


def test_part_that_is_missing_or_added_is_named() -> None:
    def without_rates(data: dict[str, Any]) -> None:
        del data["rates"]

    assert verified(changed(a_bundle(), without_rates, rehash=False)) == [
        ("documents.signed-otherwise", "rates")
    ]

    def with_more(data: dict[str, Any]) -> None:
        data["more"] = None

    assert verified(changed(a_bundle(), with_more, rehash=False)) == [
        ("documents.bundle-not-as-written", "more")
    ]


@pytest.mark.parametrize(
    ("bundle", "code"),
    [
        (WRITTEN + b"\n", "documents.other-bytes"),
        (b"\xef\xbb\xbf" + WRITTEN, "documents.other-bytes"),
        (json.dumps(json.loads(WRITTEN), indent=1).encode(), "documents.other-bytes"),
        (WRITTEN[:-1], "documents.not-json"),
        (b"\xff" + WRITTEN, "documents.not-utf8"),
        (b"[]", "documents.not-json"),
        (b'{"format":"duanju-bundle/2"}', "documents.unknown-format"),
        (WRITTEN.replace(b"Asia/", b"\\ud800"), "documents.not-json"),
    ],
)
def test_bundle_in_other_bytes_is_not_the_signed_one(bundle: bytes, code: str) -> None:
    assert [own for own, _ in verified(bundle)] == [code]


@given(place=st.integers(0, len(WRITTEN) - 1), byte=st.integers(0, 255))
def test_any_changed_byte_of_a_bundle_is_found(place: int, byte: int) -> None:
    content = WRITTEN[:place] + bytes([byte]) + WRITTEN[place + 1 :]
    assert bool(verified(content)) == (content != WRITTEN)


def test_every_changed_byte_of_a_signature_is_found() -> None:
    """By turns its lowest bit, and the bit that makes a letter large or small."""
    for place, byte in enumerate(SIGNED):
        flipped = byte ^ (1, 32)[place % 2]
        content = SIGNED[:place] + bytes([flipped]) + SIGNED[place + 1 :]
        assert verified(WRITTEN, content) != [], (place, chr(byte))


FIELDS = {
    "algorithm": ("Ed448", "documents.not-one-of"),
    "digest": ("0" * 64, "documents.signature-changed"),
    "format": ("duanju-signature/2", "documents.unknown-format"),
    "key_id": ("0" * 64, "documents.signature-changed"),
    "period": ("2026-11", "documents.signature-changed"),
    "previous_digest": ("", "documents.signature-changed"),
    "signature": ("0" * 128, "documents.not-signed-with-this-key"),
    "snapshot_digest": ("", "documents.signature-changed"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_field_of_a_signature_that_was_changed_is_named(name: str) -> None:
    value, code = FIELDS[name]
    content = canonical_json(json.loads(SIGNED) | {name: value})
    path = "" if name == "format" else name
    assert verified(WRITTEN, content) == [(code, path)]


def test_every_field_of_a_signature_is_tried() -> None:
    assert set(FIELDS) | {"hashes"} == set(json.loads(SIGNED))


@pytest.mark.parametrize("section", SECTIONS)
def test_hash_in_a_signature_that_was_changed_is_named(section: str) -> None:
    data = json.loads(SIGNED)
    data["hashes"][section] = "0" * 64
    found = verified(WRITTEN, canonical_json(data))
    assert found == [("documents.signature-changed", f"hashes.{section}")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"more": 1}, "documents.unknown-key"),
        ({"signature": "A" * 128}, "documents.bad-id"),
        ({"signature": "a" * 127}, "documents.bad-id"),
        ({"period": "2026-13"}, "documents.wrong-type"),
        ({"key_id": 7}, "documents.wrong-type"),
        ({"hashes": {}}, "documents.missing-key"),
        ({"hashes": [[[[[]]]]]}, "documents.not-json"),
    ],
)
def test_malformed_signature_is_refused_with_its_part(change: dict[str, Any], code: str) -> None:
    found = verified(WRITTEN, canonical_json(json.loads(SIGNED) | change))
    assert code in {own for own, _ in found}


def test_another_key_is_named() -> None:
    assert verified(WRITTEN, SIGNED, OTHER_KEY.public) == [
        ("documents.signed-with-another-key", "key_id")
    ]
    forged = canonical_json(json.loads(SIGNED) | {"key_id": OTHER_KEY.public.id})
    assert verified(WRITTEN, forged, OTHER_KEY.public) == [
        ("documents.not-signed-with-this-key", "signature")
    ]


def test_signature_over_another_bundle_does_not_vouch() -> None:
    other = a_bundle(facts=a_bundle().facts[:-1])
    assert {code for code, _ in verified(bytes_of(other))} == {"documents.signed-otherwise"}


def test_key_files_are_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "aurora.pem"
    key = make_key_files(path)
    public = public_key_path(path)
    assert public.name == "aurora.public.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_signing_key(path) == key
    assert read_public_key(public) == key.public
    assert sorted(own.name for own in path.parent.iterdir()) == [path.name, public.name]
    before = path.read_bytes(), public.read_bytes()
    with pytest.raises(ProblemsFound, match="key-is-there"):
        make_key_files(path)
    assert (path.read_bytes(), public.read_bytes()) == before
    path.unlink()
    with pytest.raises(ProblemsFound, match="key-is-there"):
        make_key_files(path)
    assert not path.exists()
    assert public.read_bytes() == before[1]


def test_key_is_made_once_at_first_use_by_however_many(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "platform.pem"
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: signing_key_at(path), range(64)))
    assert len(keys) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    assert keys == {read_signing_key(path)}


@pytest.mark.parametrize("reader", [read_signing_key, read_public_key])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no key", b"x" * 20_000])
def test_file_that_holds_no_key_is_refused(reader: Any, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "k.pem"
    path.write_bytes(content)
    with pytest.raises(ProblemsFound):
        reader(path)
    with pytest.raises(ProblemsFound):
        reader(tmp_path / "none.pem")


def test_halves_of_a_key_are_not_taken_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "k.pem"
    make_key_files(path)
    with pytest.raises(ProblemsFound, match="not-a-public-key"):
        read_public_key(path)
    with pytest.raises(ProblemsFound, match="not-a-private-key"):
        read_signing_key(public_key_path(path))


@given(seed=st.binary(min_size=32, max_size=32))
def test_key_survives_its_file(seed: bytes) -> None:
    key = SigningKey(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "k.pem"
        path.write_bytes(key.pem)
        assert read_signing_key(path) == key
        path.write_bytes(key.public.pem)
        assert read_public_key(path) == key.public
