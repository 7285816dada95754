"""Mappings are kept as TOML or JSON, and each fault of one is told with its line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from duanju.adapters.reports import (
    AmountUnit,
    DayForm,
    Delimiter,
    Encoding,
    Layout,
    Named,
    Others,
    ReportMapping,
    Sign,
    Totals,
    When,
    check_mapping,
    mapping_from_data,
    mapping_from_text,
    mapping_to_data,
    mapping_to_text,
    read_mapping,
)
from duanju.kernel import ProblemsFound
from tests.support.reports import ADVERTS, NETWORK

FULL = ReportMapping(
    source="cps",
    name='Promoters, "monthly" \x7f',
    title=Named(column="剧目 \\ id", words={"a b": "101"}, others=Others.KEEP),
    amounts=(
        replace(
            ADVERTS,
            measure=Named(column="type", words={"CPS": "performance_advert_income"}),
            currency=Named(column="币种", words={"人民币": "CNY"}),
            unit=AmountUnit.MINOR,
            decimal_mark=",",
            thousands_mark=".",
            symbol="¥",
            sign=Sign.NEGATED,
        ),
        replace(ADVERTS, column="award", measure=Named(fixed="award")),
    ),
    when=When("day", (DayForm.CHINESE_DAY, DayForm.COMPACT_MONTH)),
    channel=Named(fixed="douyin"),
    territory=Named(column="国家"),
    item=Named(fixed="director"),
    reference="单号",
    layout=Layout(3, 1, Encoding.GB18030, Delimiter.SEMICOLON, "Sheet 2"),
    totals=Totals("day", ("合计", "总计"), ("小计",)),
)


@pytest.mark.parametrize("mapping", [NETWORK, FULL])
def test_mapping_survives_being_written_and_read(tmp_path: Path, mapping: ReportMapping) -> None:
    assert mapping_from_text(mapping_to_text(mapping), file="m.toml") == mapping
    data = json.loads(json.dumps(mapping_to_data(mapping)))
    assert mapping_from_data(data) == mapping
    for name, text in (("m.toml", mapping_to_text(mapping)), ("m.json", json.dumps(data))):
        (tmp_path / name).write_text(text, "utf-8")
        assert read_mapping(tmp_path / name) == mapping


def test_what_is_at_its_default_is_not_written() -> None:
    assert mapping_to_text(NETWORK) == (
        'source = "pangle"\n'
        'name = "Pangle, daily"\n'
        "\n[title]\n"
        'column = "短剧ID"\n'
        'words = { "A1" = "101", "A2" = "102" }\n'
        "\n[[amount]]\n"
        'column = "预估收入(元)"\n'
        'measure = { "fixed" = "advert_income" }\n'
        'currency = { "fixed" = "CNY" }\n'
        'thousands_mark = ","\n'
        "\n[when]\n"
        'column = "日期"\n'
        'forms = ["iso_day"]\n'
        "\n[channel]\n"
        'column = "渠道"\n'
        "\n[total]\n"
        'column = "日期"\n'
        'words = ["合计"]\n'
        'subtotal_words = ["小计"]\n'
    )


def problems_of(text: str) -> list[tuple[str, int | None]]:
    """Return the codes of a text's problems, with their lines."""
    with pytest.raises(ProblemsFound) as found:
        mapping_from_text(text, file="m.toml")
    return [(own.code, own.where.line) for own in found.value.problems]


def test_faults_of_form_are_told_with_their_lines() -> None:
    text = mapping_to_text(NETWORK)
    assert problems_of("source =\nname = 1\n") == [("documents.not-toml", 1)]
    assert problems_of(text.replace('["iso_day"]', '["day"]')) == [("documents.not-one-of", 16)]
    spoiled = text.replace("thousands_mark", "thousand_mark").replace('"Pangle, daily"', "7")
    assert problems_of(spoiled) == [("documents.wrong-type", 2), ("documents.unknown-key", 12)]


def test_faults_of_meaning_are_told_with_their_lines() -> None:
    text = mapping_to_text(NETWORK)
    spoiled = text.replace("advert_income", "plays").replace('"CNY"', '"RMB"')
    assert problems_of(spoiled) == [
        ("reports.unknown-measure", 10),
        ("reports.unknown-currency", 11),
    ]
    assert problems_of(text.replace('"advert_income"', '"award"')) == [
        ("documents.missing-item", 10)
    ]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (replace(NETWORK, title=Named()), "reports.neither-fixed-nor-column"),
        (replace(NETWORK, channel=Named("web", "渠道")), "reports.fixed-and-column"),
        (replace(NETWORK, channel=Named(words={"a": "b"})), "documents.missing-key"),
        (replace(NETWORK, amounts=()), "reports.no-amounts"),
        (replace(NETWORK, amounts=(ADVERTS, ADVERTS)), "reports.amount-twice"),
        (replace(NETWORK, layout=Layout(header_row=0)), "reports.header-too-far"),
        (replace(NETWORK, totals=Totals(words=("合计",))), "documents.missing-key"),
        (
            replace(NETWORK, when=When("d", (DayForm.AMERICAN_DAY, DayForm.EUROPEAN_DAY))),
            "reports.ambiguous-days",
        ),
        (
            replace(NETWORK, amounts=(replace(ADVERTS, decimal_mark=","),)),
            "reports.bad-mark",
        ),
        (
            replace(NETWORK, amounts=(replace(ADVERTS, thousands_mark="0"),)),
            "reports.bad-mark",
        ),
    ],
)
def test_mapping_that_could_read_nothing_is_refused(mapping: ReportMapping, code: str) -> None:
    assert [own.code for own in check_mapping(mapping)] == [code]


def test_json_that_is_none_is_told(tmp_path: Path) -> None:
    for text, code in (("{", "reports.not-json"), ("[]", "documents.wrong-type")):
        path = tmp_path / "m.json"
        path.write_text(text, "utf-8")
        with pytest.raises(ProblemsFound) as found:
            read_mapping(path)
        assert [own.code for own in found.value.problems] == [code]
