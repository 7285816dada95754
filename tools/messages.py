"""Keep the catalogues of translations in step with templates and code.

Each web application has its own catalogue, `locale/zh_Hans/LC_MESSAGES/django.po`. GNU gettext is
not needed: Django turns templates into code, Babel reads, merges and compiles.

    python -m tools.messages extract [APP ...]   update the .po files; new messages are empty
    python -m tools.messages check [APP ...]     list what is missing, doubtful, left over, broken
    python -m tools.messages compile             write the .mo files that Django reads
"""

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django.conf
from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE_FOLDER = Path(__file__).resolve().parents[1] / "src"
WEB_FOLDER = SOURCE_FOLDER / "duanju_web"
LANGUAGE = "zh_Hans"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".svg"}
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]?\d*(?:\.\d+)?[a-zA-Z]|%[sdi]|\{\w*\}")
MARKUP = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a catalogue.

    Attributes:
        app: The application whose catalogue it is.
        what: `missing`, `fuzzy`, `obsolete`, `placeholders` or `markup`.
        message: The English message.
        where: Files that use it.
    """

    app: str
    what: str
    message: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.app}: {self.what}: {self.message!r}" + (
            f" ({self.where})" if self.where else ""
        )


def applications() -> list[str]:
    """Return the names of the web applications, in alphabetical order."""
    return sorted(path.parent.name for path in WEB_FOLDER.glob("*/apps.py"))


def catalogue_path(app: str) -> Path:
    """Return where an application keeps its Chinese."""
    return WEB_FOLDER / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def extract(app: str) -> Catalog:
    """Collect every message of an application's templates and code.

    The settings have no catalogue of their own; what they say belongs to `shared`.
    """
    catalogue = Catalog(domain="django", charset="utf-8", fuzzy=False)
    folders = [WEB_FOLDER / app, *([WEB_FOLDER / "config"] if app == "shared" else [])]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        where = path.relative_to(SOURCE_FOLDER).as_posix()
        for _line, found, comments, context in _messages_in(path):
            catalogue.add(found, None, [(where, 1)], auto_comments=comments, context=context)
    return catalogue


def _messages_in(path: Path) -> Iterator[tuple[int, str | tuple[str, str], list[str], str | None]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        code = path.read_text("utf-8")
    elif path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
        code = _template_as_code(path)
    else:
        return
    source = io.BytesIO(code.encode())
    for line, function, found, comments in extract_python(
        source, KEYWORDS.keys(), ["Translators:"], {"encoding": "utf-8"}
    ):
        places = KEYWORDS[function] or (1,)
        arguments = found if isinstance(found, tuple) else (found,)
        context = None
        texts: list[str] = []
        for place in places:
            index = place[0] if isinstance(place, tuple) else place
            if index > len(arguments) or not isinstance(arguments[index - 1], str):
                break
            if isinstance(place, tuple):
                context = arguments[index - 1]
            else:
                texts.append(arguments[index - 1])
        else:
            yield line, tuple(texts) if len(texts) > 1 else texts[0], comments, context  # type: ignore[misc]


def _template_as_code(path: Path) -> str:
    """Turn a template into lines that Python's tokenizer reads; what is no message becomes X."""
    if not django.conf.settings.configured:
        django.conf.settings.configure()
    code = templatize(path.read_text("utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in code.splitlines())


def read_catalogue(app: str) -> Catalog:
    """Read an application's catalogue; an empty one if there is none yet."""
    path = catalogue_path(app)
    if not path.is_file():
        return Catalog(locale=LANGUAGE, domain="django", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django")


def update(app: str) -> None:
    """Bring an application's catalogue in step with its sources; nothing is guessed."""
    old = read_catalogue(app)
    new = Catalog(
        locale=LANGUAGE,
        domain="django",
        charset="utf-8",
        fuzzy=False,
        project="Duanju",
        header_comment=f"# Simplified Chinese of the application {app}.",
    )
    for message in extract(app):
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        new.add(
            message.id,
            known.string if known else None,
            message.locations,
            flags=message.flags,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    path = catalogue_path(app)
    if not len(new) and not path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_written(new))


def _written(catalogue: Catalog) -> bytes:
    """Write a catalogue without dates and line numbers, so that only words make a difference."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=100, sort_by_file=True, include_previous=False, omit_header=True
    )
    text = "\n".join(
        line.replace(":1", "") if line.startswith("#: ") else line
        for line in buffer.getvalue().decode().splitlines()
    )
    header = (
        f"{catalogue.header_comment}\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {LANGUAGE}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return (header + text.strip() + "\n").encode()


def check(app: str) -> list[Fault]:
    """List all that is wrong with an application's catalogue, in the order of its sources."""
    wanted = extract(app)
    known = read_catalogue(app)
    faults = [fault for message in wanted if message.id for fault in _check(app, message, known)]
    faults += [
        Fault(app, "obsolete", _first(message.id))
        for message in known
        if message.id and wanted.get(message.id, message.context) is None
    ]
    return faults + [Fault(app, "obsolete", _first(key)) for key in known.obsolete]


def _check(app: str, message: Message, known: Catalog) -> Iterator[Fault]:
    where = ", ".join(sorted({file for file, _line in message.locations}))
    own = known.get(message.id, message.context)
    english = _first(message.id)
    if own is None or not _first(own.string):
        yield Fault(app, "missing", english, where)
        return
    if own.fuzzy:
        yield Fault(app, "fuzzy", english, where)
    ids = (message.id,) if isinstance(message.id, str) else message.id
    chinese = _first(own.string)
    if not any(
        Counter(PLACEHOLDER.findall(text)) == Counter(PLACEHOLDER.findall(chinese)) for text in ids
    ):
        yield Fault(app, "placeholders", english, where)
    if Counter(MARKUP.findall(english)) != Counter(MARKUP.findall(chinese)):
        yield Fault(app, "markup", english, where)


def said_otherwise() -> list[str]:
    """List messages that two catalogues translate differently; Django merges them into one."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for app in applications():
        for message in read_catalogue(app):
            if message.id:
                key = (message.context or "", _first(message.id))
                said.setdefault(key, {})[app] = _first(message.string)
    return [
        f"{english!r} ({context}): {by_app}"
        for (context, english), by_app in said.items()
        if len(set(by_app.values())) > 1
    ]


def _first(text: object) -> str:
    return str(text[0] if isinstance(text, tuple | list) else text or "")


def compile_all() -> list[Path]:
    """Write every .mo file that is not what its .po file says, and return those written."""
    written = []
    for app in applications():
        path = catalogue_path(app)
        if not path.is_file():
            continue
        buffer = io.BytesIO()
        write_mo(buffer, read_catalogue(app))
        compiled = path.with_suffix(".mo")
        if not compiled.is_file() or compiled.read_bytes() != buffer.getvalue():
            compiled.write_bytes(buffer.getvalue())
            written.append(compiled)
    return written


def main(arguments: list[str]) -> int:
    """Run the command named first on the command line."""
    if not arguments or arguments[0] not in {"extract", "check", "compile"}:
        print(__doc__)
        return 2
    command, *apps = arguments
    faults: list[Fault] = []
    for app in apps or applications():
        if command == "extract":
            update(app)
        if command in {"extract", "check"}:
            faults += check(app)
    if command != "check":
        compile_all()
    for fault in faults:
        print(fault)
    return 1 if faults and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
