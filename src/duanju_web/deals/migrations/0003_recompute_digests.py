"""Digests of policies, computed anew, and what the library knows of each.

A policy's digest leaves out what stands at its default since the language of terms has grown, so
every stored digest changes once. What the policies say is the same.
"""

from django.db import migrations

from duanju.adapters.documents import policy_from_text
from duanju_web.deals.mapping.library import kinds_of, words_of


def recompute_digests(apps, _schema_editor):
    """Give versions and the deals that pin them the digest that is computed today."""
    versions = apps.get_model("deals", "PolicyVersion").objects
    deals = apps.get_model("deals", "Deal").objects
    for version in versions.iterator():
        policy = policy_from_text(version.document)
        deals.filter(policy_version=version).update(policy_digest=policy.digest)
        versions.filter(pk=version.pk).update(
            digest=policy.digest, kinds=kinds_of(policy), words=words_of(policy)
        )


class Migration(migrations.Migration):
    """Once, without a way back: the old computation is no longer there."""

    dependencies = [("deals", "0002_drafts_parties_and_reported_facts")]

    operations = [migrations.RunPython(recompute_digests, migrations.RunPython.noop)]
