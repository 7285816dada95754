"""Who takes the money for coins."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


class PaymentOutcome(StrEnum):
    """What became of a charge."""

    PAID = "paid"
    PENDING = "pending"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a viewer is to pay.

    Attributes:
        reference: Our name for the purchase, the same at every try; a provider charges it once.
        amount_minor: Amount in the minor unit of `currency`.
        currency: ISO 4217 code.
    """

    reference: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class ChargeAnswer:
    """What the provider says.

    Attributes:
        outcome: Paid, not yet, or not.
        reference: The provider's name for the payment.
        pay_at: Address at which the viewer pays, if the provider wants to be visited.
    """

    outcome: PaymentOutcome
    reference: str
    pay_at: str = ""


class PaymentProvider(Protocol):
    """A company that takes money for us.

    Attributes:
        name: Kept with each purchase.
        channel: Under which name the settlement knows the way the money came.
        real_money: False where nothing is ever charged; pages then say so.
    """

    name: str
    channel: str
    real_money: bool

    def charge(self, charge: Charge) -> ChargeAnswer:
        """Take the money, or say what became of it; asked twice it charges once."""
        ...


class SandboxProvider:
    """Pays at once, with no real money. Production settings refuse to start with it."""

    name = "sandbox"
    channel = "web"
    real_money = False

    def charge(self, charge: Charge) -> ChargeAnswer:
        """Say that it was paid; no real money moves."""
        if not settings.DEMO:
            raise ImproperlyConfigured("The sandbox payment exists in the demo only.")
        return ChargeAnswer(outcome=PaymentOutcome.PAID, reference=f"sandbox-{charge.reference}")


def payment_provider() -> PaymentProvider | None:
    """Return the provider that the settings name, or None where no coins are sold."""
    if not settings.PAYMENT_PROVIDER:
        return None
    provider: PaymentProvider = import_string(settings.PAYMENT_PROVIDER)()
    return provider
