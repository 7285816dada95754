"""Forms about people and organisations."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from duanju_web.shared.models import User


class SignupForm(forms.Form):
    """Asks for a name besides what the account library asks."""

    display_name = forms.CharField(label=_("Your name"), max_length=80)

    def signup(self, _request: HttpRequest, user: User) -> None:
        """Keep the name with the new account."""
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])
