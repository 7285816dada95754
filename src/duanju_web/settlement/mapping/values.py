"""Values as the plain data that a database keeps."""

import json
from typing import Any

from duanju.kernel import Party, canonical_json


def plain_data(value: object) -> Any:
    """Return a value as the plain data that its canonical JSON holds."""
    return json.loads(canonical_json(value))


def party_of(text: str) -> Party:
    """Read what `str` of a party writes."""
    role, _, own_id = text.partition(":")
    return Party(role, own_id)
