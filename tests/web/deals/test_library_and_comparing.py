"""The library, versions beside one another, and the question which offer is better."""

from dataclasses import replace

import pytest
from django.urls import reverse

from duanju.adapters.documents import policy_from_text, policy_to_text
from duanju_web.deals.services import import_policies
from tests.support.agreements import (
    POLICIES,
    SIGNED_AT,
    T1,
    UNLOCK_SHARE,
    a_policy,
    a_title_of,
    an_offer,
)
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db
QUERIES_MAX = 8
BOTH = f"?with=policy:{T1}/1&with=policy:{UNLOCK_SHARE}/1"


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def two_versions(folder):
    """Import the tiered policy and a version of it with a higher first rate."""
    first = policy_from_text((POLICIES / f"{T1}.toml").read_text(encoding="utf-8"))
    (folder / "first.toml").write_text(policy_to_text(first), encoding="utf-8")
    text = policy_to_text(replace(first, version=2, valid_from=first.valid_from.replace(day=9)))
    assert "exclusive_premiere = 1.5" in text
    changed = text.replace("exclusive_premiere = 1.5", "exclusive_premiere = 1.8", 1)
    (folder / "second.toml").write_text(changed, encoding="utf-8")
    import_policies(folder=folder, now=SIGNED_AT)


@pytest.mark.parametrize(
    ("asked", "is_shown"),
    [
        ({"words": "tencent short"}, True),
        ({"words": "腾讯"}, True),
        ({"words": "nowhere"}, False),
        ({"kind": "tiered_rate"}, True),
        ({"kind": "waterfall"}, False),
        ({"on": "2025-06-03"}, True),
        ({"on": "2025-06-02"}, False),
    ],
)
def test_library_is_narrowed_down(asked, is_shown, language):
    a_policy()
    page = text_of(client_of(language=language).get("/policies/", asked))
    assert (f"/policies/{T1}/1/" in page) is is_shown
    assert is_shown or 'class="empty"' in page


def test_library_groups_versions_in_few_queries(tmp_path, django_assert_max_num_queries):
    two_versions(tmp_path)
    a_policy(UNLOCK_SHARE)
    with django_assert_max_num_queries(QUERIES_MAX):
        page = text_of(client_of().get("/policies/"))
    assert page.count('class="library__policy"') == 2
    assert f"/policies/{T1}/2/" in page


def test_versions_are_compared_in_words_and_in_money(tmp_path, language):
    two_versions(tmp_path)
    address = reverse("compare_versions", args=[T1, 1, 2])
    page = text_of(client_of(language=language).get(address))
    assert "<del>1.5</del>" in page
    assert "<ins>1.8</ins>" in page
    assert "5,000.00" in page


def test_version_is_not_compared_with_itself_or_with_none(tmp_path):
    two_versions(tmp_path)
    client = client_of()
    assert client.get(reverse("compare_versions", args=[T1, 1, 1])).status_code == 404
    assert client.get(reverse("compare_versions", args=[T1, 1, 9])).status_code == 404


def test_comparison_says_who_pays_more_and_from_where_on(language):
    a_policy()
    a_policy(UNLOCK_SHARE)
    typed = "&minutes=20000&income_web=80000&months=1&a-parameter_rights=exclusive_premiere"
    typed += "&a-parameter_tier_reading=marginal&b-parameter_currency=CNY"
    typed += "&b-parameter_studio_share=50%25&b-parameter_web_fee=1%25"
    page = text_of(client_of(language=language).get(reverse("compare_terms") + BOTH + typed))
    assert "plot__line--b" in page
    assert "39,600.00" in page
    assert "35,000.00" in page
    assert ("比 B 付得多" if language == "zh-hans" else "A pays more than B") in page
    part = client_of(language=language).get(
        reverse("compare_terms") + BOTH + typed, headers={"hx-request": "true"}
    )
    assert "<html" not in text_of(part)


def test_forecast_is_the_same_for_the_same_seed(language):
    a_policy()
    a_policy(UNLOCK_SHARE)
    client = client_of(language=language)
    first, again = (text_of(client.get(reverse("simulate_terms") + BOTH)) for _ in range(2))
    assert "plot__range--b" in first
    start = first.index("plot__ranges")
    assert first[start:] == again[again.index("plot__ranges") :]


def test_comparison_asks_for_a_second(language):
    a_policy()
    page = text_of(
        client_of(language=language).get(reverse("compare_terms"), {"with": f"policy:{T1}/1"})
    )
    assert "plot__line" not in page
    assert 'class="notice"' in page


def test_offers_of_others_are_not_compared():
    platform, studio = an_actor("platform"), an_actor("studio")
    offer = an_offer(platform, studio, [a_title_of(studio)])
    a_policy(UNLOCK_SHARE)
    typed = {"with": [f"offer:{offer.pk}", f"policy:{UNLOCK_SHARE}/1"]}
    own = text_of(client_of(studio).get(reverse("compare_terms"), typed))
    assert "plot__line--b" in own
    for stranger in (None, an_actor("studio")):
        page = text_of(client_of(stranger).get(reverse("compare_terms"), typed))
        assert "plot__line--b" not in page
        assert f"offer:{offer.pk}" not in page.split("<form")[2]
