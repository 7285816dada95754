"""Handing numbers to charts."""

import json

from django import template

register = template.Library()


@register.simple_tag
def chart_data(values: object) -> str:
    """Write values as JSON for a `data-values` attribute; the template escapes it."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
