"""Organisations, their members, and who is asked to join."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    """What an organisation does in the industry."""

    PLATFORM = "platform", _("Platform")
    STUDIO = "studio", _("Studio")
    WRITER = "writer", _("Writer")
    BUYER = "buyer", _("Buyer")
    LOCALIZER = "localizer", _("Localizer")
    JUROR = "juror", _("Juror")
    BRAND = "brand", _("Brand")


class Role(models.TextChoices):
    """What a member may do for the organisation."""

    OWNER = "owner", pgettext_lazy("role", "Owner")
    PRODUCER = "producer", pgettext_lazy("role", "Producer")
    ACCOUNTANT = "accountant", pgettext_lazy("role", "Accountant")
    MEMBER = "member", pgettext_lazy("role", "Member")


class Organisation(models.Model):
    """A company, a workshop or a person in business, of one kind."""

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=OrganisationKind)
    name = models.JSONField()
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    created_at = models.DateTimeField(auto_now_add=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Membership(models.Model):
    """One person's role in one organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)

    class Meta:
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.organisation_id}"


class Invitation(models.Model):
    """Somebody who was asked by e-mail to join; the token is in the mail only."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation_id}"
