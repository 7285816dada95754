"""Keys and signatures for tests."""

from io import BytesIO
from pathlib import Path

from duanju.adapters.documents import Signature, SigningKey, sign_bundle, write_signature
from tests.support.bundles import a_bundle

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
KEY = SigningKey(SEED)
"""The key of the first test of RFC 8032; everybody knows its secret."""

OTHER_KEY = SigningKey(bytes(32))

VECTORS = Path(__file__).parents[1] / "engine" / "documents" / "signature_vectors"


def a_signature(key: SigningKey = KEY) -> Signature:
    """Return the signature over October's bundle."""
    return sign_bundle(a_bundle(), key=key)


def bytes_of_signature(signature: Signature) -> bytes:
    """Return a signature as it is written."""
    stream = BytesIO()
    write_signature(signature, stream=stream)
    return stream.getvalue()
