"""Pages of people and organisations: who sees them in which language, what a refusal leaves."""

import pytest
from django.core import mail
from django.urls import reverse

from duanju_web.shared.models import AuditEntry, Invitation, Membership, Organisation, User
from tests.support.people import a_member_of, a_person, an_actor, an_organisation, client_of

pytestmark = pytest.mark.django_db

PUBLIC = ["/about/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
OWN = ["/home/", "/organisations/", "/organisations/audit/", "/organisations/new/"]
KINDS = ["platform", "studio", "writer", "buyer", "localizer", "juror", "brand"]


@pytest.mark.parametrize("address", [*PUBLIC, "/accounts/password/reset/done/", "/style/"])
def test_visitor_reads_public_pages_in_the_own_language(address, language):
    page = client_of(language=language).get(address)
    assert page.status_code == 200
    lang = {"en": "en", "zh-hans": "zh-Hans"}[language]
    assert f'<html lang="{lang}"' in page.content.decode()


@pytest.mark.parametrize("address", OWN)
def test_visitor_is_asked_to_log_in(address):
    page = client_of().get(address)
    assert page.status_code == 302
    assert page.url == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_organisation_has_its_own_first_page(kind, language):
    page = client_of(an_actor(kind), language=language).get("/home/")
    assert page.status_code == 200
    assert page.context["kind"] == kind


def test_viewer_without_organisation_has_a_first_page(language):
    page = client_of(a_person(display_name="Mei"), language=language).get("/home/")
    assert page.status_code == 200
    assert "Mei" in page.content.decode()


def test_text_of_a_page_is_wholly_chinese_in_chinese():
    page = client_of(an_actor("writer"), language="zh-hans").get("/organisations/")
    words = page.content.decode()
    for said in ("成员", "角色权限", "待接受的邀请", "操作日志"):
        assert said in words
    for unsaid in ("Members", "Invite", "Open invitations"):
        assert unsaid not in words


def test_language_is_switched_by_post_and_kept():
    client = client_of()
    client.post(reverse("set_language"), {"language": "zh-hans", "next": "/about/"})
    assert '<html lang="zh-Hans"' in client.get("/about/").content.decode()


def test_chosen_theme_comes_with_the_page_so_that_nothing_flashes():
    client = client_of()
    assert "data-theme" not in client.get("/about/").content.decode().split(">", 2)[1]
    client.cookies["theme"] = "dark"
    assert '<html lang="en" data-theme="dark">' in client.get("/about/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "<script>" not in client.get("/about/").content.decode()


def test_pages_hold_no_inline_script_or_style():
    actor = an_actor("studio")
    for address in [*OWN, "/style/"]:
        words = client_of(actor).get(address).content.decode()
        assert "<style" not in words
        assert " style=" not in words
        assert " onclick=" not in words
        assert words.count("<script") == words.count('<script type="module" src=')


def test_every_answer_says_what_a_browser_may_run():
    for address in ["/about/", "/nothing/here/", "/accounts/login/"]:
        policy = client_of().get(address).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "default-src 'self'" in policy


def test_owner_invites_and_the_invited_joins(language, django_capture_on_commit_callbacks):
    owner = an_actor("studio")
    client = client_of(owner, language=language)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(
            "/organisations/invite/", {"email": "mei@example.org", "role": "producer"}
        )
    assert sent.status_code == 302
    address = mail.outbox[-1].body.split("http://testserver")[1].split()[0]
    invited = a_person(email="mei@example.org")
    guest = client_of(invited, language=language)
    assert guest.get(address).status_code == 200
    assert guest.post(address).url == "/home/"
    membership = Membership.objects.get(user=invited)
    assert (membership.organisation, membership.role) == (owner.organisation, "producer")
    assert guest.get("/home/").context["actor"].organisation == owner.organisation


def test_invitation_for_another_address_makes_nobody_a_member(django_capture_on_commit_callbacks):
    client = client_of(an_actor("studio"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/organisations/invite/", {"email": "mei@example.org", "role": "producer"})
    address = mail.outbox[-1].body.split("http://testserver")[1].split()[0]
    stranger = a_person(email="other@example.org")
    before = Membership.objects.count()
    assert client_of(stranger).post(address).status_code == 422
    assert Membership.objects.count() == before
    assert Invitation.objects.get().accepted_at is None


def test_wrong_address_of_an_invitation_is_said_in_the_form_and_nothing_is_sent():
    page = client_of(an_actor("studio")).post("/organisations/invite/", {"email": "no", "role": ""})
    assert page.status_code == 422
    assert 'data-dialog-open-now="invite"' in page.content.decode()
    assert Invitation.objects.count() == 0
    assert mail.outbox == []


@pytest.mark.parametrize("role", ["producer", "accountant", "member"])
def test_changing_members_does_not_exist_for_those_who_own_nothing(role):
    organisation = an_organisation("studio")
    a_member_of(organisation, role="owner")
    other = a_member_of(organisation, role="member").membership
    client = client_of(a_member_of(organisation, role=role))
    refused = [
        client.get("/organisations/audit/"),
        client.post("/organisations/invite/", {"email": "mei@example.org", "role": "owner"}),
        client.post(f"/organisations/members/{other.pk}/role/", {f"{other.pk}-role": "owner"}),
        client.post(f"/organisations/members/{other.pk}/remove/"),
    ]
    assert [page.status_code for page in refused] == [404] * 4
    other.refresh_from_db()
    assert other.role == "member"
    assert Invitation.objects.count() == 0
    assert AuditEntry.objects.count() == 0


def test_members_of_another_organisation_do_not_exist():
    stranger = an_actor("studio")
    client = client_of(an_actor("studio"))
    number = stranger.membership.pk
    page = client.post(f"/organisations/members/{number}/role/", {f"{number}-role": "member"})
    assert page.status_code == 404
    assert client.post(f"/organisations/members/{number}/remove/").status_code == 404
    stranger.membership.refresh_from_db()
    assert stranger.membership.role == "owner"


def test_last_owner_stays_owner():
    owner = an_actor("studio")
    number = owner.membership.pk
    client = client_of(owner)
    client.post(f"/organisations/members/{number}/role/", {f"{number}-role": "member"})
    client.post(f"/organisations/members/{number}/remove/")
    owner.membership.refresh_from_db()
    assert owner.membership.role == "owner"
    assert AuditEntry.objects.count() == 0


def test_changed_role_stands_in_the_audit_log(language):
    owner = an_actor("studio")
    number = a_member_of(owner.organisation, role="member").membership.pk
    client = client_of(owner, language=language)
    client.post(f"/organisations/members/{number}/role/", {f"{number}-role": "accountant"})
    words = client.get("/organisations/audit/").content.decode()
    assert {"en": "changed a role", "zh-hans": "调整了角色"}[language] in words
    assert "accountant" in words


def test_person_sets_up_an_organisation_and_acts_for_it_at_once():
    person = a_person()
    client = client_of(person)
    client.post("/organisations/new/", {"kind": "writer", "name_zh": "墨池", "name_en": ""})
    founded = Organisation.objects.get()
    assert (founded.slug, founded.kind, founded.name) == ("mo-chi", "writer", {"zh-Hans": "墨池"})
    assert client.get("/home/").context["actor"].organisation == founded


def test_organisation_without_a_name_is_not_set_up():
    client = client_of(a_person())
    page = client.post("/organisations/new/", {"kind": "writer", "name_zh": "", "name_en": ""})
    assert page.context["form"].non_field_errors()
    assert Organisation.objects.count() == 0


def test_same_name_gets_another_address():
    an_organisation("writer", slug="mo-chi")
    client_of(a_person()).post("/organisations/new/", {"kind": "writer", "name_en": "Mo Chi"})
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["mo-chi", "mo-chi-2"]


def test_signing_up_keeps_the_name_and_opens_the_first_page(language):
    client = client_of(language=language)
    details = {"email": "new@example.org", "password1": "a-long-pass-phrase", "display_name": "Mei"}
    assert client.post("/accounts/signup/", details).status_code == 302
    assert User.objects.get(email="new@example.org").display_name == "Mei"
    assert client.get("/home/").status_code == 200


def test_forgotten_password_is_replaced_by_the_mailed_link(language):
    person = a_person(email="mei@example.org")
    client = client_of(language=language)
    client.post("/accounts/password/reset/", {"email": "mei@example.org"})
    address = next(w for w in mail.outbox[-1].body.split() if "/accounts/password/reset/key/" in w)
    form = client.get(address.partition("testserver")[2] or address, follow=True)
    assert form.status_code == 200
    fields = {"password1": "another-long-phrase", "password2": "another-long-phrase"}
    done = client.post(form.request["PATH_INFO"], fields, follow=True)
    assert done.status_code == 200
    person.refresh_from_db()
    assert person.check_password("another-long-phrase")


@pytest.mark.parametrize(
    "address", ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"]
)
def test_own_account_is_kept_in_both_languages(address, language):
    assert client_of(a_person(), language=language).get(address).status_code == 200


def test_unknown_address_says_what_to_do_next(language):
    page = client_of(an_actor("studio"), language=language).get("/nothing/here/")
    assert page.status_code == 404
    assert 'href="/home/"' in page.content.decode()


def test_first_page_costs_few_queries(django_assert_max_num_queries):
    client = client_of(an_actor("writer"))
    client.get("/home/")
    with django_assert_max_num_queries(12):
        client.get("/home/")


def test_members_page_costs_the_same_for_many_members(django_assert_max_num_queries):
    owner = an_actor("studio")
    for _ in range(20):
        a_member_of(owner.organisation, role="member")
    client = client_of(owner)
    client.get("/organisations/")
    with django_assert_max_num_queries(9):
        client.get("/organisations/")
