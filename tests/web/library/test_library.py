"""Works are brought by the table, taken in without harm twice, and found by one character."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duanju.adapters.works import WORK_COLUMNS
from duanju_web.library.models import ImportState, Work, WorkImport
from duanju_web.library.searching import FOUND_MAX, find_work_ids
from duanju_web.library.services import accept_import, bring_works, take_in
from duanju_web.library.services import taking as taking_module
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import AuditEntry
from tests.support.people import A_MOMENT, a_member_of, an_actor, client_of
from tests.support.works import a_table, as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio() -> Actor:
    return an_actor("studio")


def taken_in(actor: Actor, rows: list[dict[str, str]], name: str = "works.csv") -> WorkImport:
    brought = bring_works(actor=actor, chunks=[as_csv(rows)], file_name=name, now=A_MOMENT)
    assert isinstance(brought, WorkImport)
    assert accept_import(actor=actor, brought=brought, now=A_MOMENT)
    take_in(import_id=brought.pk, now=A_MOMENT)
    brought.refresh_from_db()
    return brought


def said(work: Work) -> list[str]:
    """Return what is looked in, field by field, as a brute-force scan would read it."""
    return [
        " | ".join([*work.title.values(), *work.tropes, *work.tags]),
        " | ".join(name for name, _ in work.people),
        " | ".join(work.synopsis.values()),
    ]


def scanned(actor: Actor, *parts: str) -> list[int]:
    """Find works by reading all of them: title first, newest first."""
    found: dict[int, None] = {}
    every = list(Work.objects.filter(organisation=actor.organisation).order_by("-pk"))
    for field in range(3):
        for work in every:
            if all(part in said(work)[field] for part in parts):
                found.setdefault(work.pk)
    return list(found)


def asked(actor: Actor, query: str, **conditions: str) -> list[int]:
    assert actor.organisation is not None
    return find_work_ids(query, organisation_id=actor.organisation.pk, **conditions)


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("逆袭", ("逆袭",)),
        ("总裁", ("总裁",)),
        ("袭", ("袭",)),
        ("裁", ("裁",)),
        ("一分不差", ("一分不差",)),
        ("逆袭 总裁", ("逆袭", "总裁")),
        ("last fen", ("last fen",)),
        ("LAST Fen", ("last fen",)),
        ("逆袭，boss", ("逆袭", "boss")),
        ("不在其中的字", ("不在其中的字",)),
    ],
)
def test_what_is_found_is_what_a_scan_of_everything_finds(
    studio: Actor, query: str, parts: tuple[str, ...]
) -> None:
    taken_in(studio, a_table(400))
    taken_in(an_actor("studio"), a_table(40, seed=2))
    assert asked(studio, query) == scanned(studio, *parts)


def test_a_person_is_found_by_name_before_a_synopsis_that_says_it(studio: Actor) -> None:
    rows = a_table(3)
    rows[0]["synopsis_zh"] = "林晚来了。"
    rows[1]["people"] = "林晚:writer；丁一:director"
    taken_in(studio, rows)
    by_name, by_synopsis = (Work.objects.get(reference=rows[n]["reference"]).pk for n in (1, 0))
    assert asked(studio, "林晚") == [by_name, by_synopsis]


def test_filters_narrow_and_a_query_of_signs_alone_finds_nothing(studio: Actor) -> None:
    taken_in(studio, a_table(200))
    every = asked(studio, "逆袭")
    novels = set(Work.objects.filter(kind="novel").values_list("pk", flat=True))
    assert asked(studio, "逆袭", kind="novel") == [pk for pk in every if pk in novels]
    assert asked(studio, "，。！ *\"'():&|<->") == []


def test_queries_full_of_an_index_s_own_signs_are_only_words(studio: Actor) -> None:
    taken_in(studio, a_table(5))
    for query in ('"逆', "title:boss", "boss*", "a NEAR b", "'; DROP TABLE library_work; --", "\\"):
        asked(studio, query)
    assert Work.objects.count() == 5


def test_at_most_a_thousand_are_found(studio: Actor) -> None:
    taken_in(studio, [row | {"title_zh": "总裁"} for row in a_table(FOUND_MAX + 5)])
    assert len(asked(studio, "总裁")) == FOUND_MAX


def test_the_same_table_again_changes_nothing_and_a_changed_row_changes_one_work(
    studio: Actor,
) -> None:
    rows = a_table(30)
    first = taken_in(studio, rows)
    assert (first.new_count, first.changed_count, first.done_count) == (30, 0, 30)
    again = taken_in(studio, rows)
    assert (again.new_count, again.changed_count, again.done_count) == (0, 0, 30)
    rows[4]["title_zh"] = "改名之后"
    changed = taken_in(studio, rows)
    assert (changed.new_count, changed.changed_count) == (0, 1)
    assert Work.objects.count() == 30
    assert len(asked(studio, "改名之后")) == 1


def test_a_worker_that_was_stopped_goes_on_where_it_was(
    studio: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_module, "ROWS_AT_ONCE", 10)
    content = as_csv(a_table(35))
    brought = bring_works(actor=studio, chunks=[content], file_name="w.csv", now=A_MOMENT)
    assert isinstance(brought, WorkImport)
    accept_import(actor=studio, brought=brought, now=A_MOMENT)
    parts = []
    real = taking_module._take_part

    def stops_at_the_third(*arguments: object) -> None:
        parts.append(arguments)
        if len(parts) == 3:
            raise KeyboardInterrupt
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(taking_module, "_take_part", stops_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        take_in(import_id=brought.pk, now=A_MOMENT)
    brought.refresh_from_db()
    assert (brought.done_count, brought.state) == (20, ImportState.RUNNING)
    monkeypatch.setattr(taking_module, "_take_part", real)
    take_in(import_id=brought.pk, now=A_MOMENT)
    brought.refresh_from_db()
    assert (brought.done_count, brought.new_count, brought.state) == (35, 35, ImportState.DONE)


def test_a_reference_twice_in_a_table_is_one_work_with_its_last_words(studio: Actor) -> None:
    rows = a_table(2)
    rows[1]["reference"] = rows[0]["reference"]
    taken_in(studio, rows)
    assert Work.objects.get().title["zh-Hans"] == rows[1]["title_zh"]


SPOILT = (
    (3, {"kind": "poem"}, "works.unknown-kind"),
    (5, {"title_zh": "", "title_en": ""}, "works.no-title"),
    (7, {"length": "很多"}, "works.length-is-no-number"),
)


def bring(client: Client, content: bytes, name: str = "works.csv"):
    return client.post("/library/tables/", {"file": SimpleUploadedFile(name, content)})


def test_a_table_with_three_bad_rows_is_looked_through_and_the_rest_taken_in(
    studio: Actor, language: str
) -> None:
    rows = a_table(12)
    for line, changes, _ in SPOILT:
        rows[line - 2] |= changes
    client = client_of(studio, language=language)
    answer = bring(client, as_csv(rows))
    brought = WorkImport.objects.get()
    address = f"/library/tables/{brought.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert (brought.row_count, brought.bad_count) == (9, 3)
    page = client.get(address).content.decode()
    for line, _, _ in SPOILT:
        assert f"works.csv:{line}" in page
    assert brought.sha256 not in page
    assert Work.objects.count() == 0
    assert client.post(f"{address}accept").status_code == 302
    take_in(import_id=brought.pk, now=A_MOMENT)
    assert Work.objects.count() == 9
    assert [own.action for own in AuditEntry.objects.all()] == ["library.accept-import"]
    done = client.get(address).content.decode()
    assert ("已收入" if language == "zh-hans" else "Taken in") in done
    found = client.get("/library/", {"q": rows[0]["title_zh"][:2]}).content.decode()
    assert rows[0]["reference"] in found
    work = Work.objects.get(reference=rows[0]["reference"])
    assert rows[0]["title_en"] in client.get(f"/library/works/{work.pk}/").content.decode()


def test_a_spreadsheet_is_read_as_a_csv_is(studio: Actor) -> None:
    rows = a_table(3)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(list(WORK_COLUMNS))
    for row in rows:
        book.active.append([row[column] for column in WORK_COLUMNS])
    stream = io.BytesIO()
    book.save(stream)
    brought = bring_works(
        actor=studio, chunks=[stream.getvalue()], file_name="works.xlsx", now=A_MOMENT
    )
    assert isinstance(brought, WorkImport)
    assert (brought.row_count, brought.bad_count) == (3, 0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("works.doc", b"x"),
        ("works.csv", b"reference,title\nw-1,x\n"),
        ("works.xlsx", b"PK\x03\x04broken"),
        ("works.csv", b"reference,kind,unheard_of\nw-1,novel,x\n"),
    ],
)
def test_what_is_no_table_of_works_is_refused_with_a_hint_and_not_kept(
    studio: Actor, language: str, name: str, content: bytes, settings
) -> None:
    answer = bring(client_of(studio, language=language), content, name)
    assert answer.status_code == 422
    assert "problem__hint" in answer.content.decode()
    assert WorkImport.objects.count() == 0
    assert list((Path(settings.DATA_FOLDER) / "works").glob("*")) == []


def test_others_find_neither_works_nor_tables(studio: Actor) -> None:
    brought = taken_in(studio, a_table(3))
    work = Work.objects.first()
    assert work is not None
    for stranger in (an_actor("studio"), an_actor("brand")):
        client = client_of(stranger)
        assert client.get(f"/library/works/{work.pk}/").status_code == 404
        assert client.get(f"/library/tables/{brought.pk}/").status_code == 404
        assert client.post(f"/library/tables/{brought.pk}/accept").status_code == 404
    assert work.reference not in client_of(an_actor("studio")).get("/library/").content.decode()
    assert studio.organisation is not None
    reader = client_of(a_member_of(studio.organisation, role="accountant"))
    assert reader.get(f"/library/works/{work.pk}/").status_code == 200
    assert reader.get("/library/tables/").status_code == 404


def test_lists_are_paged_and_cost_few_queries(studio: Actor, django_assert_max_num_queries) -> None:
    taken_in(studio, [row | {"title_zh": "总裁"} for row in a_table(65)])
    client = client_of(studio)
    for address in ("/library/", "/library/?q=总裁", "/library/?q=总裁&page=3&kind="):
        with django_assert_max_num_queries(14):
            page = client.get(address)
        assert page.status_code == 200
    assert page.content.decode().count('class="row"') == 5
