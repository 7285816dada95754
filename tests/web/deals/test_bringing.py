"""A policy that was written as TOML becomes a draft, or says what is wrong line by line."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from duanju.adapters.documents import policy_from_text
from duanju_web.deals.mapping.documents import read_document
from duanju_web.deals.models import PolicyDraft
from duanju_web.shared.models import AuditEntry
from tests.support.agreements import POLICIES, T1
from tests.support.drafts import a_draft_of
from tests.support.forms import filled_form
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return an_actor("platform", role="producer")


def a_file(text):
    return SimpleUploadedFile("mine.toml", text.encode("utf-8"))


def test_file_becomes_a_draft_that_says_the_same(platform, language):
    text = (POLICIES / f"{T1}.toml").read_text(encoding="utf-8")
    client = client_of(platform, language=language)
    answer = client.post(reverse("drafts"), {"document": a_file(text)})
    draft = PolicyDraft.objects.get()
    assert answer["Location"] == reverse("draft", args=[draft.pk])
    policy, problems = read_document(draft.data)
    assert problems == ()
    assert policy is not None
    assert policy.digest == policy_from_text(text).digest


def test_every_problem_is_shown_with_its_line_and_the_text_is_kept(platform, language):
    text = (POLICIES / f"{T1}.toml").read_text(encoding="utf-8")
    faulty = text.replace("version = 1", 'version = "one"', 1) + "\nnonsense = 3\n"
    trail = AuditEntry.objects.count()
    client = client_of(platform, language=language)
    page = client.post(reverse("drafts"), {"document": a_file(faulty)}).content.decode()
    for word in ("version = ", "nonsense = "):
        line = next(
            number for number, own in enumerate(faulty.splitlines(), 1) if own.startswith(word)
        )
        assert f"mine.toml:{line}" in page
    assert "nonsense = 3\n</textarea>" in page
    assert not PolicyDraft.objects.exists()
    assert AuditEntry.objects.count() == trail


def test_file_that_is_no_toml_begins_nothing(platform):
    page = client_of(platform).post(reverse("drafts"), {"document": a_file("id = [")})
    assert "mine.toml" in page.content.decode()
    assert not PolicyDraft.objects.exists()


def test_studio_brings_nothing():
    answer = client_of(an_actor("studio")).post(reverse("drafts"), {"document": "id = 1"})
    assert answer.status_code == 404
    assert not PolicyDraft.objects.exists()


def test_figures_stay_while_the_draft_has_a_problem(platform):
    draft = a_draft_of(platform, "tiered_rate")
    client = client_of(platform)
    address = reverse("draft_clause", args=[draft.pk, 0])
    page = client.get(address).content.decode()
    sent = filled_form(page, "builder-form")
    figures = filled_form(page, "figures") | {"minutes": ["600"]}
    broken = client.post(address, sent | figures | {"per": ["no number"]}).content.decode()
    assert filled_form(broken, "figures")["minutes"] == ["600"]
    kept = filled_form(broken, "figures")
    again = filled_form(broken, "builder-form") | kept | {"per": sent["per"]}
    assert "15.00" in client.post(address, again).content.decode()
