"""Whatever is said in English is said in Chinese."""

import pytest

from tools.messages import applications, check


@pytest.mark.parametrize("app", applications())
def test_catalogue_says_all_that_the_application_says(app: str) -> None:
    assert [str(fault) for fault in check(app)] == []
