"""The form by which a platform proposes an amendment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.deals import Policy
from duanju_web.deals.models import Deal, DealAmendment, PolicyVersion
from duanju_web.deals.pages.forms import PARAMETER, PartiesForm
from duanju_web.deals.services import AmendmentDraft


class AmendmentForm(PartiesForm):
    """Asks for the parameters of the new terms, from when they hold, and over what."""

    mode = forms.ChoiceField(
        label=_("How the new terms stand"),
        choices=DealAmendment.Mode.choices,
        widget=forms.RadioSelect,
        initial=DealAmendment.Mode.OVER,
    )
    by = forms.ChoiceField(
        label=_("What they hold for"),
        choices=DealAmendment.Reach.choices,
        widget=forms.RadioSelect,
        initial=DealAmendment.Reach.PLAY_DATE,
    )
    effective_on = forms.DateField(
        label=_("First day of the new terms"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Not needed where they hold for the whole deal."),
    )
    valid_until = forms.DateField(
        label=_("The studio can accept until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    message = forms.CharField(
        label=pgettext_lazy("offer", "Message"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        policy: Policy,
        deal: Deal,
        organisations: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        """Begin with what the deal chose, where the policy still asks for it."""
        super().__init__(
            *args, policy=policy, organisations=organisations, filled=deal.parties, **kwargs
        )
        for name, field in self.fields.items():
            if not name.startswith(PARAMETER):
                continue
            chosen = deal.parameters.get(name.removeprefix(PARAMETER))
            words = dict(getattr(field, "choices", ()))
            if chosen and (not words or chosen in words):
                field.initial = chosen
        asked = [name for name in self.fields if name.startswith(PARAMETER)]
        self.order_fields([*asked, "mode", "by", "effective_on", "valid_until", "message"])

    def draft(self, deal: Deal, version: PolicyVersion) -> AmendmentDraft:
        """Return what was filled in."""
        cleaned = self.cleaned_data
        return AmendmentDraft(
            deal=deal,
            policy_version=version,
            parameters=self.chosen(),
            mode=cleaned["mode"],
            by=cleaned["by"],
            effective_on=cleaned["effective_on"],
            valid_until=cleaned["valid_until"],
            message=cleaned["message"],
            parties=self.parties(),
        )
