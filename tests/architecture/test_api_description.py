"""The description of the API is the API's own."""

import json

from tests.support.repository import ROOT

DESCRIPTION = ROOT / "docs" / "reference" / "openapi.json"


def test_the_published_description_is_what_the_api_says() -> None:
    from duanju_web.theater.api import api

    assert json.loads(DESCRIPTION.read_text("utf-8")) == json.loads(
        json.dumps(api.get_openapi_schema())
    )
