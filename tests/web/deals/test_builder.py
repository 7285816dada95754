"""Writing policies with forms: nothing is lost, nobody overwritten, what is published is exact."""

import pytest
from django.urls import reverse

from duanju.adapters.documents import policy_from_text
from duanju.adapters.documents.policy_fields import FieldDescription, Form, describe_clause
from duanju_web.deals.mapping.documents import document_of, read_document
from duanju_web.deals.mapping.fields import CLAUSE_KINDS, Field, fields_of
from duanju_web.deals.models import PolicyDraft, PolicyVersion
from duanju_web.deals.selectors import policy_of
from duanju_web.deals.services import publish_draft
from duanju_web.shared.models import AuditEntry
from tests.support.agreements import POLICIES, SIGNED_AT, T1, a_policy
from tests.support.drafts import a_draft_of
from tests.support.forms import filled_form
from tests.support.people import a_member_of, an_actor, client_of

pytestmark = pytest.mark.django_db
QUERIES_MAX = 12


@pytest.fixture
def platform():
    return an_actor("platform", role="producer")


def text_of(response, status=200):
    assert response.status_code == status, response.status_code
    return response.content.decode()


def clause_address(draft, index=0):
    return reverse("draft_clause", args=[draft.pk, index])


def needed_for(kind):
    """Return the kinds of a draft in which an example of a kind makes sense, the kind last."""
    return ("tiered_rate", kind) if CLAUSE_KINDS[kind].needs_others else (kind,)


@pytest.mark.parametrize("kind", CLAUSE_KINDS)
def test_form_of_every_kind_opens_and_saves_what_it_showed(kind, platform, language):
    draft = a_draft_of(platform, *needed_for(kind))
    index = len(needed_for(kind)) - 1
    client = client_of(platform, language=language)
    page = text_of(client.get(clause_address(draft, index)))
    before, problems = read_document(draft.data)
    assert problems == ()
    assert before is not None
    answer = client.post(clause_address(draft, index), filled_form(page, "builder-form"))
    text_of(answer)
    draft.refresh_from_db()
    after, problems = read_document(draft.data)
    assert problems == ()
    assert after is not None
    assert after.digest == before.digest


def names_within(fields: tuple[Field, ...]) -> set[str]:
    return {own.key for own in fields} | {
        name for own in fields for name in names_within(own.fields)
    }


def described(fields: tuple[FieldDescription, ...]) -> set[str]:
    names = set()
    for own in fields:
        names.add(own.name)
        if own.form in (Form.ROWS, Form.TABLE):
            names |= described(own.fields)
    return names


@pytest.mark.parametrize("kind", CLAUSE_KINDS)
def test_form_of_every_kind_asks_for_all_that_its_table_holds(kind):
    asked = names_within(fields_of(kind)) | {"from", "kind"}
    assert described(describe_clause(kind)) - asked == set()


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*.toml")), ids=lambda path: path.stem)
def test_published_policies_are_the_same_as_plain_data(path):
    text = path.read_text(encoding="utf-8")
    policy, problems = read_document(document_of(text))
    assert problems == ()
    assert policy is not None
    assert policy.digest == policy_from_text(text).digest


def test_draft_begun_from_a_published_policy_saves_every_clause_as_it_was(platform):
    draft = a_draft_of(platform, version=a_policy())
    before, _problems = read_document(draft.data)
    client = client_of(platform)
    for index in range(len(draft.data["clause"])):
        page = text_of(client.get(clause_address(draft, index)))
        text_of(client.post(clause_address(draft, index), filled_form(page, "builder-form")))
    draft.refresh_from_db()
    after, _problems = read_document(draft.data)
    assert after.digest == before.digest


def test_publishing_gives_the_digest_of_the_file(platform):
    draft = a_draft_of(platform, "tiered_rate", "minimum_guarantee")
    client = client_of(platform)
    file = client.get(reverse("download_draft", args=[draft.pk])).content.decode()
    answer = client.post(reverse("publish_draft", args=[draft.pk]), {"revision": draft.revision})
    assert answer.status_code == 302
    version = PolicyVersion.objects.get(owner=platform.organisation)
    assert version.digest == policy_from_text(file).digest == policy_of(version).digest
    assert version.kinds == ",tiered_rate,minimum_guarantee,"
    assert AuditEntry.objects.filter(action="deals.publish-policy").count() == 1


def test_publishing_twice_publishes_once_and_the_next_draft_is_the_next_version(platform):
    draft = a_draft_of(platform, "fee")
    first = publish_draft(actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT)
    again = publish_draft(actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT)
    assert first == again
    later = a_draft_of(platform, "award", version=first)
    second = publish_draft(
        actor=platform, draft_id=later.pk, revision=later.revision, now=SIGNED_AT
    )
    assert (second.policy_id, second.version) == (first.policy_id, 2)


def test_policy_with_problems_is_not_published_and_says_all_of_them(platform, language):
    draft = a_draft_of(platform, "tiered_rate", "pool_share", "revenue_share", "waterfall")
    answer = client_of(platform, language=language).post(
        reverse("publish_draft", args=[draft.pk]), {"revision": draft.revision}
    )
    page = text_of(answer, 409)
    assert page.count('class="problem"') >= 2
    assert not PolicyVersion.objects.exists()
    draft.refresh_from_db()
    assert draft.published_as is None


def test_faulty_number_is_kept_and_named_at_its_field(platform, language):
    draft = a_draft_of(platform, "minimum_guarantee")
    client = client_of(platform, language=language)
    sent = filled_form(text_of(client.get(clause_address(draft))), "builder-form")
    page = text_of(client.post(clause_address(draft), sent | {"amount": ["much"]}))
    assert 'value="much"' in page
    start = page.index('id="f-amount-problems"')
    assert "field__error" in page[start : page.index("</div>", start)]
    draft.refresh_from_db()
    assert draft.data["clause"][0]["amount"] == "much"


def test_script_receives_pieces_with_the_new_revision(platform):
    draft = a_draft_of(platform, "minimum_guarantee")
    client = client_of(platform)
    sent = filled_form(text_of(client.get(clause_address(draft))), "builder-form")
    part = text_of(
        client.post(
            clause_address(draft),
            sent | {"amount": ["60,000"]},
            headers={"hx-request": "true"},
        )
    )
    draft.refresh_from_db()
    assert draft.data["clause"][0]["amount"] == "60000"
    assert "<html" not in part
    assert f'id="revision" value="{draft.revision}" hx-swap-oob' in part
    assert "60,000.00" in part


def test_two_writers_do_not_undo_each_other(platform, language):
    draft = a_draft_of(platform, "minimum_guarantee")
    one, other = client_of(platform), client_of(platform, language=language)
    page = text_of(one.get(clause_address(draft)))
    sent = filled_form(page, "builder-form")
    text_of(one.post(clause_address(draft), sent | {"amount": ["60000"]}))
    refused = text_of(other.post(clause_address(draft), sent | {"amount": ["70000"]}), 409)
    assert 'value="70,000"' in refused
    draft.refresh_from_db()
    assert draft.data["clause"][0]["amount"] == "60000"


def test_rows_are_added_moved_and_taken_out(platform):
    draft = a_draft_of(platform, "tiered_rate")
    client = client_of(platform)

    def press(action):
        sent = filled_form(text_of(client.get(clause_address(draft))), "builder-form")
        text_of(client.post(clause_address(draft), sent | {"do": [action]}))
        draft.refresh_from_db()
        return [own["rate"] for own in draft.data["clause"][0]["tier"]]

    assert press("add:tier") == ["1.5", "3", "1.5"]
    assert press("up:tier.2") == ["1.5", "1.5", "3"]
    assert press("drop:tier.1") == ["1.5", "3"]


def test_number_can_be_left_to_the_deal_and_then_hang_on_a_choice(platform):
    draft = a_draft_of(platform, "minimum_guarantee")
    client = client_of(platform)
    sent = filled_form(text_of(client.get(clause_address(draft))), "builder-form")
    text_of(client.post(clause_address(draft), sent | {"amount~": ["+"]}))
    draft.refresh_from_db()
    parameter = draft.data["parameter"][0]
    assert (parameter["kind"], parameter["default"]) == ("amount", "50000")
    assert draft.data["clause"][0]["amount"] == {"parameter": parameter["id"]}
    assert read_document(draft.data)[1] == ()
    address = reverse("draft_parameter", args=[draft.pk, 0])
    sent = filled_form(text_of(client.get(address)), "builder-form")
    text_of(client.post(address, sent | {"id": ["guarantee"]}))
    draft.refresh_from_db()
    assert draft.data["clause"][0]["amount"] == {"parameter": "guarantee"}


def test_clauses_are_moved_and_taken_out(platform):
    draft = a_draft_of(platform, "tiered_rate", "fee", "award")
    client = client_of(platform)
    for action, kinds in (
        ("down:clause.0", ["fee", "tiered_rate", "award"]),
        ("drop:clause.1", ["fee", "award"]),
    ):
        sent = {"revision": draft.revision, "do": action}
        assert client.post(reverse("draft", args=[draft.pk]), sent).status_code == 302
        draft.refresh_from_db()
        assert [own["kind"] for own in draft.data["clause"]] == kinds


def test_drafts_do_not_exist_for_others_and_nothing_changes(platform):
    draft = a_draft_of(platform, "fee")
    addresses = [
        reverse(name, args=[draft.pk])
        for name in ("draft", "choose_clause", "draft_figures", "download_draft")
    ]
    actions = [reverse(name, args=[draft.pk]) for name in ("publish_draft", "discard_draft")]
    accountant = a_member_of(platform.organisation, role="accountant")
    for stranger in (an_actor("platform"), an_actor("studio"), an_actor("buyer"), accountant):
        client = client_of(stranger)
        assert {client.get(own).status_code for own in [*addresses, clause_address(draft)]} == {404}
        assert {client.post(own).status_code for own in [*actions, addresses[0]]} == {404}
    assert client_of().get(addresses[0]).status_code == 302
    draft.refresh_from_db()
    assert (draft.revision, draft.published_as) == (2, None)
    assert PolicyDraft.objects.count() == 1


def test_draft_can_be_thrown_away(platform):
    draft = a_draft_of(platform, "fee")
    assert client_of(platform).post(reverse("discard_draft", args=[draft.pk])).status_code == 302
    assert not PolicyDraft.objects.exists()


def test_overview_and_lists_read_in_both_languages(
    platform, language, django_assert_max_num_queries
):
    a_policy()
    draft = a_draft_of(platform, *CLAUSE_KINDS)
    client = client_of(platform, language=language)
    with django_assert_max_num_queries(QUERIES_MAX):
        page = text_of(client.get(reverse("draft", args=[draft.pk])))
    assert page.count('class="row part"') == len(CLAUSE_KINDS)
    assert T1 in text_of(client.get(reverse("drafts")))
    kinds = text_of(client.get(reverse("choose_clause", args=[draft.pk])))
    assert ("瀑布式分配" if language == "zh-hans" else "Waterfall") in kinds


def test_money_is_computed_on_the_figures_that_were_typed_beside_the_form(platform):
    draft = a_draft_of(platform, "tiered_rate")
    client = client_of(platform)
    page = text_of(client.get(clause_address(draft)))
    figures = filled_form(page, "figures") | {"minutes": ["600"]}
    sent = filled_form(page, "builder-form") | figures
    part = text_of(client.post(clause_address(draft), sent, headers={"hx-request": "true"}))
    assert "15.00" in part
    address = reverse("draft_figures", args=[draft.pk])
    assert "15.00" in text_of(client.get(address, figures))
