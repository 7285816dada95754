"""Somebody who watches, under a pseudonym."""

import secrets

from django.conf import settings
from django.db import models

PSEUDONYM_BITS = 62


def new_pseudonym() -> int:
    """Draw the number under which a viewer appears in the lake; it says nothing about them."""
    return secrets.randbits(PSEUDONYM_BITS) or 1


class Viewer(models.Model):
    """A device without account, or the person of an account.

    A device's viewer becomes the account's at log-in; if the account has one already, the device's
    is merged into it and lives on only as the number that its past events carry.
    """

    id = models.BigIntegerField(primary_key=True, default=new_pseudonym, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="viewer"
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None) | models.Q(merged_into=None),
                name="a_merged_viewer_has_no_account",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
