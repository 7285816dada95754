"""How a clause's values read, where a deal has filled them in and where it has not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from duanju.adapters.prose.numbers import (
    say_amount,
    say_list,
    say_money_threshold,
    say_number,
    say_share,
    say_threshold,
)
from duanju.adapters.prose.speaking import Speaker
from duanju.deals.clauses import Clause, Counted, Fraud, Scope
from duanju.deals.measures import MEASURES
from duanju.deals.parameters import (
    Chosen,
    Given,
    Number,
    Parameter,
    ParameterValue,
    Word,
    find_number,
)
from duanju.deals.policy import Policy
from duanju.kernel import CURRENCIES, Text

Values = Mapping[str, ParameterValue]
Show = Callable[[Fraction], str]

_Threshold = TypeVar("_Threshold")


@dataclass(frozen=True, slots=True)
class Table:
    """A small table of words.

    Attributes:
        caption: What it shows.
        head: The columns' names.
        rows: Each as many cells as the head.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Each row's cells with the name of their column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


Telling = Iterator[str | Table]
"""What a clause says, in order: sentences, and tables that belong to them."""


@dataclass(frozen=True, slots=True)
class Narrator:
    """Who tells a policy's clauses in a language.

    Attributes:
        speaker: Whose language it is.
        policy: The policy.
        values: The parameters that are known; others are shown as blanks or with their options.
    """

    speaker: Speaker
    policy: Policy
    values: Values

    @property
    def language(self) -> str:
        """The language in which is told."""
        return self.speaker.language

    def text(self, text: Text) -> str:
        """Return what an author wrote, in the language or the nearest that exists."""
        return text.in_language(self.language)

    def list(self, words: Sequence[str]) -> str:
        """Join words as a list."""
        return say_list(list(words), self.language)

    def role(self, role: str) -> str:
        """Return what a party is called."""
        return self.speaker.name("role", role)

    def roles(self, roles: Sequence[str]) -> str:
        """Return what several parties are called."""
        return self.list([self.role(own) for own in roles])

    def clauses(self, ids: Sequence[str]) -> str:
        """Return the titles of clauses, in quotation marks."""
        return self.list([f"“{self.clause(own)}”" for own in ids])

    def clause(self, own_id: str) -> str:
        """Return the title of a clause."""
        for clause in self.policy.clauses:
            if clause.id == own_id:
                same = [own for own in self.policy.clauses if own.title == clause.title]
                return self.text(clause.title) if len(same) == 1 else self._with_id(clause)
        return own_id

    def parameter(self, own_id: str) -> Parameter | None:
        """Return a parameter of the policy."""
        return next((own for own in self.policy.parameters if own.id == own_id), None)

    def parameter_title(self, own_id: str) -> str:
        """Return what a parameter is called."""
        found = self.parameter(own_id)
        return self.text(found.title) if found else own_id

    def option(self, parameter: str, option: str) -> str:
        """Return what an option of a choice is called."""
        found = self.parameter(parameter)
        text = found.options.get(option) if found else None
        return self.text(text) if text else option

    def number(self, number: Number) -> str:
        """Return a plain number, or its blank."""
        return self._shown(number, lambda found: say_number(found, self.language))

    def share(self, share: Number) -> str:
        """Return a percentage, or its blank."""
        return self._shown(share, lambda found: say_share(found, self.language))

    def amount(self, amount: Number, currency: Word) -> str:
        """Return an amount in major units, or its blank."""
        return self._shown(amount, lambda found: self._money(found, currency, say_amount))

    def quantity(self, number: Number, counted: Counted | None, currency: Word) -> str:
        """Return a threshold in the term unit of what is counted; of nothing, in money."""
        return self._shown(number, lambda found: self.threshold(found, counted, currency))

    def threshold(self, number: Fraction, counted: Counted | None, currency: Word) -> str:
        """Return a threshold that is a number already."""
        measure = MEASURES.get(counted.measure) if counted else None
        if counted is None or (measure and measure.term_unit == "minor"):
            return self._money(number, currency, say_money_threshold)
        shown = say_threshold(number, self.language)
        return self.speaker.quantity(shown, measure) if measure else shown

    def word(self, word: Word, kind: str) -> str:
        """Return a word of the terms by its name, or its blank with the options."""
        if isinstance(word, str):
            return self.speaker.name(kind, word)
        chosen = self.values.get(word.parameter)
        if isinstance(chosen, str):
            return self.speaker.name(kind, chosen)
        found = self.parameter(word.parameter)
        options = [self.text(own) for own in found.options.values()] if found else []
        default = found.default if found else None
        if not options:
            return self._blank(word.parameter)
        return self._choice(word.parameter, options, default)

    def currency(self, word: Word) -> str:
        """Return a currency's name."""
        return self.word(word, "currency")

    def known(self, word: Word) -> str | None:
        """Return what a word comes to, or `None` where the deal leaves it open."""
        if isinstance(word, str):
            return word
        chosen = self.values.get(word.parameter)
        return chosen if isinstance(chosen, str) else None

    def counted(self, counted: Counted) -> str:
        """Return a measure with all that is said about which part of it counts."""
        name = self.speaker.name("measure", counted.measure)
        qualifiers = list(self._qualifiers(counted))
        if not qualifiers:
            return name
        joined = self.speaker.phrase("counted.separator").join(qualifiers)
        return self.speaker.phrase("counted.qualified", measure=name, qualifiers=joined)

    def sum_of(self, counted: Sequence[Counted]) -> str:
        """Return several measures that are added up."""
        return self.speaker.phrase("revenue_share.plus").join(self.counted(own) for own in counted)

    def reading(self, word: Word, prefix: str = "", kind: str = "reading") -> str:
        """Say what a reading means; where it is open, what each option would mean."""
        chosen = self.known(word)
        if chosen is not None:
            return self._reading(chosen, prefix, kind)
        assert isinstance(word, Given)
        found = self.parameter(word.parameter)
        title = self.parameter_title(word.parameter)
        if found is not None and isinstance(found.default, str):
            sentence = self._reading(found.default, prefix, kind)
            return self.speaker.say(f"{_READING}.default", title=title, sentence=sentence)
        options = [
            self.speaker.phrase(
                f"{_READING}.option",
                option=self.option(word.parameter, own),
                sentence=self._reading(own, prefix, kind),
            )
            for own in (found.options if found else ())
        ]
        return self.speaker.say(f"{_READING}.open", title=title, options=" ".join(options))

    def scope(self, scope: Scope, payee: str) -> str:
        """Return for what an amount is owed: each title, the deal, the studio."""
        return self.speaker.phrase(f"scope.for_{scope.value}", payee=self.role(payee))

    def spans(
        self, thresholds: Sequence[tuple[_Threshold, bool]], show: Callable[[_Threshold], str]
    ) -> tuple[str, ...]:
        """Return the stretch that each threshold begins; a pair is threshold and inclusive."""
        return tuple(
            self.span(own, after, show) for own, after in pairwise([*thresholds, None]) if own
        )

    def span(
        self,
        own: tuple[_Threshold, bool] | None,
        after: tuple[_Threshold, bool] | None,
        show: Callable[[_Threshold], str],
    ) -> str:
        """Return the stretch from one threshold to the next; `None` leaves that side open."""
        lower = upper = ""
        if own is not None and (own[0] or own[1]):
            key = "span.from" if own[1] else "span.above"
            lower = self.speaker.phrase(key, lower=show(own[0]))
        if after is not None:
            key = "span.below" if after[1] else "span.up_to"
            upper = self.speaker.phrase(key, upper=show(after[0]))
        if lower and upper:
            return self.speaker.phrase("span.both", lower=lower, upper=upper)
        return lower or upper or self.speaker.phrase("span.all")

    def by_option(self, numbers: Sequence[Number]) -> tuple[str, Mapping[str, str]]:
        """Return the choice, still open, on which numbers hang, with its options; else nothing."""
        open_choices = {
            own.parameter
            for own in numbers
            if isinstance(own, Chosen) and own.parameter not in self.values
        }
        found = self.parameter(next(iter(open_choices))) if len(open_choices) == 1 else None
        if found is None or not found.options:
            return "", {}
        return found.id, {word: self.text(text) for word, text in found.options.items()}

    def choosing(self, parameter: str, option: str) -> "Narrator":
        """Return a narrator for whom one choice is made."""
        return Narrator(self.speaker, self.policy, {**self.values, parameter: option})

    def _shown(self, number: Number, show: Show) -> str:
        found = find_number(number, self.values)
        if found is not None:
            return show(found)
        if isinstance(number, Given):
            return self._given(number, show)
        assert isinstance(number, Chosen)
        options = [
            self.speaker.phrase(
                "open.option", option=self.option(number.parameter, own), value=show(value)
            )
            for own, value in number.by_option.items()
        ]
        parameter = self.parameter(number.parameter)
        return self._choice(number.parameter, options, parameter.default if parameter else None)

    def _given(self, number: Given, show: Show) -> str:
        found = self.parameter(number.parameter)
        if found is None or not isinstance(found.default, Fraction):
            return self._blank(number.parameter)
        return self.speaker.phrase(
            "open.default", value=show(found.default), title=self.text(found.title)
        )

    def _blank(self, parameter: str) -> str:
        return self.speaker.phrase("open.blank", title=self.parameter_title(parameter))

    def _choice(
        self, parameter: str, options: Sequence[str], default: ParameterValue | None
    ) -> str:
        words = {
            "title": self.parameter_title(parameter),
            "options": self.speaker.phrase("open.separator").join(options),
        }
        if isinstance(default, str):
            return self.speaker.phrase(
                "open.options_default", default=self.option(parameter, default), **words
            )
        return self.speaker.phrase("open.options", **words)

    def _money(
        self, amount: Fraction, currency: Word, show: Callable[[Fraction, str, str], str]
    ) -> str:
        code = self.known(currency)
        if code is not None and code in CURRENCIES:
            return show(amount, code, self.language)
        return self.speaker.phrase(
            "open.amount",
            number=say_number(amount, self.language),
            currency=self.parameter_title(currency.parameter)
            if isinstance(currency, Given)
            else currency,
        )

    def _reading(self, word: str, prefix: str, kind: str) -> str:
        if self.speaker.knows(f"{_READING}.{prefix}{word}"):
            return self.speaker.say(f"{_READING}.{prefix}{word}")
        name = self.speaker.name(kind, word)
        return self.speaker.say(f"{_READING}.other", word=name)

    def _qualifiers(self, counted: Counted) -> Iterator[str]:
        measure = MEASURES.get(counted.measure)
        kinds = {
            "channels": (counted.channels, "channel"),
            "territories": (counted.territories, "territory"),
            "media": (counted.media, "medium"),
            "windows": (counted.windows, "window"),
            "items": (counted.items, measure.needs_item if measure else ""),
        }
        for key, (words, kind) in kinds.items():
            if words:
                names = self.list([self.speaker.name(kind, own) for own in words])
                yield self.speaker.phrase(f"counted.{key}", names=names)
        if counted.over_seconds != 0:
            seconds = self.number(counted.over_seconds)
            yield self.speaker.phrase("counted.over_seconds", seconds=seconds)
        if counted.fraud is not Fraud.TAKEN_BACK:
            yield self.speaker.phrase(f"counted.fraud_{counted.fraud.value}")

    def _with_id(self, clause: Clause) -> str:
        return f"{self.text(clause.title)} ({clause.id})"


_READING = "reading"
