"""The second factor of a person: the code that their authenticator app shows."""

from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from duanju.kernel import Problem
from duanju_web.shared.models import User


def has_second_factor(user: User) -> bool:
    """Tell whether a person has set up an authenticator app."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def check_second_factor(user: User, code: str) -> tuple[Problem, ...]:
    """Return why a code is not a person's second factor; a good one is used up by this.

    The library that logs people in checks it: wrong codes are counted and slowed down. It
    asks for the request that is being answered.
    """
    if not has_second_factor(user):
        return (Problem("payouts.no-second-factor"),)
    if not ReauthenticateForm({"code": code}, user=user).is_valid():
        return (Problem("payouts.wrong-code"),)
    return ()
