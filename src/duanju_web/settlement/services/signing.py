"""Vouching for statements: each platform's own key, and signatures with it."""

from io import BytesIO

from django.conf import settings

from duanju.adapters.documents import (
    PublicKey,
    SigningKey,
    StatementFiles,
    sign_bundle,
    signing_key_at,
    write_signature,
)
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.selectors.bundles import bundle_of
from duanju_web.shared.models import Organisation


def public_key_of(platform: Organisation) -> PublicKey:
    """Return the key with which a platform's signatures are verified; made at first use."""
    return _key_of(platform).public


def signature_as_bytes(record: StatementRecord) -> bytes:
    """Return a platform's signature over the bundle of a statement; the same each time.

    With the bundle's other sections, the link of the closed month in its chain is signed.
    """
    signature = sign_bundle(bundle_of(record), key=_key_of(record.close.platform))
    stream = BytesIO()
    write_signature(signature, stream=stream)
    return stream.getvalue()


def files_of(record: StatementRecord) -> StatementFiles:
    """Return what the files of a statement are called when they are downloaded."""
    name = f"{record.number}-{record.close.period}"
    return StatementFiles(
        bundle=f"{name}.bundle.json",
        signature=f"{name}.signature.json",
        public_key=f"{record.close.platform.slug}.public.pem",
    )


def _key_of(platform: Organisation) -> SigningKey:
    return signing_key_at(settings.SIGNING_KEYS_FOLDER / f"{platform.slug}.pem")
