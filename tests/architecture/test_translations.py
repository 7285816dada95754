"""Whatever is said in English is said in Chinese."""

import pytest

from tools.messages import applications, check, said_otherwise


@pytest.mark.parametrize("app", applications())
def test_catalogue_says_all_that_the_application_says(app: str) -> None:
    assert [str(fault) for fault in check(app)] == []


def test_what_two_catalogues_say_they_say_alike() -> None:
    assert said_otherwise() == []
