"""Rates are kept and pinned, rules and terms entered, and what they make due is told."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from beancount import loader
from beancount.core.data import Transaction as Entry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from duanju.adapters.documents import account_of_beancount
from duanju.kernel import Month
from duanju.settlement import AccountKey, NegativeBalance, RemittanceTerms
from duanju_web.settlement.models import (
    LedgerTransfer,
    PayoutTerms,
    RatePin,
    RateTable,
    RemittanceAdvice,
    TaxRuleVersion,
)
from duanju_web.settlement.selectors import balance_of
from duanju_web.settlement.services import bring_into_lake, close_month, make_due
from duanju_web.settlement.services.rates import (
    KeptFile,
    import_rates,
    keep_rates_file,
    pin_table,
)
from duanju_web.settlement.services.taxes import Entered, enter_rules
from tests.support.agreements import (
    NOVEMBER_5,
    OCTOBER_5,
    OCTOBER_NOON,
    SEPTEMBER_NOON,
    a_deal,
    a_title_of,
    watched,
)
from tests.support.people import a_member_of, an_actor, client_of
from tests.support.repository import ROOT
from tests.support.taxes import AUTHOR, NON_RESIDENT

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
PLAIN = b"day,base,quote,rate\n2026-09-29,USD,CNY,7.1\n2026-09-30,USD,CNY,7.5\n"
FAULTY = (
    b"day,base,quote,rate\n2026-09-30,USD,CNY,0\n2026-09-31,USD,CNY,7\n2026-09-30,USD,JPY,150\n"
)
RULES = ROOT / "tests" / "support" / "remittances.toml"


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def title(platform, studio):
    """A title with 600 minutes in September, ¥15.00 of the platform."""
    own = a_title_of(studio)
    a_deal(platform, studio, [own])
    watched(own, minutes=600, at=SEPTEMBER_NOON)
    return own


def closed(platform, month=SEPTEMBER, now=OCTOBER_5):
    bring_into_lake(now=now)
    close_month(platform=platform.organisation, month=month, actor=platform, now=now)


def made(platform, month=SEPTEMBER, now=OCTOBER_5):
    return make_due(platform=platform.organisation, month=month, actor=platform, now=now)


def a_rate_table(platform, content=PLAIN, *, name="rates.csv"):
    kept = keep_rates_file(platform=platform.organisation, chunks=[content], file_name=name)
    assert isinstance(kept, KeptFile)
    return import_rates(actor=platform, kept=kept, source="ecb", now=OCTOBER_5)


def the_terms(studio, **said):
    told = {"taxpayer": "", "currency": "CNY", **said}
    return RemittanceTerms(role="studio", party_id=studio.organisation.slug, **told)


def entered(platform, *terms, rules=(), now=OCTOBER_5):
    return enter_rules(actor=platform, rules=rules, terms=terms, now=now)


def has(platform, name, code="CNY", title_id=""):
    return balance_of(platform.organisation, AccountKey(name, title_id, code)).balance_minor


def test_a_table_is_looked_at_kept_and_shown(platform, language):
    client = client_of(platform, language=language)
    upload = {"file": SimpleUploadedFile("rates.csv", PLAIN), "source": "ecb"}
    seen = client.post(reverse("look_at_rates"), upload)
    assert seen.status_code == 200
    assert not RateTable.objects.exists()
    kept = client.post(reverse("bring_rates"), {"token": seen.context["token"]})
    table = RateTable.objects.get()
    assert kept["Location"] == reverse("rate_table", args=[table.pk])
    assert (table.first_day, table.last_day, table.rate_count) == (
        date(2026, 9, 29),
        date(2026, 9, 30),
        2,
    )
    page = client.get(kept["Location"]).content.decode()
    assert table.sha256 in page
    assert "7.5" in page
    assert "rates.csv" in client.get(reverse("rates")).content.decode()
    client.post(reverse("bring_rates"), {"token": seen.context["token"]})
    assert RateTable.objects.count() == 1


def test_rows_with_problems_are_named_and_nothing_is_kept(platform):
    client = client_of(platform)
    upload = {"file": SimpleUploadedFile("rates.csv", FAULTY), "source": "ecb"}
    seen = client.post(reverse("look_at_rates"), upload)
    assert seen.status_code == 422
    page = seen.content.decode()
    assert "rates.csv:2" in page
    assert "rates.csv:3" in page
    assert "150" in page
    again = client.post(reverse("bring_rates"), {"token": seen.context["token"]})
    assert again.status_code == 422
    assert not RateTable.objects.exists()


def test_dollars_wait_for_rates_and_are_converted_with_the_pinned_ones(platform, studio, title):
    closed(platform)
    assert entered(platform, the_terms(studio, currency="USD")) == Entered(0, 1)
    (problem,) = made(platform)
    assert (problem.code, problem.where.path) == (
        "settlement.no-rate",
        f"studio:{studio.organisation.slug}",
    )
    assert not LedgerTransfer.objects.exists()
    page = client_of(platform).get(reverse("month_due", args=["2026-09"])).content.decode()
    assert f"studio:{studio.organisation.slug}" in page
    table = a_rate_table(platform)
    client = client_of(platform)
    client.post(reverse("pin_rates", args=["2026-09"]), {"table": table.pk})
    assert RatePin.objects.get().table == table
    assert made(platform) == 1
    assert has(platform, f"due:studio:{studio.organisation.slug}", "USD") == 200  # 15.00 / 7.5
    assert has(platform, f"conversion:{table}") == 1_500
    assert has(platform, f"conversion:{table}", "USD") == -200
    advice = RemittanceAdvice.objects.get()
    assert advice.content["conversions"][0]["rate"] == "2/15"
    assert advice.content["table"] == table.pk


def test_rates_that_were_used_stay(platform, studio, title):
    closed(platform)
    first = a_rate_table(platform)
    other = a_rate_table(platform, PLAIN.replace(b"7.5", b"8.5"))

    def pinned(table):
        return pin_table(actor=platform, month=SEPTEMBER, table_id=table.pk, now=OCTOBER_5)

    assert pinned(other).number == 1
    assert pinned(first).number == 2
    made(platform)
    (problem,) = pinned(other)
    assert problem.code == "settlement.rates-used"
    assert RatePin.objects.order_by("-number").first().table == first
    assert RatePin.objects.count() == 2


def test_rates_of_another_time_or_another_platform_are_not_pinned(platform, studio, title):
    closed(platform)
    old = a_rate_table(platform, PLAIN.replace(b"2026-09", b"2026-08"))
    (problem,) = pin_table(actor=platform, month=SEPTEMBER, table_id=old.pk, now=OCTOBER_5)
    assert problem.code == "settlement.table-without-the-day"
    foreign = a_rate_table(an_actor("platform", role="accountant"))
    (problem,) = pin_table(actor=platform, month=SEPTEMBER, table_id=foreign.pk, now=OCTOBER_5)
    assert problem.code == "settlement.rates-unknown"
    assert not RatePin.objects.exists()


def test_tax_is_withheld_by_a_version_that_stays(platform, studio, title):
    closed(platform)
    terms = the_terms(studio, taxpayer="foreign_company")
    assert entered(platform, terms, rules=[NON_RESIDENT]) == Entered(1, 1)
    assert entered(platform, terms, rules=[NON_RESIDENT]) == Entered(0, 0)
    assert made(platform) == 1
    assert has(platform, "withheld:cn-non-resident@1") == 150
    assert has(platform, f"due:studio:{studio.organisation.slug}") == 1_350
    (tax,) = RemittanceAdvice.objects.get().content["taxes"]
    assert (tax["rule"], tax["digest"]) == ("cn-non-resident", NON_RESIDENT.digest)


def test_a_kept_version_is_never_changed(platform):
    assert entered(platform, rules=[AUTHOR]) == Entered(1, 0)
    changed = AUTHOR.__class__(**{**_fields(AUTHOR), "counted": Fraction(1)})
    (problem,) = entered(platform, rules=[changed])
    assert (problem.code, problem.params["next"]) == ("settlement.tax-version-kept", 2)
    assert TaxRuleVersion.objects.get().digest == AUTHOR.digest


def _fields(rule):
    return {name: getattr(rule, name) for name in rule.__slots__}


def test_terms_that_are_entered_later_concern_later_months(platform, studio, title):
    closed(platform)
    made(platform)
    terms = the_terms(studio, reserve_rate=Fraction(1, 10), reserve_months=1)
    entered(platform, terms, now=OCTOBER_5 - timedelta(days=1))
    assert made(platform) == 0
    watched(title, minutes=400, at=OCTOBER_NOON, seed=3)
    closed(platform, OCTOBER, NOVEMBER_5)
    assert made(platform, OCTOBER, NOVEMBER_5) == 1
    assert has(platform, f"reserve:studio:{studio.organisation.slug}") == 100
    assert has(platform, f"due:studio:{studio.organisation.slug}") == 1_500 + 900


def test_a_reserve_is_held_and_released_once(platform, studio, title):
    slug = studio.organisation.slug
    entered(platform, the_terms(studio, reserve_rate=Fraction(1, 5), reserve_months=1))
    closed(platform)
    assert made(platform) == 1
    assert (has(platform, f"reserve:studio:{slug}"), has(platform, f"due:studio:{slug}")) == (
        300,
        1_200,
    )
    assert made(platform) == 0
    closed(platform, OCTOBER, NOVEMBER_5)
    assert made(platform, OCTOBER, NOVEMBER_5) == 1
    assert made(platform, OCTOBER, NOVEMBER_5) == 0
    assert (has(platform, f"reserve:studio:{slug}"), has(platform, f"due:studio:{slug}")) == (
        0,
        1_500,
    )
    ids = list(LedgerTransfer.objects.values_list("transfer_id", flat=True))
    assert sorted(own.partition("-2026-")[0] for own in ids) == [
        "release",
        "remit",
        "remit",
        "reserve",
    ]


def test_exports_hold_every_leg_of_it(platform, studio, title):
    slug = studio.organisation.slug
    reserve = {"reserve_rate": Fraction(1, 5), "reserve_months": 2}
    terms = the_terms(studio, currency="USD", taxpayer="foreign_company", **reserve)
    entered(platform, terms, rules=[NON_RESIDENT])
    closed(platform)
    table = a_rate_table(platform)
    pin_table(actor=platform, month=SEPTEMBER, table_id=table.pk, now=OCTOBER_5)
    assert made(platform) == 1
    client = client_of(platform)
    text = b"".join(client.get(reverse("ledger_beancount")).streaming_content).decode()
    entries, errors, _options = loader.load_string(text)
    assert [str(own) for own in errors] == []
    sums: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for leg in entry.postings if isinstance(entry, Entry) else ():
            place = account_of_beancount(leg.account), leg.units.currency
            sums[place] -= int(leg.units.number * 100)
    expected = {
        (f"due:studio:{slug}", "USD"): 144,  # (15.00 - 3.00) / 7.5, less a tenth
        ("withheld:cn-non-resident@1", "USD"): 16,
        (f"reserve:studio:{slug}", "CNY"): 300,
        (f"conversion:{table}", "CNY"): 1_200,
        (f"conversion:{table}", "USD"): -160,
        (f"payable:studio:{slug}", "CNY"): 0,
    }
    assert {place: sums[place] for place in expected} == expected
    assert "Liabilities:Reserve:Studio" in text
    rows = b"".join(client.get(reverse("transfers_csv")).streaming_content).decode("utf-8-sig")
    moved: Counter[tuple[str, str]] = Counter()
    for row in csv.DictReader(io.StringIO(rows)):
        moved[row["account"], row["currency"]] += int(row["amount_minor"])
    del expected[f"payable:studio:{slug}", "CNY"]
    assert {place: moved[place] for place in expected} == expected


def test_rules_are_entered_by_file_with_problems_of_each_line(platform, language):
    client = client_of(platform, language=language)
    text = RULES.read_text("utf-8")
    faulty = SimpleUploadedFile("rules.toml", text.replace("rate = 0.2", "rate = 20").encode())
    refused = client.post(reverse("bring_rules"), {"file": faulty})
    assert refused.status_code == 422
    assert "rules.toml:1" in refused.content.decode()
    assert not TaxRuleVersion.objects.exists()
    good = SimpleUploadedFile("rules.toml", text.encode())
    assert client.post(reverse("bring_rules"), {"file": good}).status_code == 302
    assert TaxRuleVersion.objects.get().digest == AUTHOR.digest
    assert PayoutTerms.objects.count() == 2
    page = client.get(reverse("taxes")).content.decode()
    assert "cn-author" in page
    one = client.get(reverse("tax_version", args=["cn-author", 1])).content.decode()
    assert AUTHOR.digest in one
    assert client.get(reverse("terms")).status_code == 200
    assert client.get(reverse("party_terms", args=["writer", "wen"])).status_code == 200


def test_rule_and_terms_are_entered_by_a_form(platform, studio, title):
    client = client_of(platform)
    rule = {
        "rule": "royalties",
        "version": 1,
        "kind": "income",
        "effect": "withheld",
        "taxpayer": "abroad",
        "rate": "10%",
        "counted": "1",
        "starts_on": "2026-01-01",
        "source": "A law",
    }
    assert client.post(reverse("enter_tax_rule"), rule).status_code == 302
    refused = client.post(reverse("enter_tax_rule"), rule | {"rate": "20%"})
    assert refused.status_code == 422
    slug = studio.organisation.slug
    terms = {
        "party": f"studio:{slug}",
        "currency": "CNY",
        "taxpayer": "abroad",
        "minimum": "20",
        "negative": "recouped",
        "reserve": "",
        "reserve_months": "",
    }
    assert client.post(reverse("enter_terms"), terms).status_code == 302
    row = PayoutTerms.objects.get()
    assert (row.minimum_minor, row.negative) == (2_000, NegativeBalance.RECOUPED.value)
    assert client.post(reverse("enter_terms"), terms | {"minimum": "0.001"}).status_code == 422
    assert client.get(reverse("enter_terms")).status_code == 200
    closed(platform)
    assert made(platform) == 0  # ¥13.50 is below ¥20.00
    assert RemittanceAdvice.objects.get().carried == "below_minimum"


def test_a_studio_reads_its_own_advice_only(platform, studio, title, language):
    closed(platform)
    entered(platform, the_terms(studio, reserve_rate=Fraction(1, 5), reserve_months=2))
    made(platform)
    advice = reverse("advice", args=[RemittanceAdvice.objects.get().pk])
    own = client_of(studio, language=language)
    page = own.get(advice).content.decode()
    assert "¥12.00" in page
    assert "reserve-2026-09" in page
    assert advice in own.get(reverse("advices")).content.decode()
    assert client_of(platform).get(advice).status_code == 200
    other = client_of(an_actor("studio", role="accountant"))
    assert other.get(advice).status_code == 404
    assert advice not in other.get(reverse("advices")).content.decode()


def test_others_see_and_enter_nothing(platform, studio, title):
    table = a_rate_table(platform)
    producer = client_of(a_member_of(platform.organisation, role="producer"))
    assert producer.get(reverse("rates")).status_code == 200
    for name in ("look_at_rates", "bring_rates", "bring_rules", "enter_tax_rule", "enter_terms"):
        assert producer.post(reverse(name)).status_code == 404
    for client in (client_of(studio), client_of(an_actor("platform", role="accountant"))):
        assert client.get(reverse("rate_table", args=[table.pk])).status_code == 404
    for name in ("rates", "taxes", "terms"):
        assert client_of(studio).get(reverse(name)).status_code == 404


def test_pages_ask_few_queries_for_any_number(platform, studio, title):
    closed(platform)
    parties = [the_terms(studio)]
    parties += [RemittanceTerms("writer", f"writer-{own}", "author", "CNY") for own in range(12)]
    entered(platform, *parties, rules=[AUTHOR, NON_RESIDENT])
    table = a_rate_table(platform)
    made(platform)
    client = client_of(platform)
    counted = {"rates": 6, "taxes": 6, "terms": 9, "advices": 9, "enter_terms": 10}
    addresses = {reverse(name): number for name, number in counted.items()}
    addresses[reverse("rate_table", args=[table.pk])] = 8
    addresses[reverse("month_due", args=["2026-09"])] = 20
    for address, number in addresses.items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= number, address
