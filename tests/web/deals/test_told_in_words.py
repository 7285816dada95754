"""What pages say in words: where curves cross, what a guarantee paid, a default, a change.

By hand: of what viewers paid through WeChat on Android the channel keeps 1%. At 60% of the rest
against 50% and a guarantee of 50,000.00, the share overtakes where 9.9% of what viewers paid is
50,000.00: at 505,050.51.
"""

from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import translation

from duanju_web.deals.pages.changes import label_of, value_of
from duanju_web.deals.services import import_policies, publish_draft
from tests.support.agreements import POLICIES, SIGNED_AT, UNLOCK_SHARE, a_policy
from tests.support.drafts import a_draft_of
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db
HUOLONG = "tencent-huolong"
WITH_GUARANTEE = {
    "parameter_rights": "exclusive_with_guarantee",
    "parameter_unit_price": "0.2",
    "parameter_type_coefficient": "0.6",
    "parameter_guarantee": "20000",
    "parameter_guarantee_treatment": "recoupable",
    "minutes": "2500000",
}


@pytest.fixture
def platform():
    return an_actor("platform")


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def compared(platform, language, *, months):
    """Return the page on which half with a guarantee stands beside 60% without one."""
    draft = a_draft_of(platform, "minimum_guarantee", version=a_policy(UNLOCK_SHARE))
    own = publish_draft(actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT)
    typed = {
        "with": [f"policy:{own.policy_id}/{own.version}", f"policy:{UNLOCK_SHARE}/1"],
        "a-parameter_currency": "CNY",
        "a-parameter_studio_share": "50%",
        "a-parameter_web_fee": "1%",
        "b-parameter_web_fee": "1%",
        "b-parameter_currency": "CNY",
        "b-parameter_studio_share": "60%",
        "income_wechat_android": "400000",
        "months": months,
    }
    return text_of(client_of(platform, language=language).get(reverse("compare_terms"), typed))


def test_crossing_in_money_names_its_currency_and_how_exact_it_is(platform, language):
    page = compared(platform, language, months=1)
    said = {
        "en": ("From CN¥505,050.51 of", "each crossing is exact to one smallest unit."),
        "zh-hans": ("¥505,050.51", "交点精确到一个最小货币单位。"),
    }
    for words in said[language]:
        assert words in page


def test_crossing_over_several_months_says_that_it_may_be_late(platform, language):
    page = compared(platform, language, months=3)
    said = {
        "en": "up to 3 times one smallest unit too late.",
        "zh-hans": "交点最多可能偏晚 3 个最小货币单位。",
    }
    assert said[language] in page


def test_proof_of_a_guarantee_names_its_clause_once(language):
    a_policy(HUOLONG)
    page = text_of(client_of(language=language).get(f"/policies/{HUOLONG}/1/", WITH_GUARANTEE))
    said = {
        "en": "What has fallen due of Guarantee, less what was taken back",
        "zh-hans": "保底已到期的款项，减去收回的部分",
    }
    assert said[language] in page
    assert {"en": "guarantee Guarantee", "zh-hans": "保底保底"}[language] not in page


def test_share_that_is_a_default_is_read_as_a_percentage(platform, language):
    draft = a_draft_of(platform, version=a_policy(UNLOCK_SHARE))
    page = text_of(client_of(platform, language=language).get(reverse("draft", args=[draft.pk])))
    parameters = page.split('id="parameters"')[-1]
    assert "50%" in parameters
    assert "0.5<" not in parameters


@pytest.mark.parametrize(
    ("kind", "path", "value", "english", "chinese"),
    [
        ("tiered_rate", "explanation.en", "Paid", "Explanation: Paid", "条款说明 · 英文: Paid"),
        (
            "revenue_share",
            "shares.writer",
            Fraction(1, 5),
            "Who receives which share · The writer: 20%",
            "各方分成比例 · 作者: 20%",
        ),
        (
            "revenue_share",
            "shares.writer.parameter",
            "part",
            "Who receives which share · The writer: what the deal says: the writer's part",
            "各方分成比例 · 作者: 按合同约定：the writer's part",
        ),
        (
            "minimum_guarantee",
            "amount.by_option.S",
            Fraction(60_000),
            "Amount · S: 60,000",
            "金额 · S: 60,000",
        ),
        (
            "minimum_guarantee",
            "treatment",
            "recoupable",
            "How it stands to what is earned beside it: "
            "Paid in advance, and kept back from what is earned",
            "与其他所得的关系: 预付，从所得中扣回",
        ),
        (
            "tiered_rate",
            "counted.measure",
            "effective_minutes",
            "What is paid for · Measure: Effective viewing",
            "按什么计费 · 指标: 有效播放时长",
        ),
        (
            "tiered_rate",
            "tiers.1.inclusive",
            True,
            "Rates by result 2 · threshold included: yes",
            "按结果分档的单价 2 · 含门槛本身: 是",
        ),
    ],
)
def test_changed_value_is_told_in_words(kind, path, value, english, chinese, language):
    names = {"part": "the writer's part", "S": "S"}
    with translation.override(language):
        said = f"{label_of(kind, path, names)}: {value_of(kind, path, value, names)}"
    assert said == {"en": english, "zh-hans": chinese}[language]


def test_share_that_became_the_deals_to_say_is_one_change(language):
    """Version 4 of the scripts' policy gives the writer 20%; version 5 leaves it to the deal."""
    import_policies(folder=POLICIES, now=SIGNED_AT)
    page = text_of(
        client_of(language=language).get(
            reverse("compare_versions", args=["hongguo-scripts", 4, 5])
        )
    )
    row = page.split("<del>20%</del>")[1].split("</tr>")[0]
    said = {
        "en": "<ins>what the deal says: The writer&#x27;s share",
        "zh-hans": "<ins>按合同约定：作者分成比例</ins>",
    }
    assert said[language] in row
    assert "Parameter" not in page
    other = {"en": "作者终身获得", "zh-hans": "The writer receives"}[language]
    assert f"<ins>{other}" not in page
