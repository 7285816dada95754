"""Takes a month from open to paid in processes that are killed at every statement they make.

    python -m tests.support.months_killed kill|leave EVERY

Database and lake are those of the environment; a platform that closes by two people, a studio and
a month of theirs are in them. Step after step a child asks the database `EVERY` statements more
than the child before, and is killed then, until one comes through; with 1, each step is killed once
at each of its statements. With `leave` nobody is killed. Prints what came of it.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

OCTOBER_5 = datetime(2026, 10, 5, 4, tzinfo=UTC)
OCTOBER_16 = datetime(2026, 10, 16, 4, tzinfo=UTC)
STATEMENTS_MAX = 400


def main() -> None:
    """Take every step; print how it stands."""
    import django

    django.setup()
    from django.db import connections

    kills: list[int] = []
    for step in range(len(_steps())):
        kills.append(0)
        killed_at = range(0, STATEMENTS_MAX, int(sys.argv[2]))
        for allowed in killed_at if sys.argv[1] == "kill" else [STATEMENTS_MAX]:
            connections.close_all()
            child = os.fork()
            if not child:
                _take(step, allowed)
            _pid, status = os.waitpid(child, 0)
            if status == 0:
                break
            if os.WIFEXITED(status):
                sys.exit(f"step {step} failed without being killed")
            kills[-1] += 1
        else:
            sys.exit(f"step {step} makes more than {STATEMENTS_MAX} statements")
    print(json.dumps({"kills": kills, "standing": standing()}))


def _take(step: int, allowed: int) -> None:
    """Take a step in this process, and be killed at the statement after those allowed."""
    from django.db import connection

    left = allowed

    def count(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        done = _steps()[step]()
    connection.close()
    os._exit(0 if not isinstance(done, tuple) else _complain(done))


def _complain(problems: tuple[Any, ...]) -> int:
    print([own.code for own in problems], file=sys.stderr, flush=True)
    return 1


def _steps() -> list[Callable[[], Any]]:
    """Return the steps in their order; each can be taken again."""
    from duanju.kernel import Month
    from duanju_web.settlement import services
    from duanju_web.settlement.models import CloseProposal
    from duanju_web.shared.actor import Actor
    from duanju_web.shared.models import Membership

    accountant, colleague = (
        Actor(own.user, own)
        for own in Membership.objects.filter(organisation__kind="platform").order_by("pk")
    )
    platform, month = accountant.organisation, Month(2026, 9)

    def do(step: Any, actor: Actor, now: datetime, **more: Any) -> Any:
        return step(platform=platform, month=month, actor=actor, now=now, **more)

    def approve() -> Any:
        asked = CloseProposal.objects.order_by("-number").first()
        assert asked is not None
        return do(services.approve_close, colleague, OCTOBER_16, digest=asked.digest)

    return [
        lambda: do(services.push_month, accountant, OCTOBER_5),
        lambda: do(services.soft_close_month, accountant, OCTOBER_5),
        lambda: do(services.ask_to_close, accountant, OCTOBER_16),
        approve,
        lambda: do(services.invoice_month, accountant, OCTOBER_16),
        lambda: _pay(accountant),
        lambda: do(services.mark_paid, accountant, OCTOBER_16),
    ]


def _pay(accountant: Any) -> None:
    """Let the bank have paid all that is due."""
    from duanju.settlement import AccountKey, bank_of
    from duanju_web.settlement.models import LedgerAccount
    from duanju_web.settlement.services import make_transfers, open_account
    from tests.support.transfers import a_move

    platform = accountant.organisation
    open_account(platform=platform, account=bank_of("CNY"), may_be_negative=True, now=OCTOBER_16)
    rows = LedgerAccount.objects.filter(name__startswith="due:").order_by("name")
    keys = [AccountKey(own.name, "", own.currency) for own in rows]
    moves = [a_move(f"paid-{key.name}", 1_650, out_of=key, into=bank_of("CNY")) for key in keys]
    make_transfers(platform=platform, transfers=moves, actor=accountant, now=OCTOBER_16)


def standing() -> dict[str, Any]:
    """Return what the books, the steps and the lake say."""
    from duanju_web.settlement import models
    from duanju_web.settlement.selectors import currency_sums
    from duanju_web.settlement.selectors.lake import open_lake
    from duanju_web.shared.models import Organisation

    legs = models.LedgerTransferLeg.objects.order_by("account__name", "amount_minor")
    postings = models.LedgerPosting.objects.order_by("account", "amount_minor")
    close = models.Close.objects.get()
    return {
        "close": close.digest,
        "steps": list(models.MonthStep.objects.order_by("number").values_list("stage", flat=True)),
        "provisional": list(models.ProvisionalStatement.objects.values_list("digest", flat=True)),
        "statements": list(models.StatementRecord.objects.values_list("digest", flat=True)),
        "postings": list(postings.values_list("account", "amount_minor")),
        "legs": list(legs.values_list("account__name", "amount_minor")),
        "sums": currency_sums(Organisation.objects.get(kind="platform")),
        "proposals": models.CloseProposal.objects.count(),
        "verdicts": models.ProposalVerdict.objects.count(),
        "lake": close.lake_position == open_lake().position(),
    }


if __name__ == "__main__":
    main()
