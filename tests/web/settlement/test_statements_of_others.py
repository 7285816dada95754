"""What organisations besides the two sides may see: their own statements, and their own clauses."""

from pathlib import Path

import pytest
from django.urls import reverse

from duanju.kernel import Month
from duanju_web.deals.services import import_policies
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.services import close_month
from tests.support.agreements import (
    OCTOBER_5,
    SEPTEMBER_NOON,
    SIGNED_AT,
    a_deal,
    a_title_of,
    an_offer,
    watched,
)
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db

TWO_FEES = """\
id = "two-fees"
version = 1
valid_from = 2026-01-01
title = { en = "Two fees", zh-Hans = "两笔费用" }
summary = { en = "Fees on signing.", zh-Hans = "签约即付。" }

[[source]]
title = { en = "Made up", zh-Hans = "虚构" }

[[clause]]
id = "script-fee"
kind = "fee"
title = { en = "Script fee", zh-Hans = "剧本费" }
explanation = { en = "Paid once.", zh-Hans = "一次性支付。" }
amount = 12_000
currency = "CNY"

[[clause]]
id = "finding-fee"
kind = "fee"
title = { en = "Finding fee", zh-Hans = "居间费" }
explanation = { en = "Paid once.", zh-Hans = "一次性支付。" }
amount = 34_567
currency = "CNY"
payee = "agent"
binds = ["platform", "agent"]
"""


@pytest.fixture
def sides(tmp_path: Path):
    """A platform, a studio and an agent, and the policy with a fee for either of the latter."""
    (tmp_path / "two-fees.toml").write_text(TWO_FEES, "utf-8")
    import_policies(folder=tmp_path, now=SIGNED_AT)
    platform = an_actor("platform", role="producer")
    return platform, an_actor("studio", role="producer"), an_actor("agency")


def agreed(sides):
    _platform, _studio, agent = sides
    return {
        "policy": "two-fees",
        "parameters": {},
        "parties": {"agent": {"slug": agent.organisation.slug}},
    }


@pytest.mark.parametrize("page", ["deal", "offer"])
def test_clause_that_binds_others_is_not_shown_and_not_computed(page, sides, language):
    platform, studio, _agent = sides
    titles = [a_title_of(studio)]
    make = a_deal if page == "deal" else an_offer
    made = make(platform, studio, titles, **agreed(sides))
    address = reverse(page, args=[made.pk])
    seen = client_of(platform, language=language).get(address).content.decode()
    hidden = client_of(studio, language=language).get(address).content.decode()
    assert "clause-finding-fee" in seen
    assert "34,567" in seen
    assert "clause-script-fee" in hidden
    assert "12,000" in hidden
    assert "clause-finding-fee" not in hidden
    assert "34,567" not in hidden


def test_organisation_reads_its_own_statements_and_no_others(sides, language):
    platform, studio, agent = sides
    a_deal(platform, studio, [a_title_of(studio)], **agreed(sides))
    close = close_month(
        platform=platform.organisation, month=Month(2026, 9), actor=platform, now=OCTOBER_5
    )
    assert isinstance(close, Close), close
    own = StatementRecord.objects.get(party=agent.organisation)
    others = StatementRecord.objects.get(party=studio.organisation)
    client = client_of(agent, language=language)
    listed = client.get("/settlement/statements/").content.decode()
    assert own.number in listed
    assert others.number not in listed
    assert client.get("/home/").content.decode().count('href="/settlement/statements/"') >= 1
    for name, more in (("statement", []), ("statement_line", [1]), ("statement_csv", [])):
        assert client.get(reverse(name, args=[own.pk, *more])).status_code == 200
        assert client.get(reverse(name, args=[others.pk, *more])).status_code == 404


def test_bundle_does_not_exist_for_a_party_from_whom_a_clause_is_kept(sides):
    platform, studio, agent = sides
    a_deal(platform, studio, [a_title_of(studio)], **agreed(sides))
    close_month(platform=platform.organisation, month=Month(2026, 9), actor=platform, now=OCTOBER_5)
    readers = ((studio, studio, 404), (agent, agent, 200), (platform, studio, 200))
    for reader, owner, answer in readers:
        own = StatementRecord.objects.get(party=owner.organisation)
        address = reverse("statement_json", args=[own.pk])
        client = client_of(reader)
        assert client.get(address).status_code == answer
        shown = address in client.get(reverse("statement", args=[own.pk])).content.decode()
        assert shown is (answer == 200)


TOGETHER = """\
id = "hours-together"
version = 1
valid_from = 2026-01-01
title = { en = "Hours together", zh-Hans = "合计时长" }
summary = { en = "All titles count together.", zh-Hans = "所有剧目合并计算。" }

[[source]]
title = { en = "Made up", zh-Hans = "虚构" }

[[clause]]
id = "hours"
kind = "tiered_rate"
title = { en = "Hours", zh-Hans = "时长" }
explanation = { en = "Paid by the hour.", zh-Hans = "按小时支付。" }
measure = "effective_minutes"
scope = "pool"
currency = "CNY"
reading = "marginal"
per = 60

[[clause.tier]]
above = 0
rate = 1.5
"""


@pytest.fixture
def together(tmp_path: Path):
    """A line that counts a studio's two titles together, and a title of another studio."""
    (tmp_path / "hours-together.toml").write_text(TOGETHER, "utf-8")
    import_policies(folder=tmp_path, now=SIGNED_AT)
    platform, studio = an_actor("platform", role="accountant"), an_actor("studio")
    stranger = an_actor("studio")
    titles = [a_title_of(studio, name=f"T{own}", chinese=f"剧{own}") for own in (1, 2)]
    a_deal(platform, studio, titles, policy="hours-together", parameters={})
    other = a_title_of(stranger, name="Secret", chinese="秘密")
    a_deal(platform, stranger, [other])
    for seed, (title, minutes) in enumerate(((titles[0], 60), (titles[1], 30), (other, 77))):
        watched(title, minutes=minutes, at=SEPTEMBER_NOON, seed=40 + seed, episode_number=1 + seed)
    close = close_month(
        platform=platform.organisation, month=Month(2026, 9), actor=platform, now=OCTOBER_5
    )
    assert isinstance(close, Close), close
    return studio, StatementRecord.objects.get(party=studio.organisation)


def test_events_behind_titles_that_count_together_are_of_no_other_title(together, language):
    studio, record = together
    (line,) = record.document["lines"]
    assert (line["title_id"], line["quantity"]) == ("", 90 * 60_000)
    client = client_of(studio, language=language)
    page = client.get(reverse("statement_events", args=[record.pk, 1])).content.decode()
    assert page.count('scope="row"') == 2
    assert "4,620" not in page
    assert "3,600" in page
    assert "1,800" in page
