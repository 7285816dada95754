"""A script's file is read whatever kind it is, or refused with a reason; nothing in between."""

import zipfile
from pathlib import Path

import docx
import pytest
import typst
from docx.document import Document
from docx.oxml.parser import OxmlElement
from noto_cjk_sans_otc import FONT_PATH

from duanju.adapters.documents import explain_problem
from duanju.adapters.scripts import ScriptForm, read_script, write_script
from duanju.screenplays import ElementKind, read_chinese
from tests.support.screenplays import without_places

LINES = ["第1集：差一分", "1-1 日 内 财务部", "人物：林算", "△算盘一响。", "林算：一分。", "本集完"]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def a_document(lines: list[str]) -> Document:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return document


def a_packed_body(path: Path, body: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
    return path


def refusal(path: Path) -> str:
    script = read_script(path)
    assert script.elements == ()
    assert len(script.problems) == 1
    assert script.problems[0].where.file == path.name
    assert explain_problem(script.problems[0], language="zh-Hans").hint
    return script.problems[0].code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_is_read_in_each_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "script.txt"
    path.write_bytes(end.join(LINES).encode(encoding))
    assert read_script(path).elements == read_chinese(LINES).elements


def test_word_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "script.docx"
    a_document(LINES).save(str(path))
    assert read_script(path).elements == read_chinese(LINES).elements


def test_word_keeps_tables_breaks_and_what_was_inserted_but_not_what_was_deleted(
    tmp_path: Path,
) -> None:
    document = a_document(LINES[:3])
    broken = document.add_paragraph("△一。")
    broken.add_run().add_break()
    broken.add_run("△二。")
    document.add_table(rows=1, cols=2).cell(0, 1).text = "林算：三。"
    changed = document.add_paragraph()
    for name, text_name, text in (("w:ins", "w:t", "△四。"), ("w:del", "w:delText", "△五。")):
        mark, run, words = (OxmlElement(each) for each in (name, "w:r", text_name))
        words.text = text
        run.append(words)
        mark.append(run)
        changed._p.append(mark)
    path = tmp_path / "script.docx"
    document.save(str(path))
    said = [element.text for element in read_script(path).elements[3:]]
    assert said == ["一。", "二。", "三。", "四。"]


def test_final_draft_keeps_voices_manners_and_both_who_speak_at_once(tmp_path: Path) -> None:
    path = tmp_path / "script.fdx"
    path.write_text(
        """<?xml version="1.0" encoding="UTF-8"?><FinalDraft><Content>
        <Paragraph Type="Scene Heading"><Text>INT. FINANCE - DAY</Text></Paragraph>
        <Paragraph Type="Action"><Text>A bead </Text><Text Style="Bold">clicks.</Text></Paragraph>
        <Paragraph><DualDialogue>
        <Paragraph Type="Character"><Text>LIN SUAN (V.O.)</Text></Paragraph>
        <Paragraph Type="Parenthetical"><Text>(softly)</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>One fen.</Text></Paragraph>
        <Paragraph Type="Character"><Text>SHEN MAN</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Who?</Text></Paragraph>
        </DualDialogue></Paragraph>
        </Content><TitlePage><Content><Paragraph><Text>To the Last Fen</Text></Paragraph></Content>
        </TitlePage></FinalDraft>""",
        "utf-8",
    )
    script = read_script(path)
    assert [each.kind.value for each in script.elements] == [
        "heading", "action", "speech", "speech", "action",
    ]  # fmt: skip
    assert script.elements[1].text == "A bead clicks."
    assert (script.elements[2].speaker, script.elements[2].manner) == ("LIN SUAN", "softly")
    assert script.elements[3].text == "Who?"


def test_what_a_form_cannot_say_is_marked_and_read_again(tmp_path: Path) -> None:
    script = read_chinese(LINES)
    path = tmp_path / "script.fdx"
    path.write_text("".join(write_script(script, ScriptForm.FINAL_DRAFT)), "utf-8")
    assert without_places(read_script(path)) == without_places(script)


def test_an_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE FinalDraft [<!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><FinalDraft><Content><Paragraph Type="Action">'
        "<Text>&b;</Text></Paragraph></Content></FinalDraft>"
    )
    path = tmp_path / "bomb.fdx"
    path.write_text(bomb, "utf-8")
    assert refusal(path) == "screenplays.file-hostile"
    outside = bomb.replace('<!ENTITY a "aaaaaaaaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">')
    path.write_text(outside, "utf-8")
    assert refusal(path) == "screenplays.file-hostile"


def test_a_word_file_with_entities_is_refused(tmp_path: Path) -> None:
    body = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'
    assert refusal(a_packed_body(tmp_path / "bomb.docx", body)) == "screenplays.file-hostile"


def test_a_word_file_that_unpacks_to_a_mountain_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    paragraph = f'<w:p xmlns:w="{WORD}"><w:r><w:t>{"雨" * 4000}</w:t></w:r></w:p>'.encode()
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as body,
    ):
        body.write(f'<w:document xmlns:w="{WORD}">'.encode())
        for _ in range(24_000):
            body.write(paragraph)
        body.write(b"</w:document>")
    assert path.stat().st_size < 4_000_000
    assert refusal(path) == "screenplays.file-too-large"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "screenplays.file-empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "screenplays.file-of-old-word"),
        (b"%PDF-1.7\nbroken", "screenplays.file-damaged"),
        (b"PK\x03\x04broken", "screenplays.file-damaged"),
        (b"<?xml version='1.0'?><FinalDraft><Content>", "screenplays.file-damaged"),
        (b"\x00\x01\x02\x03" * 64, "screenplays.file-not-text"),
        (b"\xff\xff\xff\xff\x80\x80" * 64, "screenplays.file-not-text"),
    ],
)
def test_what_is_no_script_says_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "script.bin"
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_pdf_is_read_with_its_broken_lines_put_together(tmp_path: Path) -> None:
    long = "林算：" + "一分钱是脚印，" * 12 + "完。"
    lines = [*LINES[:4], long, *LINES[5:]]
    page = (
        '#set page(width: 120mm, height: 60mm, numbering: "1")\n#set text(font: "Noto Sans CJK SC")'
    )
    source = tmp_path / "script.typ"
    source.write_text("\n\n".join([page, *lines]), "utf-8")
    path = tmp_path / "script.pdf"
    typst.compile(str(source), output=str(path), font_paths=[Path(str(FONT_PATH)).parent])
    script = read_script(path)
    spoken = [each for each in script.elements if each.kind is ElementKind.SPEECH]
    assert [each.text for each in spoken] == [long.removeprefix("林算：")]
    assert script.problems == ()
    assert {each.kind for each in script.elements} >= {ElementKind.EPISODE, ElementKind.PAGE_BREAK}
