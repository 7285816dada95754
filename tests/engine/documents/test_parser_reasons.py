"""What parsers say in English is said in Chinese, or left out."""

import json
import re
from pathlib import Path

import pytest

from duanju.adapters.documents import explain_problem, policy_from_text, read_bundle, read_facts
from duanju.kernel import Problem, ProblemsFound

ENGLISH = re.compile(r"[A-Za-z]{3,}")
KNOWN = {"TOML", "JSON", "CSV", "Duanju"}


def said(problem: Problem) -> str:
    """Return a problem's Chinese sentence."""
    return explain_problem(problem, language="zh-Hans").sentence


def said_of(read) -> str:
    """Return the Chinese sentence of the only problem that a reader finds."""
    with pytest.raises(ProblemsFound) as found:
        read()
    (problem,) = found.value.problems
    return said(problem)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id = ", "文件不是有效的 TOML：值有误。"),
        ("id = [1", "文件不是有效的 TOML：数组没有结束。"),
        ('id = "a', "文件不是有效的 TOML：字符串没有结束。"),
        ("id = 1\nid = 2", "文件不是有效的 TOML：同一个键已经有值。"),
        ('id = "\\q"', "文件不是有效的 TOML：字符串中的 \\ 没有转义。"),
        ("[a", "文件不是有效的 TOML：表的声明应以 ] 结束。"),
        ("[a]\n[a]", "文件不是有效的 TOML：('a',) 声明了两次。"),
        ("a b", "文件不是有效的 TOML：键之后应为 =。"),
        ("= 1", "文件不是有效的 TOML：这里不是有效的语句。"),
        ("a = 1 b = 2", "文件不是有效的 TOML：语句之后应换行。"),
        ("a = {x = 1, x = 2}", "文件不是有效的 TOML：行内表中的键 'x' 出现两次。"),
    ],
)
def test_toml_is_refused_in_chinese(text: str, sentence: str) -> None:
    assert said_of(lambda: policy_from_text(text, file="p.toml")) == sentence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "第 1 行第 2 列应为用双引号括起的键"),
        ('{"a" 1}', "第 1 行第 6 列应为 :"),
        ('{"a":}', "第 1 行第 6 列应有值"),
        ("{} {}", "第 1 行第 4 列之后还有内容"),
        ('{"a": 1.5}', "1.5 不是整数"),
        ('{"a": 1, "a": 2}', "同一个对象中有重复的键"),
        ("[]", "内容不是对象"),
        (json.dumps({"a": None}).replace("null", "[" * 2000 + "]" * 2000), None),
    ],
)
def test_json_is_refused_in_chinese(tmp_path: Path, text: str, reason: str | None) -> None:
    path = tmp_path / "a.bundle.json"
    path.write_text(text, "utf-8")
    sentence = said_of(lambda: read_bundle(path))
    assert set(ENGLISH.findall(sentence)) <= KNOWN
    assert "：" in sentence
    if reason is not None:
        assert sentence == f"文件不是本系统写出的 JSON：{reason}。"


@pytest.mark.parametrize("name", ["facts.csv", "facts.xlsx", "facts.parquet"])
def test_tables_are_refused_in_chinese(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b'month,title_id,measure,quantity,unit\n2026-09,"1"x,plays,1,count\n')
    assert set(ENGLISH.findall(said_of(lambda: read_facts(path)))) <= KNOWN | {"Parquet"}


def test_unknown_reason_is_left_out_in_chinese_and_said_in_english() -> None:
    problem = Problem("documents.not-toml", params={"reason": "something new"})
    assert said(problem) == "文件不是有效的 TOML。"
    told = explain_problem(problem, language="en").sentence
    assert told == "The file is no TOML: something new."
