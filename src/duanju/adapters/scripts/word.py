"""The text of a Word document, paragraph by paragraph.

Word's own order of paragraphs is kept, tables and text boxes too; what is marked as inserted is
read, what is marked as deleted is not. Source: ECMA-376 part 1, 17.3 (paragraphs and runs).
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from duanju.adapters.scripts.limits import LINES_MAX, Bounded, Refused

_BODY = "word/document.xml"
_FALLBACK = "Fallback"
"""Says again, for old programs, what stands before it."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word_lines(path: Path) -> Iterator[str]:
    """Yield the paragraphs of a document; a line break within one begins a new line.

    Raises:
        Refused: It is damaged, too large when unpacked, or declares entities of its own.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_BODY) as body:
            for number, line in enumerate(_lines(Bounded(body))):  # type: ignore[arg-type]
                if number >= LINES_MAX:
                    raise Refused("screenplays.too-many-lines", lines=LINES_MAX)
                yield line
    except DefusedXmlException as error:
        raise Refused("screenplays.file-hostile") from error
    except (
        zipfile.BadZipFile,
        KeyError,
        ParseError,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ) as error:
        raise Refused("screenplays.file-damaged") from error


def _lines(body: Bounded) -> Iterator[str]:
    words: list[list[str]] = []
    skipped = 0
    open_elements: list[Element] = []
    for event, element in iterparse(body, events=("start", "end"), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            open_elements.append(element)
            skipped += name == _FALLBACK
            if name == "p":
                words.append([])
            continue
        open_elements.pop()
        skipped -= name == _FALLBACK
        if words and not skipped:
            words[-1].append(element.text or "" if name == "t" else _SIGNS.get(name, ""))
        if name == "p" and words:
            said = "".join(words.pop())
            if not skipped:
                yield from said.split("\n")
        element.clear()
        if open_elements:
            open_elements[-1].remove(element)
