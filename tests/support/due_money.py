"""Money that is due, bank accounts and batches, for tests of payouts.

platform, studio = a_paying_platform(), an_actor("studio")
an_account_of(studio)
due_to(platform, studio, yuan(100))
"""

from itertools import count

from duanju.settlement import AccountKey, PayoutAccount
from duanju_web.payouts.models import BankAccount, PayoutBatchRecord, PayoutRecord
from duanju_web.payouts.services import approve_batch, propose_batch
from duanju_web.payouts.services.accounts import keep_bank_account
from duanju_web.settlement.selectors import balance_of
from duanju_web.settlement.services import make_transfers, open_account
from duanju_web.shared.actor import Actor
from tests.support.payouts import LIME, PAID_ON, RIVER
from tests.support.people import A_MOMENT, a_member_of, an_actor
from tests.support.transfers import a_move

_numbers = count(1)


def a_paying_platform(*, currency: str = "CNY") -> Actor:
    """Make a platform with a bank account of its own, and its accountant."""
    platform = an_actor("platform", role="accountant")
    an_account_of(platform, account=RIVER, currency=currency)
    return platform


def a_colleague_of(actor: Actor) -> Actor:
    """Make another accountant of the same organisation."""
    return a_member_of(actor.organisation, role="accountant")


def an_account_of(
    actor: Actor,
    *,
    account: PayoutAccount = LIME,
    currency: str = "CNY",
    contact: str = "money@example.org",
    at=A_MOMENT,
) -> BankAccount:
    """Keep a bank account of the actor's organisation, as after the second factor."""
    kept = keep_bank_account(
        actor=actor,
        currency=currency,
        account=account,
        contact_email=contact,
        token=f"token-{next(_numbers)}",
        link="https://duanju.invalid/stop",
        now=at,
    )
    assert isinstance(kept, BankAccount), kept
    return kept


def due_key(party: Actor, currency: str = "CNY") -> AccountKey:
    """Return the account of what a party is to be paid."""
    return AccountKey(f"due:{party.kind}:{party.organisation.slug}", "", currency)


def due_to(platform: Actor, party: Actor, amount_minor: int, *, currency: str = "CNY") -> None:
    """Let an amount become due, as invoicing a month does."""
    due, owed = due_key(party, currency), AccountKey("payable:test:any", "", currency)
    organisation = platform.organisation
    open_account(platform=organisation, account=due, may_be_negative=False, now=A_MOMENT)
    open_account(platform=organisation, account=owed, may_be_negative=True, now=A_MOMENT)
    move = a_move(f"due-{next(_numbers)}", amount_minor, out_of=owed, into=due)
    make_transfers(platform=organisation, transfers=[move], actor=platform, now=A_MOMENT)


def standing(platform: Actor, party: Actor, currency: str = "CNY") -> tuple[int, int]:
    """Return what a party's due account has, and what of it is held."""
    own = balance_of(platform.organisation, due_key(party, currency))
    return own.balance_minor, own.pending_out_minor


def proposed(platform: Actor, *, currency: str = "CNY", now=A_MOMENT) -> PayoutBatchRecord:
    """Propose a batch that is good."""
    made = propose_batch(
        actor=platform, currency=currency, value_date=PAID_ON, remittance="2026-10", now=now
    )
    assert isinstance(made, PayoutBatchRecord), made
    return made


def approved(platform: Actor, *, currency: str = "CNY", now=A_MOMENT) -> PayoutBatchRecord:
    """Propose a batch, and let a colleague approve it."""
    batch = proposed(platform, currency=currency, now=now)
    made = approve_batch(actor=a_colleague_of(platform), batch_pk=batch.pk, now=now)
    assert isinstance(made, PayoutBatchRecord), made
    return made


def payouts_by_party(batch: PayoutBatchRecord) -> dict[str, PayoutRecord]:
    """Return the payouts of a batch by the slug of who is paid."""
    return {own.party.slug: own for own in batch.payouts.select_related("party")}
