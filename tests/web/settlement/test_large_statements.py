"""A statement of 500 titles: paged, and asked of the database in few words."""

import pytest
from django.urls import reverse

from duanju_web.settlement.pages.statements import LINES_A_PAGE
from tests.support.large_statements import a_large_statement
from tests.support.people import client_of

pytestmark = pytest.mark.django_db
TITLES = 500
QUERIES_MAX = 16


def test_pages_of_a_large_statement_are_short_and_their_queries_bounded(
    django_assert_max_num_queries,
):
    reader, record = a_large_statement(TITLES)
    assert len(record.document["lines"]) == TITLES
    client = client_of(reader)
    seen = set()
    for page in (1, 2, 10):
        with django_assert_max_num_queries(QUERIES_MAX):
            text = client.get(reverse("statement", args=[record.pk]), {"page": page})
        numbers = range((page - 1) * LINES_A_PAGE + 1, page * LINES_A_PAGE + 1)
        links = [reverse("statement_line", args=[record.pk, number]) for number in numbers]
        assert all(f'href="{own}"' in text.content.decode() for own in links)
        assert text.content.decode().count('class="working"') == LINES_A_PAGE
        seen |= set(links)
    assert len(seen) == 3 * LINES_A_PAGE
    for name, more in (
        ("statement_comparison", []),
        ("statement_line", [TITLES]),
        ("statement_events", [TITLES]),
        ("statement_csv", []),
    ):
        with django_assert_max_num_queries(QUERIES_MAX):
            answer = client.get(reverse(name, args=[record.pk, *more]))
        assert answer.status_code == 200
