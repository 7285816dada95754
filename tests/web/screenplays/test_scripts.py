"""A script is brought, read by its lines, mended and brought again; nobody else sees it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duanju_web.screenplays.models import Script, ScriptVersion
from duanju_web.screenplays.selectors import file_of, reading_of
from duanju_web.screenplays.services import SCRIPT_BYTES_MAX
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import AuditEntry
from tests.support.people import a_member_of, an_actor, client_of
from tests.support.scripts import BROKEN, GOOD, a_word_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Actor:
    return an_actor("writer")


def bring(client: Client, content: bytes, name: str = "一分不差.docx", to: str = "/scripts/"):
    return client.post(to, {"file": SimpleUploadedFile(name, content), "name": ""})


def test_a_writer_sees_two_broken_headings_by_line_mends_them_and_is_told_all_is_well(
    writer: Actor, language: str
) -> None:
    client = client_of(writer, language=language)
    answer = bring(client, a_word_file(BROKEN))
    script = Script.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/scripts/{script.pk}/")
    assert script.name == "一分不差"
    page = client.get(f"/scripts/{script.pk}/").content.decode()
    for line, place in ((2, 1), (8, 2)):
        assert f"/scripts/{script.pk}/episodes/{place}/?version=1#line-{line}" in page
    assert ("未写时间" if language == "zh-hans" else "does not say when") in page
    assert ScriptVersion.objects.get().problem_count == 3

    mended = bring(client, a_word_file(GOOD), to=f"/scripts/{script.pk}/versions")
    assert mended.status_code == 302
    last = ScriptVersion.objects.get(number=2)
    assert (last.problem_count, last.episode_count, last.scene_count) == (0, 2, 2)
    page = client.get(f"/scripts/{script.pk}/").content.decode()
    assert ("每一行都已读懂" if language == "zh-hans" else "every line understood") in page
    earlier = client.get(f"/scripts/{script.pk}/?version=1").content.decode()
    assert "#line-8" in earlier
    actions = list(AuditEntry.objects.order_by("id").values_list("action", "before", "after"))
    assert [action for action, _, _ in actions] == ["screenplays.bring-script"] * 2
    assert actions[1][1] == {"version": 1}
    assert actions[1][2]["version"] == 2


def test_each_line_of_an_episode_has_its_number_and_what_is_wrong_beside_it(
    writer: Actor, language: str
) -> None:
    client = client_of(writer, language=language)
    bring(client, "\n".join(BROKEN).encode(), name="script.txt")
    script = Script.objects.get()
    page = client.get(f"/scripts/{script.pk}/episodes/2/").content.decode()
    assert [f'id="line-{line}"' in page for line in (6, 7, 8, 9, 10, 11)] == [
        False, True, True, True, True, False,
    ]  # fmt: skip
    assert page.count("script__problem") == 1
    assert client.get(f"/scripts/{script.pk}/episodes/3/").status_code == 404
    assert client.get(f"/scripts/{script.pk}/episodes/0/").status_code == 404


def test_the_same_file_again_changes_nothing(writer: Actor) -> None:
    client = client_of(writer)
    bring(client, a_word_file(GOOD))
    script = Script.objects.get()
    content = file_of(ScriptVersion.objects.get()).read_bytes()
    bring(client, content, to=f"/scripts/{script.pk}/versions")
    assert ScriptVersion.objects.count() == 1
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("script.doc", b"\xd0\xcf\x11\xe0"),
        ("script.docx", b"PK\x03\x04broken"),
        ("script.exe", b"MZ"),
        ("script.txt", b"\x00\x01\x02" * 9),
        ("script.txt", b"x" * (SCRIPT_BYTES_MAX + 1)),
        ("script.fdx", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><FinalDraft/>'),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_hint_and_nothing_is_kept(
    writer: Actor, language: str, name: str, content: bytes, settings
) -> None:
    answer = bring(client_of(writer, language=language), content, name=name)
    assert answer.status_code == 422
    assert "problem__hint" in answer.content.decode()
    assert Script.objects.count() == 0
    assert AuditEntry.objects.count() == 0
    assert list((Path(settings.DATA_FOLDER) / "scripts").glob("*")) == []


def test_a_refused_version_leaves_the_one_before(writer: Actor) -> None:
    client = client_of(writer)
    bring(client, a_word_file(GOOD))
    script = Script.objects.get()
    answer = bring(client, b"PK\x03\x04broken", to=f"/scripts/{script.pk}/versions")
    assert answer.status_code == 422
    assert ScriptVersion.objects.get().number == 1


def test_others_find_no_script_and_change_nothing(writer: Actor) -> None:
    bring(client_of(writer), a_word_file(GOOD))
    script = Script.objects.get()
    base = f"/scripts/{script.pk}/"
    for stranger in (an_actor("writer"), an_actor("studio"), an_actor("brand")):
        client = client_of(stranger)
        for address in (base, f"{base}episodes/1/", f"{base}as/fountain"):
            assert client.get(address).status_code == 404
        assert bring(client, a_word_file(BROKEN), to=f"{base}versions").status_code == 404
    assert client_of(None).get(base).status_code == 302
    assert ScriptVersion.objects.count() == 1


def test_an_accountant_reads_and_does_not_bring_a_version(writer: Actor) -> None:
    bring(client_of(writer), a_word_file(GOOD))
    script = Script.objects.get()
    assert writer.organisation is not None
    client = client_of(a_member_of(writer.organisation, role="accountant"))
    assert client.get(f"/scripts/{script.pk}/").status_code == 200
    to = f"/scripts/{script.pk}/versions"
    assert bring(client, a_word_file(BROKEN), to=to).status_code == 404
    assert ScriptVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "begins"),
    [("chinese", "第1集：差一分"), ("fountain", "\n# 第1集：差一分"), ("final-draft", "<?xml")],
)
def test_a_script_is_given_in_another_form(writer: Actor, form: str, begins: str) -> None:
    client = client_of(writer)
    bring(client, a_word_file(GOOD))
    answer = client.get(f"/scripts/{Script.objects.get().pk}/as/{form}")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith(begins)
    assert client.get(f"/scripts/{Script.objects.get().pk}/as/other").status_code == 404


def test_figures_lead_to_their_lines(writer: Actor) -> None:
    client = client_of(writer)
    bring(client, a_word_file(GOOD))
    script = Script.objects.get()
    page = client.get(f"/scripts/{script.pk}/").content.decode()
    for place, line in ((2, 8), (2, 9), (1, 5), (2, 10)):
        assert f"/scripts/{script.pk}/episodes/{place}/?version=1#line-{line}" in page


def test_a_long_list_is_paged_and_costs_few_queries(
    writer: Actor, django_assert_max_num_queries
) -> None:
    client = client_of(writer)
    for number in range(31):
        bring(client, "\n".join([*GOOD, f"△{number}"]).encode(), name=f"s{number}.txt")
    with django_assert_max_num_queries(12):
        page = client.get("/scripts/").content.decode()
    assert page.count('class="row"') == 30
    with django_assert_max_num_queries(12):
        assert client.get(f"/scripts/{Script.objects.first().pk}/").status_code == 200


def test_what_was_read_is_kept_as_it_was(writer: Actor) -> None:
    bring(client_of(writer), a_word_file(BROKEN))
    version = ScriptVersion.objects.get()
    kept = reading_of(version)
    assert kept.line_count == version.line_count == 10
    assert len(kept.problems) == version.problem_count == 3


def test_a_hundred_and_twenty_episodes_are_paged(writer: Actor) -> None:
    client = client_of(writer)
    lines = [
        line
        for number in range(1, 121)
        for line in (f"第{number}集", f"{number}-1 日 内 家", "△雨。", "林算：谁？")
    ]
    bring(client, "\n".join(lines).encode(), name="long.txt")
    script = Script.objects.get()
    page = client.get(f"/scripts/{script.pk}/?page=5").content.decode()
    assert f"/scripts/{script.pk}/episodes/120/?version=1#line-480" in page
    assert f"/scripts/{script.pk}/episodes/100/?" not in page
