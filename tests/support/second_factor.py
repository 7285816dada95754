"""A second factor of people in tests: all have the same secret."""

import time
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

if TYPE_CHECKING:
    from duanju_web.shared.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOTP_SECONDS = 30


def a_second_factor(user: "User") -> None:
    """Let a person set up an authenticator app."""
    TOTP.activate(user, SECRET)


def the_code(*, steps: int = 0) -> str:
    """Return what the app shows now, or some steps of half a minute later."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // TOTP_SECONDS + steps))
