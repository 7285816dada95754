"""The names that terms use, in the reader's language."""

from django.utils.translation import get_language

from duanju.adapters.prose import (
    Names,
    explain_condition,
    explain_uncounted,
    name_channel,
    name_measure,
    name_role,
)
from duanju.deals import SettlementCondition, UncountedFacts
from duanju.kernel import Text


def reader_language() -> str:
    """Return the active language as the library names it: `en` or `zh-Hans`."""
    return "zh-Hans" if get_language() == "zh-hans" else "en"


def in_reader_language(text: Text) -> str:
    """Return a text in the active language, or the nearest that exists."""
    return text.in_language(reader_language())


def role_in_words(role: str) -> str:
    """Return what terms call a party."""
    return name_role(role, reader_language())


def channel_in_words(channel: str) -> str:
    """Return a channel's name."""
    return name_channel(channel, reader_language())


def measure_in_words(measure: str) -> str:
    """Return what a measure counts."""
    return name_measure(measure, reader_language())


def condition_in_words(condition: SettlementCondition, *, names: Names) -> str:
    """Return what terms leave to facts; clauses and deductions are named by their titles."""
    return explain_condition(condition, language=reader_language(), names=names)


def uncounted_in_words(uncounted: UncountedFacts, *, title: str) -> str:
    """Return which facts no clause counts, why, and which word was perhaps meant.

    Args:
        uncounted: Facts about one thing.
        title: What people call the title that they are about; empty for the deal as a whole.
    """
    return explain_uncounted(
        uncounted,
        language=reader_language(),
        measure=measure_in_words(uncounted.first.measure),
        title=title,
    )
