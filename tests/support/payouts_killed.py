"""Pays round after round in a process that is killed again and again, then tells how it stands.

    python -m tests.support.payouts_killed SEED KILLS_MAX ROUNDS

The database is that of the environment; a platform, its colleague and two studios are in it. Each
round lets money become due, proposes, approves and imports what a bank says; whoever is killed is
followed by one who does the same from the beginning.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta

KILLED_AFTER_S_MAX = 0.12


def main() -> None:
    """Fork, kill, fork again, until all rounds are done; print what came of it."""
    import django

    django.setup()
    from django.db import connections

    chance = random.Random(int(sys.argv[1]))
    kills_max, rounds = int(sys.argv[2]), int(sys.argv[3])
    kills, done = 0, False
    while not done:
        connections.close_all()
        child = os.fork()
        if not child:
            pay_all(rounds)
            connections.close_all()
            os._exit(0)
        if kills < kills_max:
            time.sleep(chance.uniform(0, KILLED_AFTER_S_MAX))
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        done = status == 0
        kills += not done
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            sys.exit("a round failed without being killed")
    print(json.dumps(standing() | {"kills": kills}))


def pay_all(rounds: int) -> None:
    """Do all rounds, each from the beginning; what is done already is done again for nothing."""
    from duanju_web.payouts.models import PayoutBatchRecord
    from duanju_web.payouts.services import approve_batch, import_statuses, propose_batch
    from duanju_web.settlement.services import make_transfers
    from duanju_web.shared.actor import Actor
    from duanju_web.shared.models import Membership
    from tests.support.payouts import PAID_ON, a_pain_002
    from tests.support.people import A_MOMENT
    from tests.support.transfers import a_move

    accountant, colleague = (
        Actor(own.user, own)
        for own in Membership.objects.filter(organisation__kind="platform").order_by("pk")
    )
    organisation = accountant.organisation
    due, owed = _accounts()
    for number in range(rounds):
        moves = [
            a_move(f"due-{number}-{key.name}", 100 + number, out_of=owed, into=key) for key in due
        ]
        day = PAID_ON + timedelta(days=number)
        batch = PayoutBatchRecord.objects.filter(value_date=day).first()
        if batch is None:
            make_transfers(platform=organisation, transfers=moves, actor=accountant, now=A_MOMENT)
            batch = propose_batch(
                actor=accountant, currency="CNY", value_date=day, remittance="", now=A_MOMENT
            )
            assert isinstance(batch, PayoutBatchRecord), batch
        approve_batch(actor=colleague, batch_pk=batch.pk, now=A_MOMENT)
        first, second = batch.payouts.order_by("number").values_list("payout_id", flat=True)
        fate = "RJCT" if number % 3 == 0 and number + 1 < rounds else "ACSC"
        told = a_pain_002((first, "ACSC"), (second, fate), batch=batch.batch_id)
        import_statuses(actor=accountant, content=told, name="b.xml", now=A_MOMENT)


def standing() -> dict[str, object]:
    """Return what the books and the payouts say."""
    from duanju.settlement import bank_of
    from duanju_web.payouts.models import PayoutBatchRecord, PayoutRecord, StatusFile
    from duanju_web.settlement.models import LedgerTransfer
    from duanju_web.settlement.selectors import balance_of
    from duanju_web.shared.models import Organisation

    platform = Organisation.objects.get(kind="platform")
    balances = [balance_of(platform, key) for key in (bank_of("CNY"), *_accounts()[0])]
    settled = PayoutRecord.objects.filter(state="settled")
    return {
        "balances": [own.balance_minor for own in balances],
        "held": [own.pending_in_minor + own.pending_out_minor for own in balances],
        "batches": PayoutBatchRecord.objects.count(),
        "payouts": PayoutRecord.objects.count(),
        "settled_minor": sum(settled.values_list("amount_minor", flat=True)),
        "rejected": PayoutRecord.objects.filter(state="rejected").count(),
        "files": StatusFile.objects.count(),
        "transfers": LedgerTransfer.objects.exclude(transfer_id__startswith="due-").count(),
    }


def _accounts():  # type: ignore[no-untyped-def]
    from duanju.settlement import AccountKey
    from duanju_web.shared.models import Organisation

    slugs = Organisation.objects.filter(kind="studio").order_by("slug")
    due = [AccountKey(f"due:studio:{own.slug}", "", "CNY") for own in slugs]
    return due, AccountKey("payable:test:any", "", "CNY")


if __name__ == "__main__":
    main()
