"""Words, numbers and drawn parts as templates show them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from duanju_web.shared.portraits import draw_portrait

LOADS = "{% load duanju frontend %}"


def shown(source: str, language: str = "en", **values: object) -> str:
    """Render a piece of template in a language."""
    with override(language):
        return Template(LOADS + source).render(Context(values))


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 12_345, "12.3K"),
        ("en", 999, "999"),
        ("zh-hans", 12_345, "1.2万"),
        ("zh-hans", 340_000_000, "3.4亿"),
        ("zh-hans", 9_999, "9999"),
    ],
)
def test_big_numbers_are_short_in_each_language(language, number, words):
    assert shown("{{ n|big_number }}", language, n=number) == words


def test_money_keeps_every_minor_digit():
    assert shown('{% money 6666667 "CNY" %}', "zh-hans") == "¥66,666.67"
    assert shown('{% money 6666667 "CNY" %}', "en") == "CN¥66,666.67"


def test_days_are_written_as_each_language_writes_them():
    assert shown("{{ d|day }}", "en", d=date(2026, 11, 14)) == "14 Nov 2026"
    assert shown("{{ d|day }}", "zh-hans", d=date(2026, 11, 14)) == "2026年11月14日"
    assert shown("{{ m|month }}", "en", m="2026-11") == "November 2026"
    assert shown("{{ m|month }}", "zh-hans", m="2026-11") == "2026年11月"
    moment = datetime(2026, 11, 14, 4, 5, tzinfo=UTC)
    assert shown("{{ m|moment }}", "zh-hans", m=moment) == "2026年11月14日 04:05"


def test_only_what_is_finished_is_a_hundred_percent():
    assert shown("{{ 999|percent }} {{ 1000|percent }}") == "99 100"


def test_state_of_an_audit_entry_reads_as_words():
    name = {"zh-Hans": "青柠", "en": "Lime"}
    assert shown("{{ v|stated }}", "zh-hans", v=name) == "青柠"
    assert shown("{{ v|stated }}", v=["a", {"b": 1}]) == "a, b: 1"
    assert shown("{{ v|stated }}", v=None) == "–"


def test_what_users_wrote_is_escaped():
    assert "<b>" not in shown("{% localized name %}", name={"en": "<b>x</b>"})
    assert "<b>" not in shown("{{ v|stated }}", v={"en": "<b>x</b>"})


def test_a_face_is_always_the_same_and_never_says_whose():
    assert draw_portrait("mei@example.org") == draw_portrait("mei@example.org")
    assert draw_portrait("mei@example.org") != draw_portrait("lin@example.org")
    assert "example" not in draw_portrait("mei@example.org")


def test_icon_with_a_label_is_read_aloud_and_one_without_is_not():
    assert 'aria-hidden="true"' in shown('{% icon "x" %}')
    assert 'aria-label="Close"' in shown('{% icon "x" "Close" %}')


def test_dialog_holds_its_block():
    words = shown('{% dialog "d" title=title %}<p>inside</p>{% enddialog %}', title="T&T")
    assert '<dialog class="dialog" id="d"' in words
    assert "<p>inside</p>" in words
    assert "T&amp;T" in words


def test_page_without_a_built_front_end_still_renders(settings, tmp_path):
    settings.FRONTEND_DIST_FOLDER = tmp_path
    assert (
        shown('{% frontend_styles %}{% frontend_entry "site" %}') == "<!-- front end not built -->"
    )


def test_entry_brings_the_chunks_and_styles_it_needs(settings, tmp_path):
    settings.FRONTEND_DIST_FOLDER = tmp_path
    (tmp_path / "manifest.json").write_text(
        '{"src/a.ts": {"file": "assets/a.js", "imports": ["_b.js"], "css": ["assets/a.css"]},'
        ' "_b.js": {"file": "assets/b.js", "css": ["assets/b.css"]}}'
    )
    assert shown('{% frontend_entry "a" %}').splitlines() == [
        '<link rel="stylesheet" href="/static/assets/a.css">',
        '<link rel="stylesheet" href="/static/assets/b.css">',
        '<link rel="modulepreload" href="/static/assets/b.js">',
        '<script type="module" src="/static/assets/a.js"></script>',
    ]
