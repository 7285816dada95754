"""Script files as writers bring them."""

import io

import docx

GOOD = [
    "第1集：差一分",
    "1-1 日 内 财务部",
    "人物：林算、沈曼",
    "△算盘一响。",
    "林算：账上差一分。",
    "沈曼：谁在响？",
    "第2集：一枚硬币",
    "2-1 夜 外 江边",
    "△众人围观。",
    "林算：谁的脚印？",
]
BROKEN = [*GOOD[:1], "1-1 财务部", *GOOD[2:7], "2-1 夜 江边", *GOOD[8:]]
"""The same with two headings that lack what a schedule needs: lines 2 and 8."""


def a_word_file(lines: list[str]) -> bytes:
    """Return a Word document with a paragraph a line, as `python-docx` writes it."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
