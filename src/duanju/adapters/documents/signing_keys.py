"""Keys that sign statements: Ed25519 in PEM files, the private one readable by its owner alone."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from duanju.adapters.documents.reading import read_text
from duanju.kernel import Problem, ProblemsFound, Where

KEY_BYTES_MAX = 16 * 1024
"""Larger files hold no key and are refused before they are read."""

PRIVATE_MODE = 0o600
PUBLIC_MODE = 0o644


@dataclass(frozen=True)
class PublicKey:
    """What everybody may know, and what a signature is verified with.

    Attributes:
        raw: The 32 bytes of the key.
    """

    raw: bytes

    @cached_property
    def id(self) -> str:
        """SHA-256 of the key's 32 bytes, in hexadecimal: what people compare."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def pem(self) -> bytes:
        """The key as the file that others are handed."""
        return Ed25519PublicKey.from_public_bytes(self.raw).public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def accepts(self, signature: bytes, message: bytes) -> bool:
        """Say whether the signature was made over the message with the private half."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """The private half of a key.

    Attributes:
        seed: The 32 secret bytes; never shown.
    """

    seed: bytes

    def __repr__(self) -> str:
        """Name the key without telling it."""
        return f"SigningKey({self.public.id[:16]})"

    @cached_property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self._private.public_key().public_bytes_raw())

    @property
    def pem(self) -> bytes:
        """The key as the file that its owner keeps: PKCS #8, not encrypted."""
        return self._private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature; the same message has the same one.

        Source: RFC 8032, Ed25519.
        """
        return self._private.sign(message)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def public_key_path(path: Path) -> Path:
    """Return where the public half of a key file lies: `aurora.pem` has `aurora.public.pem`."""
    return path.with_name(f"{path.name.removesuffix('.pem')}.public.pem")


def make_key_files(path: Path) -> SigningKey:
    """Make a key, and write it with its public half beside it; nothing is ever overwritten.

    Args:
        path: Of the private file, whose folder is made if absent.

    Raises:
        ProblemsFound: One of the two files is there already, or cannot be written.
    """
    beside = public_key_path(path)
    for own in (path, beside):
        if own.exists() or own.is_symlink():
            raise _found("documents.key-is-there", own)
    key = SigningKey(secrets.token_bytes(32))
    _write_once(path, key.pem, PRIVATE_MODE)
    _write_once(beside, key.public.pem, PUBLIC_MODE)
    return key


def signing_key_at(path: Path) -> SigningKey:
    """Return the key of a file, which is made at first use; of several at once, one is kept.

    Raises:
        ProblemsFound: The file cannot be written, or holds no key.
    """
    if not path.exists():
        try:
            _write_once(path, SigningKey(secrets.token_bytes(32)).pem, PRIVATE_MODE)
        except ProblemsFound as found:
            if found.problems[0].code != "documents.key-is-there":
                raise
    return read_signing_key(path)


def read_signing_key(path: Path) -> SigningKey:
    """Read the private half of a key.

    Raises:
        ProblemsFound: There is no such file, or it holds no private Ed25519 key in the open.
    """
    try:
        key = serialization.load_pem_private_key(_content(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _found("documents.not-a-private-key", path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _found("documents.not-a-private-key", path)
    return SigningKey(key.private_bytes_raw())


def read_public_key(path: Path) -> PublicKey:
    """Read the public half of a key.

    Raises:
        ProblemsFound: There is no such file, or it holds no public Ed25519 key.
    """
    try:
        key = serialization.load_pem_public_key(_content(path))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _found("documents.not-a-public-key", path) from None
    if not isinstance(key, Ed25519PublicKey):
        raise _found("documents.not-a-public-key", path)
    return PublicKey(key.public_bytes_raw())


def _content(path: Path) -> bytes:
    return read_text(path, bytes_max=KEY_BYTES_MAX).encode()


def _write_once(path: Path, content: bytes, mode: int) -> None:
    """Write a file whole or not at all, and never over another, also of several at once."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.link(beside, path)
        finally:
            beside.unlink()
    except FileExistsError:
        raise _found("documents.key-is-there", path) from None
    except OSError as error:
        raise _found("documents.key-not-written", path, reason=error.strerror or "") from None


def _found(code: str, path: Path, **params: str) -> ProblemsFound:
    return ProblemsFound((Problem(code, Where(str(path)), {"file": str(path), **params}),))
