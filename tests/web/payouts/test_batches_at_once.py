"""Twenty who approve at once pay once; twenty imports at once count once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from duanju_web.payouts.models import PayoutBatchRecord, StatusFile
from duanju_web.payouts.services import approve_batch, import_statuses, propose_batch
from duanju_web.settlement.models import LedgerTransfer
from tests.support.due_money import (
    a_colleague_of,
    a_paying_platform,
    an_account_of,
    due_to,
    proposed,
    standing,
)
from tests.support.payouts import PAID_ON, a_pain_002
from tests.support.people import A_MOMENT, an_actor
from tests.support.transfers import yuan

pytestmark = pytest.mark.django_db(transaction=True)
TWENTY = 20


def at_once(work: Callable[[], object]) -> list[object]:
    ready = Barrier(TWENTY)

    def run(_number: int) -> object:
        try:
            ready.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(TWENTY) as pool:
        return list(pool.map(run, range(TWENTY)))


def test_twenty_at_once_propose_approve_and_import_once():
    platform, studio = a_paying_platform(), an_actor("studio")
    an_account_of(studio)
    due_to(platform, studio, yuan(100))

    def propose() -> object:
        return propose_batch(
            actor=platform, currency="CNY", value_date=PAID_ON, remittance="", now=A_MOMENT
        )

    made = [own for own in at_once(propose) if isinstance(own, PayoutBatchRecord)]
    assert len(made) == PayoutBatchRecord.objects.count() == 1
    batch, colleague = made[0], a_colleague_of(platform)
    before = LedgerTransfer.objects.count()
    answers = at_once(lambda: approve_batch(actor=colleague, batch_pk=batch.pk, now=A_MOMENT))
    assert {own.approved_at for own in answers} == {A_MOMENT}
    assert LedgerTransfer.objects.count() == before + 1
    assert standing(platform, studio) == (yuan(100), yuan(100))
    content = a_pain_002(group="ACSC", batch=batch.batch_id)
    files = at_once(
        lambda: import_statuses(actor=platform, content=content, name="b.xml", now=A_MOMENT)
    )
    assert len({own.pk for own in files}) == StatusFile.objects.count() == 1
    assert standing(platform, studio) == (0, 0)
    with pytest.raises(AssertionError):
        proposed(platform)
