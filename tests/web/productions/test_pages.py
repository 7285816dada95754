"""The studio's pages, in both languages: titles, details, progress, publication."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from duanju_web.productions.models import Episode, Title
from duanju_web.productions.selectors import (
    count_episodes_by_state,
    published_titles,
    title_for_viewer,
)
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import AuditEntry
from tests.support.people import a_member_of, an_actor, client_of
from tests.support.titles import A_FILING_NUMBER, a_received_file, a_title, an_episode

pytestmark = pytest.mark.django_db

_DETAILS = {
    "name_zh": "夜航",
    "name_en": "Night Flight",
    "synopsis_zh": "机长归来。",
    "synopsis_en": "A pilot returns.",
    "orientation": "vertical",
    "genre": "romance",
    "production_kind": "live_action",
    "budget_tier": "ordinary",
    "filing_number": A_FILING_NUMBER,
    "free_episode_count": "10",
    "episode_price_coins": "80",
}
_WORDS = {
    "en": ("Bring episodes", "Publication", "The filing number is missing."),
    "zh-hans": ("上传剧集", "上线", "缺少备案号。"),
}


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_studio_sees_its_titles_with_their_progress(maker: Actor, language: str) -> None:
    title = a_title(maker)
    an_episode(title, 1)
    an_episode(title, 2, state="packaging")
    an_episode(title, 3, state="failed")
    a_title(an_actor("studio"), slug="of-another")

    page = _page(client_of(maker, language=language), "/studio/titles/")

    told = {
        "en": ("Night Flight", "1 of 3 episodes ready", "1 in work", "1 failed", "Draft"),
        "zh-hans": ("夜航", "3 集中 1 集可播放", "1 集处理中", "1 集失败", "草稿"),
    }
    assert all(words in page for words in told[language])
    assert "of-another" not in page


def test_the_list_comes_in_pages_and_asks_little(
    maker: Actor, django_assert_max_num_queries
) -> None:
    for number in range(45):
        an_episode(a_title(maker, slug=f"title-{number}"), 1)
    client = client_of(maker)
    client.get("/studio/titles/")

    with django_assert_max_num_queries(8):
        first = _page(client, "/studio/titles/")
    assert first.count('<a class="row"') == 20
    assert _page(client, "/studio/titles/?page=3").count('<a class="row"') == 5


def test_a_title_of_many_episodes_asks_little(
    maker: Actor, title: Title, django_assert_max_num_queries
) -> None:
    for number in range(1, 81):
        an_episode(title, number, state="failed", problem={"code": "media.cut-off"})
    for number in range(81, 101):
        a_received_file(title, str(number).encode(), name=f"{number}.mp4")
    client = client_of(maker)
    client.get("/studio/titles/")

    with django_assert_max_num_queries(18):
        page = _page(client, f"/studio/titles/{title.slug}/")
    assert page.count("The end of this file is missing.") == 80
    assert page.count("data-ingest-number") == 20
    with django_assert_max_num_queries(10):
        _page(client, f"/studio/titles/{title.slug}/progress")


def test_the_first_page_says_what_to_do(maker: Actor, language: str) -> None:
    page = _page(client_of(maker, language=language), "/studio/titles/")

    assert {"en": "Make the first title", "zh-hans": "新建第一部剧"}[language] in page


def test_a_title_is_made_from_what_is_filled_in(maker: Actor, language: str) -> None:
    client = client_of(maker, language=language)
    assert 'name="name_zh"' in _page(client, "/studio/titles/new")

    details = _DETAILS | {"filing_number": "（京）网微剧审字（2026）第 001号"}
    answer = client.post("/studio/titles/new", details)

    title = Title.objects.get()
    assert answer["Location"] == "/studio/titles/night-flight/"
    assert title.name == {"zh-Hans": "夜航", "en": "Night Flight"}
    assert (title.filing_number, title.state) == (A_FILING_NUMBER, "draft")
    assert title.studio == maker.organisation
    entry = AuditEntry.objects.get(action="productions.create-title")
    assert entry.after["episode_price_coins"] == 80
    page = _page(client, answer["Location"])
    assert all(words in page for words in _WORDS[language][:2])


def test_a_name_in_one_language_is_enough_and_makes_the_address(maker: Actor) -> None:
    for slug in ("ye-hang", "ye-hang-2"):
        client_of(maker).post("/studio/titles/new", _DETAILS | {"name_en": ""})
        assert Title.objects.filter(slug=slug, name={"zh-Hans": "夜航"}).exists()


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"name_zh": "", "name_en": ""}, "Give the name in one of the two languages."),
        ({"filing_number": "12345"}, "A filing number reads like"),
        ({"genre": "western"}, "Select a valid choice"),
        ({"free_episode_count": "-1"}, "greater than or equal to 0"),
    ],
)
def test_wrong_details_make_no_title(maker: Actor, entered: dict, sentence: str) -> None:
    answer = client_of(maker).post("/studio/titles/new", _DETAILS | entered)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Title.objects.count() == 0
    assert AuditEntry.objects.count() == 0


def test_changed_details_are_audited_before_and_after(maker: Actor, title: Title) -> None:
    client = client_of(maker)
    assert "Night Flight" in _page(client, f"/studio/titles/{title.slug}/edit")

    changed = _DETAILS | {"episode_price_coins": "120", "free_episode_count": "1"}
    client.post(f"/studio/titles/{title.slug}/edit", changed)

    title.refresh_from_db()
    assert title.episode_price_coins == 120
    entry = AuditEntry.objects.get(action="productions.change-title")
    assert (entry.before, entry.after) == (
        {"episode_price_coins": 80},
        {"episode_price_coins": 120},
    )


def test_publishing_says_every_reason_against_it(maker: Actor, language: str) -> None:
    title = a_title(
        maker,
        filing_number="",
        budget_tier="",
        production_kind="ai_made",
        free_episode_count=5,
    )
    an_episode(title, 2)

    answer = client_of(maker, language=language).post(f"/studio/titles/{title.slug}/publish")

    assert answer.status_code == 422
    page = answer.content.decode()
    reasons = {
        "en": (
            "The filing number is missing.",
            "The budget tier is missing.",
            "The AI label is missing.",
            "Episode 1 is not ready to play.",
            "5 episodes are free, but the title has only 1.",
        ),
        "zh-hans": (
            "缺少备案号。",
            "缺少投资类别。",
            "缺少 AI 标识。",
            "第 1 集还不能播放。",
            "设置了 5 集免费，但全剧只有 1 集。",
        ),
    }
    assert all(reason in page for reason in reasons[language])


@pytest.mark.parametrize(
    "missing",
    [
        {"filing_number": ""},
        {"budget_tier": ""},
        {"production_kind": "ai_made"},
        {"free_episode_count": 2},
    ],
)
def test_a_refused_publication_moves_nothing(maker: Actor, missing: dict) -> None:
    title = a_title(maker, **missing)
    an_episode(title, 1)
    audited = AuditEntry.objects.count()

    assert client_of(maker).post(f"/studio/titles/{title.slug}/publish").status_code == 422

    title.refresh_from_db()
    assert (title.state, title.published_at) == ("draft", None)
    assert list(published_titles()) == []
    assert AuditEntry.objects.count() == audited


@pytest.mark.parametrize("state", ["expected", "waiting", "packaging", "failed"])
def test_nothing_that_does_not_play_is_published(maker: Actor, title: Title, state: str) -> None:
    an_episode(title, 1, state=state)

    assert client_of(maker).post(f"/studio/titles/{title.slug}/publish").status_code == 422
    assert title_for_viewer(title.slug) is None


def test_a_published_title_is_found_and_taken_back_again(maker: Actor, title: Title) -> None:
    an_episode(title, 1)
    client = client_of(maker)
    assert title_for_viewer(title.slug) is None

    assert client.post(f"/studio/titles/{title.slug}/publish").status_code == 302
    found = title_for_viewer(title.slug)
    assert found == title
    assert found.published_at is not None
    entry = AuditEntry.objects.get(action="productions.publish")
    assert (entry.user, entry.before) == (maker.user, {"state": "draft"})
    assert entry.after == {"state": "published", "filing_number": A_FILING_NUMBER}

    client.post(f"/studio/titles/{title.slug}/publish")
    assert AuditEntry.objects.filter(action="productions.publish").count() == 1
    client.post(f"/studio/titles/{title.slug}/unpublish")
    assert title_for_viewer(title.slug) is None
    assert AuditEntry.objects.filter(action="productions.unpublish").count() == 1


def test_an_ai_made_title_with_its_label_is_published(maker: Actor) -> None:
    title = a_title(maker, production_kind="ai_made", ai_label=True)
    an_episode(title, 1)

    client_of(maker).post(f"/studio/titles/{title.slug}/publish")

    assert title_for_viewer(title.slug) == title


def test_progress_is_asked_for_only_while_something_is_packaged(
    maker: Actor, title: Title, language: str
) -> None:
    client = client_of(maker, language=language)
    address = f"/studio/titles/{title.slug}/progress"
    episode = an_episode(title, 1, state="packaging", progress_per_mille=437)

    page = _page(client, address)
    assert 'hx-trigger="every 2s"' in page
    assert 'aria-valuenow="43"' in page
    assert 'id="publication"' not in page

    Episode.objects.filter(pk=episode.pk).update(state="ready")
    page = _page(client, address)
    assert "hx-trigger" not in page
    assert 'id="publication" hx-swap-oob="true"' in page


def test_a_gap_in_the_order_is_pointed_out(maker: Actor, title: Title) -> None:
    an_episode(title, 1)
    a_received_file(title, b"5", name="第5集.mp4")

    page = _page(client_of(maker), f"/studio/titles/{title.slug}/order")

    assert "Nothing came for episodes 2 to 4." in page


def test_a_refused_archive_and_an_unfinished_file_are_listed(maker: Actor, title: Title) -> None:
    from duanju_web.productions.services import append_to_upload, begin_upload
    from tests.support.people import A_MOMENT

    a_received_file(title, b"no zip", name="夜航.zip")
    half = begin_upload(title=title, user=maker.user, name="第1集.mp4", size_bytes=10, now=A_MOMENT)
    append_to_upload(upload=half, offset_bytes=0, blocks=[b"01234"], now=A_MOMENT)

    page = _page(client_of(maker), f"/studio/titles/{title.slug}/")

    assert "This ZIP file is damaged or of a kind that cannot be read." in page
    assert "50%" in page


def test_what_a_file_is_called_cannot_become_markup(maker: Actor, title: Title) -> None:
    a_received_file(title, b"x", name="<img src=x onerror=alert(1)>.mp4")

    page = _page(client_of(maker), f"/studio/titles/{title.slug}/")

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.mp4" in page


@pytest.mark.parametrize(
    "address",
    ["", "titles/", "titles/new", "titles/night-flight/", "titles/night-flight/edit"],
)
def test_studios_pages_open_for_studios_only(title: Title, address: str) -> None:
    assert client_of().get(f"/studio/{address}", follow=True).redirect_chain
    assert client_of(an_actor("platform")).get(f"/studio/{address}", follow=True).status_code == 404


def test_another_studios_title_does_not_exist(title: Title) -> None:
    other = client_of(an_actor("studio"))

    for page in ("", "edit", "progress", "order", "poster"):
        assert other.get(f"/studio/titles/{title.slug}/{page}").status_code == 404


def test_an_accountant_reads_and_changes_nothing(title: Title, language: str) -> None:
    client = client_of(a_member_of(title.studio, role="accountant"), language=language)

    page = _page(client, f"/studio/titles/{title.slug}/")

    assert "data-ingest" not in page
    assert "/publish" not in page
    for change in ("edit", "publish", "unpublish", "order"):
        assert client.post(f"/studio/titles/{title.slug}/{change}").status_code == 404
    assert client.get("/studio/titles/new").status_code == 404


def test_a_drafts_poster_is_for_its_studio(maker: Actor, title: Title) -> None:
    assert client_of(maker).get(f"/studio/titles/{title.slug}/poster").status_code == 404
    (settings.MEDIA_FOLDER).mkdir(parents=True)
    (settings.MEDIA_FOLDER / "poster.webp").write_bytes(b"RIFF")
    Title.objects.update(poster="poster.webp")

    answer = client_of(maker).get(f"/studio/titles/{title.slug}/poster")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert b"".join(answer.streaming_content) == b"RIFF"


def test_states_are_counted_over_titles(title: Title) -> None:
    an_episode(title, 1)
    an_episode(title, 2)
    an_episode(title, 3, state="failed")

    assert count_episodes_by_state(slugs=[title.slug]) == {"ready": 2, "failed": 1}
    assert count_episodes_by_state(slugs=[]) == {}


def test_every_problem_has_a_sentence_and_a_hint_in_both_languages() -> None:
    from duanju_web.productions.problems import SENTENCES

    for code, (sentence, hint) in SENTENCES.items():
        with override("zh-hans"):
            chinese = str(sentence)
        assert chinese != str(sentence), code
        assert hint or code == "productions.replaces-episode"
