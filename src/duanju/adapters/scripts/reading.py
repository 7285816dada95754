"""Reads a script from its file, whatever kind of file it is."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from duanju.adapters.scripts.final_draft import read_final_draft
from duanju.adapters.scripts.limits import FILE_BYTES_MAX, Refused
from duanju.adapters.scripts.texts import read_text_lines
from duanju.adapters.scripts.word import read_word_lines
from duanju.kernel import Problem, Where
from duanju.screenplays import Screenplay, is_chinese_form, read_chinese, read_fountain

SCRIPT_SUFFIXES = (".txt", ".fountain", ".spmd", ".md", ".fdx", ".docx", ".pdf")
"""What files of scripts are called; their first bytes say what they are."""

_HEAD_LINES = 400
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_script(path: Path, *, file: str = "") -> Screenplay:
    """Return the screenplay in a file: Fountain, Final Draft, Word, PDF or text.

    What the file is, is judged by its content. A file that cannot be read gives an empty
    screenplay and one problem that says why.

    Args:
        path: The file.
        file: Its name for its owner; that of the path, if empty.
    """
    name = file or path.name
    try:
        return _read(path, name)
    except Refused as refused:
        problem = Problem(refused.code, Where(file=name), refused.params)
        return Screenplay(elements=(), problems=(problem,))


def _read(path: Path, name: str) -> Screenplay:
    if path.stat().st_size > FILE_BYTES_MAX:
        raise Refused("screenplays.file-too-large", megabytes=FILE_BYTES_MAX // 2**20)
    with path.open("rb") as stream:
        head = stream.read(1024)
    if not head.strip():
        raise Refused("screenplays.file-empty")
    if head.startswith(_OLD_WORD):
        raise Refused("screenplays.file-of-old-word")
    if head.startswith(b"%PDF-"):
        from duanju.adapters.scripts.pdf import read_pdf_lines  # few scripts are PDFs

        return _read_lines(read_pdf_lines(path), name)
    if head.startswith(b"PK\x03\x04"):
        return _read_lines(read_word_lines(path), name)
    if b"<FinalDraft" in head or (head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")):
        return read_final_draft(path, file=name)
    fountain = path.suffix.lower() in {".fountain", ".spmd"} or name.endswith(".fountain")
    if fountain:
        return read_fountain(read_text_lines(path), file=name)
    return _read_lines(read_text_lines(path), name)


def _read_lines(lines: Iterator[str], name: str) -> Screenplay:
    head = list(islice(lines, _HEAD_LINES))
    read = read_chinese if is_chinese_form(head) else read_fountain
    return read(_chain(head, lines), file=name)


def _chain(head: list[str], rest: Iterable[str]) -> Iterator[str]:
    yield from head
    yield from rest
