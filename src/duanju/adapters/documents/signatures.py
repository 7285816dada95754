"""Signatures over bundles: a document of its own that says who vouches for which hashes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

from pydantic import Field

from duanju.adapters.documents.bundle_tables import MonthText, Sha256
from duanju.adapters.documents.bundles import (
    SECTIONS,
    bundle_as_data,
    digest_of_hashes,
    parse_bundle,
)
from duanju.adapters.documents.json_reading import read_json
from duanju.adapters.documents.signing_keys import PublicKey, SigningKey
from duanju.adapters.documents.toml_reading import Document, Row
from duanju.kernel import Month, Problem, ProblemsFound, Where, canonical_json, digest
from duanju.workflows import Bundle

FORMAT = "duanju-signature/1"
"""Stable: signatures made by one version are verified by the next."""

ALGORITHM = "Ed25519"
"""The only one; its signatures are deterministic and no choice of its own weakens them."""

BYTES_MAX = 64 * 1024
"""Larger files are no signature and are refused before they are read."""

DEPTH_MAX = 4

_NOTHING = object()
"""Equal to nothing that a file can say."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What was signed of a bundle, and by whom.

    Attributes:
        key_id: SHA-256 of the public key's 32 bytes.
        period: The month of the statement.
        digest: The bundle's: of the hashes of all its sections.
        hashes: Section to its hash, so that a difference can be named.
        snapshot_digest: Of the closed month; empty where the month was not closed.
        previous_digest: Of the month closed before; empty for the first.
        signature: 64 bytes over all the rest, in hexadecimal.
    """

    key_id: str
    period: Month
    digest: str
    hashes: Mapping[str, str]
    snapshot_digest: str
    previous_digest: str
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What is signed: the canonical JSON of the document without `signature`."""
        return canonical_json(_content_of(self))


class HashesTable(Row):
    """`hashes`."""

    settlement: Sha256
    policies: Sha256
    deal: Sha256
    facts: Sha256
    ledger: Sha256
    rates: Sha256
    statements: Sha256
    snapshot: Sha256


class SignatureTable(Row):
    """The whole document."""

    format: Literal["duanju-signature/1"]
    algorithm: Literal["Ed25519"]
    key_id: Sha256
    period: MonthText
    digest: Sha256
    hashes: HashesTable
    snapshot_digest: Sha256 | Literal[""]
    previous_digest: Sha256 | Literal[""]
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]


def sign_bundle(bundle: Bundle, *, key: SigningKey) -> Signature:
    """Sign a bundle: its hashes, and with them the closed month's link in the chain."""
    unsigned = _signature_of(bundle_as_data(bundle), key.public)
    return replace(unsigned, signature=key.sign(unsigned.message).hex())


def write_signature(signature: Signature, *, stream: BinaryIO) -> None:
    """Write a signature as canonical JSON."""
    stream.write(canonical_json(_content_of(signature) | {"signature": signature.signature}))


def read_signature(path: Path) -> Signature:
    """Read what `write_signature` wrote, and nothing that differs from it by a byte.

    Raises:
        ProblemsFound: With every part that is malformed, each with its path.
    """
    data = read_json(path, known=FORMAT, bytes_max=BYTES_MAX, depth_max=DEPTH_MAX)
    document = Document(str(path), data, {})
    table: SignatureTable | None = document.read(SignatureTable, data, "")
    document.require_good()
    assert table is not None
    _require_bytes(path, data)
    return Signature(
        key_id=table.key_id,
        period=table.period,
        digest=table.digest,
        hashes={section: getattr(table.hashes, section) for section in SECTIONS},
        snapshot_digest=table.snapshot_digest,
        previous_digest=table.previous_digest,
        signature=table.signature,
    )


def require_as_written(path: Path) -> None:
    """Refuse a bundle that says what Duanju writes, but in other bytes.

    Raises:
        ProblemsFound: It is such a one.
    """
    _require_bytes(path, parse_bundle(path))


def verify_bundle(path: Path, *, signature: Signature, key: PublicKey) -> tuple[Problem, ...]:
    """Return everything that keeps a signature from vouching for a bundle; nothing if it does.

    What differs is named: the sections of the bundle, where the signature's document is as it was
    signed; the parts of that document, where the bundle is; that it is of another key. Only where
    neither is as it was signed, that alone can be said.

    Args:
        path: Of the bundle.
        signature: As it came with the bundle.
        key: The public key as its owner made it known, by another way than the bundle's.

    Raises:
        ProblemsFound: The file is no JSON of a bundle.
    """
    data = parse_bundle(path)
    found = _signature_of(data, key)
    made = bytes.fromhex(signature.signature)
    if key.accepts(made, signature.message):
        problems = [
            *_signed_otherwise(signature, found, path),
            *_rewritten(data, found, signature, path),
        ]
        if not problems and not _has_bytes(path, data):
            problems.append(Problem("documents.other-bytes", Where(str(path))))
        return tuple(problems)
    if key.accepts(made, found.message):
        return tuple(
            Problem("documents.signature-changed", Where(path=place), params)
            for place, params in _differences(signed=found, found=signature)
        )
    if signature.key_id != key.id:
        ids = {"signed": signature.key_id, "given": key.id}
        return (Problem("documents.signed-with-another-key", Where(path="key_id"), ids),)
    return (Problem("documents.not-signed-with-this-key", Where(path="signature"), {"id": key.id}),)


def _signature_of(data: Mapping[str, Any], key: PublicKey) -> Signature:
    """Return what a bundle's data comes to, without any trust in the hashes that it states."""
    hashes = {
        section: digest(data[section]) if section in data else "missing" for section in SECTIONS
    }
    link = _table(data, "snapshot")
    return Signature(
        key_id=key.id,
        period=_month(_table(data, "settlement").get("period")),
        digest=digest_of_hashes(hashes),
        hashes=hashes,
        snapshot_digest=str(link.get("digest", "")),
        previous_digest=str(link.get("previous_digest", "")),
    )


def _content_of(signature: Signature) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "algorithm": ALGORITHM,
        "key_id": signature.key_id,
        "period": str(signature.period),
        "digest": signature.digest,
        "hashes": dict(signature.hashes),
        "snapshot_digest": signature.snapshot_digest,
        "previous_digest": signature.previous_digest,
    }


def _signed_otherwise(signed: Signature, found: Signature, path: Path) -> Iterator[Problem]:
    """Yield a problem for each part of a bundle that is not the signed one."""
    differences = list(_differences(signed=signed, found=found))
    sections = [own for own in differences if own[0].startswith("hashes.")]
    for place, params in sections or differences:
        name = place.removeprefix("hashes.")
        where = Where(str(path), path=name)
        yield Problem("documents.signed-otherwise", where, params | {"part": name})


def _differences(*, signed: Signature, found: Signature) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the path of each part that is not as it was signed, with what it was and is."""
    for section in SECTIONS:
        pair = {"signed": signed.hashes[section], "found": found.hashes[section]}
        if pair["signed"] != pair["found"]:
            yield f"hashes.{section}", pair | {"part": f"hashes.{section}"}
    for name in ("key_id", "period", "digest", "snapshot_digest", "previous_digest"):
        pair = {"signed": str(getattr(signed, name)), "found": str(getattr(found, name))}
        if pair["signed"] != pair["found"]:
            yield name, pair | {"part": name}


def _rewritten(
    data: Mapping[str, Any], found: Signature, signed: Signature, path: Path
) -> Iterator[Problem]:
    """Yield a problem for each part outside the sections that neither was signed nor follows."""
    known = [{"hashes": dict(own.hashes), "digest": own.digest} for own in (found, signed)]
    for name in dict.fromkeys(["hashes", "digest", *data]):
        if name in {"format", *SECTIONS}:
            continue
        if data.get(name) not in [own.get(name, _NOTHING) for own in known]:
            where = Where(str(path), path=name)
            yield Problem("documents.bundle-not-as-written", where, {"section": name})


def _require_bytes(path: Path, data: Mapping[str, Any]) -> None:
    if not _has_bytes(path, data):
        raise ProblemsFound((Problem("documents.other-bytes", Where(str(path))),))


def _has_bytes(path: Path, data: Mapping[str, Any]) -> bool:
    return path.read_bytes() == canonical_json(data)


def _table(data: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    table = data.get(section)
    return table if isinstance(table, Mapping) else {}


def _month(text: object) -> Month:
    try:
        return Month.parse(str(text))
    except ValueError:
        return Month(1, 1)
