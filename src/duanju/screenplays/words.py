"""Words and signs of the Chinese form that its reader and its writer share."""

CONTINUATION = "｜"
"""Begins a further line of the speech before."""

FIELD_KEYS = frozenset(
    (
        "片名",
        "剧名",
        "剧目",
        "编剧",
        "作者",
        "原著",
        "类型",
        "题材",
        "集数",
        "时长",
        "字数",
        "版权",
        "日期",
    )
) | {"title", "author", "authors", "credit", "source", "contact", "copyright"}
"""What stands before a colon on the first page and is a field, not a sketch of somebody."""

LABELS = frozenset(
    ("时间", "地点", "场景", "景别", "道具", "备注", "音效", "音乐", "画面", "镜头", "服装")
)
"""What stands before a colon in a scene and is nobody's name."""
