"""Tables of works, whose words are drawn from a seed."""

import csv
import io
import random
from collections.abc import Sequence

from duanju.adapters.works import WORK_COLUMNS, WORK_KINDS

SYLLABLES = "逆袭总裁替身闪婚重生归来千金赘婿神医王妃太子离婚追妻一分不差账房先生江边夜雨旧楼"
WORDS = ["boss", "revenge", "last", "fen", "bride", "river", "night", "return", "heir", "contract"]
FAMILY = "林沈顾周陈丁许"


def a_table(count: int, *, seed: int = 1, start: int = 1) -> list[dict[str, str]]:
    """Return so many rows of works, each with words of its own."""
    chance = random.Random(seed)
    return [_row(chance, number) for number in range(start, start + count)]


def _row(chance: random.Random, number: int) -> dict[str, str]:
    def chinese(length: int) -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(length))

    english = " ".join(chance.choices(WORDS, k=3))
    return {
        "reference": f"w-{number:06}",
        "kind": chance.choice(WORK_KINDS),
        "title_zh": chinese(chance.randint(3, 8)),
        "title_en": english,
        "synopsis_zh": "，".join(chinese(12) for _ in range(5)) + "。",
        "synopsis_en": " ".join(chance.choices(WORDS, k=12)) + ".",
        "tropes": ";".join(chinese(2) for _ in range(2)),
        "tags": chance.choice(["旅行", "经典", "科普"]),
        "audience": chance.choice(["", "women", "men", "all"]),
        "length": str(chance.randint(20, 120)),
        "people": f"{chance.choice(FAMILY)}{chinese(2)}:writer",
    }


def as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    """Return a table as a spreadsheet writes CSV."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, WORK_COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return ("\ufeff" + stream.getvalue()).encode()
