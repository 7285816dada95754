"""The sentences that stand around the reference of clauses, in both languages."""

from collections.abc import Mapping

_EN = {
    "head": """\
# Clauses

What a `[[clause]]` of each kind says, and its keys. This page and the \
[JSON Schema](policy.schema.json) beside it are written by `duanju policies reference` and \
`duanju policies schema`; an editor that knows TOML completes and checks a policy that begins with \
`#:schema ../docs/reference/policy.schema.json`.

Numbers are exact: `1.5`, `"15%"`, `"1/3"`. A number that can hang on a parameter is also written \
`{ parameter = "share" }`, what the deal fills in, or \
`{ parameter = "grade", "S+" = 120_000, S = 80_000 }`, by the option that the deal chose. Amounts \
are in major units of the clause's currency. Of thresholds, `above` leaves the threshold itself to \
what lies below, and `from` takes it in. Clauses refer only to clauses before them.
""",
    "columns": "| key | what it holds | without it | meaning |",
    "every": "## Every clause\n\nBeside its `kind`, a clause of any kind has these keys.\n",
    "words": "## Words of choices\n",
    "word_columns": "| key | word | meaning |",
    "conditions": "## Conditions\n\nWhat stands under `[[clause.when]]`; all of a clause's "
    "conditions must hold.\n",
    "tables": "## Tables within clauses\n",
    "measures": "## Measures\n\nWhat a clause can count. Every fact is the whole of its stretch of "
    "time.\n",
    "measure_columns": "| measure | what it is | facts hold | terms speak of | several facts | "
    "needs an item |",
    "major": "major units",
    "of": "{aggregate}, of `{measure}`",
    "wide": "{unit}, platform-wide",
    "refused": "refused",
    "number": "number",
    "whole": "whole number",
    "word": "word",
    "text": "texts by language",
    "counted": "measure or {table}",
    "counted_several": "measure or {table}, or a list of those",
    "list": "list of {about}s",
    "numbers": "table: number by {about}",
    "texts": "table: texts by {about}",
    "rows": "array of {table}",
    "rows_of_conditions": "array of [conditions](#conditions)",
    "table": "table: {table}",
    "yes_no": "`true` or `false`",
    "day": "day",
    "value": "what the kind asks for",
    "or": " or ",
    "or_parameter": ", or a parameter",
}

_ZH = {
    "head": """\
# 条款参考

各类 `[[clause]]` 说什么、有哪些键。本页由 `duanju policies reference --lang zh-Hans` 生成；\
以 `#:schema ../docs/reference/policy.schema.json` 开头的政策文件，\
支持 TOML 的编辑器会按 [JSON Schema](../reference/policy.schema.json) 自动补全和检查。

数字一律精确：`1.5`、`"15%"`、`"1/3"`。可由参数决定的数字写作 \
`{ parameter = "share" }`（由合同填写），或 \
`{ parameter = "grade", "S+" = 120_000, S = 80_000 }`（按合同所选选项取值）。\
金额以条款币种的主单位计，如元。门槛用 `above` 时恰为门槛者仍属下一档，用 `from` 时归入本档。\
条款只能引用在其之前的条款。
""",
    "columns": "| 键 | 填什么 | 不填时 | 含义 |",
    "every": "## 所有条款\n\n除 `kind` 外，任何一类条款都有这些键。\n",
    "words": "## 选项用词\n",
    "word_columns": "| 键 | 词 | 含义 |",
    "conditions": "## 条件\n\n写在 `[[clause.when]]` 下；须全部满足。\n",
    "tables": "## 条款内的表\n",
    "measures": "## 计量指标\n\n条款可以计量的对象。每条事实数据都是其区间的总量。\n",
    "measure_columns": "| 指标 | 名称 | 数据单位 | 条款单位 | 多条数据 | 须注明 |",
    "major": "主单位（元）",
    "of": "{aggregate}，取自 `{measure}`",
    "wide": "{unit}，全平台",
    "refused": "不可省略",
    "number": "数字",
    "whole": "整数",
    "word": "词",
    "text": "多语言文本",
    "counted": "指标或{table}",
    "counted_several": "指标或{table}，也可为列表",
    "list": "{about} 的列表",
    "numbers": "表：按 {about} 给出数字",
    "texts": "表：按 {about} 给出文本",
    "rows": "{table} 的数组",
    "rows_of_conditions": "[条件](#条件) 的数组",
    "table": "表：{table}",
    "yes_no": "`true` 或 `false`",
    "day": "日期",
    "value": "由参数类型决定",
    "or": "或",
    "or_parameter": "，或参数",
    "role": "角色",
    "clause": "条款",
    "step": "步骤",
    "channel": "渠道",
    "milestone": "里程碑",
    "parameter": "参数",
    "currency": "币种",
    "measure": "指标",
    "option": "选项",
    "language": "语言",
}

REFERENCE_WORDS: Mapping[str, Mapping[str, str]] = {"en": _EN, "zh-Hans": _ZH}
"""Language to name to text."""
