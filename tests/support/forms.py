"""What a browser would send of a form: every field as the page has filled it.

sent = filled_form(page, "builder-form") | {"amount": "60000"}
"""

from html.parser import HTMLParser


class _FormReader(HTMLParser):
    """Collects the fields of one form."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.fields: dict[str, list[str]] = {}
        self._is_within = False
        self._select = ""
        self._chosen: str | None = None
        self._textarea = ""
        self._written = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_within = own.get("id") == self.form_id
        if not self._is_within:
            return
        name = own.get("name", "")
        if tag == "input" and name:
            is_box = own.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in own:
                self._add(name, own.get("value", "on" if is_box else ""))
        elif tag == "select":
            self._select, self._chosen = name, None
        elif tag == "option" and self._select and ("selected" in own or self._chosen is None):
            self._chosen = own.get("value", "")
        elif tag == "textarea":
            self._textarea, self._written = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_within = False
        elif tag == "select" and self._select:
            self._add(self._select, self._chosen or "")
            self._select = ""
        elif tag == "textarea" and self._textarea:
            self._add(self._textarea, self._written)
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._written += data

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def filled_form(page: str, form_id: str) -> dict[str, list[str]]:
    """Return the fields of a form of a page: name to values, as a browser would send them."""
    reader = _FormReader(form_id)
    reader.feed(page)
    assert reader.fields, f"the page has no form “{form_id}”"
    return reader.fields
