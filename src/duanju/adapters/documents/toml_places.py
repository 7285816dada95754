"""On which line of a TOML document each key and value stands.

The standard library's reader says what a document holds, not where. This scan goes over a text that
it has already accepted, so it checks nothing: it only keeps count of where it is.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping

Path = tuple[str | int, ...]

_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_SPACE = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE = re.compile(r"[^,\]}#\n]+")


def find_places(text: str) -> Mapping[Path, int]:
    """Return the line, counted from 1, of every key, table and array element of a document.

    Args:
        text: A document that `tomllib` accepts.

    >>> find_places('a = 1\\n[[b]]\\nc = [2,\\n 3]')[("b", 0, "c", 1)]
    4
    """
    scan = _Scan(text)
    scan.document()
    return scan.places


def line_of(places: Mapping[Path, int], path: str) -> int | None:
    """Return the line of a dotted path, or of the nearest thing around it that has one."""
    parts: Path = tuple(int(part) if part.isdigit() else part for part in path.split("."))
    for length in range(len(parts), 0, -1):
        if parts[:length] in places:
            return places[parts[:length]]
    return None


class _Scan:
    def __init__(self, text: str) -> None:
        self.places: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._last_index: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self._skip(_GAP)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._entry(table)
            self._skip(_GAP)

    def _header(self) -> Path:
        line = self._line()
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        keys = self._dotted_key()
        self._at = self._text.index("]", self._at) + (2 if is_array else 1)
        path: Path = ()
        for position, key in enumerate(keys, start=1):
            path = (*path, key)
            if is_array and position == len(keys):
                self.places.setdefault(path, line)
                self._last_index[path] = self._last_index.get(path, -1) + 1
            if path in self._last_index:
                path = (*path, self._last_index[path])
        self.places.setdefault(path, line)
        return path

    def _entry(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._dotted_key():
            path = (*path, key)
            self.places.setdefault(path, line)
        self._skip(_SPACE)
        self._at += 1
        self._skip(_SPACE)
        self._value(path)

    def _dotted_key(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            match = _KEY.match(self._text, self._at)
            assert match is not None, "the document was accepted, so a key stands here"
            keys.append(match[0].strip("\"'"))
            self._at = match.end()
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _value(self, path: Path) -> None:
        self.places.setdefault(path, self._line())
        first = self._text[self._at]
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            self._skip(_STRING if first in "\"'" else _BARE)

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while not self._ends("]"):
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while not self._ends("}"):
            self._entry(path)

    def _ends(self, bracket: str) -> bool:
        """Go over commas and gaps; over the closing bracket too, if it is next."""
        self._skip(_GAP)
        while self._text[self._at] == ",":
            self._at += 1
            self._skip(_GAP)
        if self._text[self._at] != bracket:
            return False
        self._at += 1
        return True

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        if match is not None:
            self._at = match.end()

    def _line(self) -> int:
        return bisect_right(self._line_starts, self._at)
