"""What multiplies a clause, in words."""

from collections.abc import Iterator, Sequence

from duanju.adapters.prose.narrating import Narrator, Table, Telling
from duanju.deals.clauses import Coefficient
from duanju.deals.parameters import Number, Word


def tell_coefficients(
    coefficients: Sequence[Coefficient], cap: Number | None, currency: Word, narrator: Narrator
) -> Telling:
    """Say the factors, their bands, what becomes of them in mid-term, and their cap."""
    say = narrator.speaker.say
    if coefficients:
        yield say("coefficient.multiplied")
        phrase = narrator.speaker.phrase
        yield Table(
            phrase("coefficient.caption"),
            tuple(phrase(f"coefficient.head_{own}") for own in ("name", "result", "value")),
            tuple(
                row for own in coefficients for row in _rows(own, coefficients, currency, narrator)
            ),
        )
    for own in coefficients:
        yield from _sentences(own, _title(own, coefficients, narrator), narrator)
    if cap is not None:
        yield say("coefficient.capped", cap=narrator.number(cap))


def _title(own: Coefficient, all_of_them: Sequence[Coefficient], narrator: Narrator) -> str:
    title = narrator.text(own.title)
    alike = [other for other in all_of_them if narrator.text(other.title) == title]
    return title if len(alike) == 1 else f"{title} ({own.name})"


def _rows(
    own: Coefficient, all_of_them: Sequence[Coefficient], currency: Word, narrator: Narrator
) -> Iterator[tuple[str, str, str]]:
    title = _title(own, all_of_them, narrator)
    if not own.bands:
        yield title, narrator.speaker.phrase("coefficient.always"), narrator.number(own.value)
        return
    thresholds = [(band.threshold, band.inclusive) for band in own.bands]

    def show(number: object) -> str:
        return narrator.quantity(number, own.counted, currency)  # type: ignore[arg-type]

    yield title, narrator.span(None, thresholds[0], show), narrator.number(own.value)
    for span, band in zip(narrator.spans(thresholds, show), own.bands, strict=True):
        yield title, span, narrator.number(band.value)


def _sentences(own: Coefficient, title: str, narrator: Narrator) -> Iterator[str]:
    say = narrator.speaker.say
    if own.counted is not None:
        yield say("coefficient.counted", title=title, counted=narrator.counted(own.counted))
    if own.step_down is not None:
        yield say(
            f"coefficient.{own.step_down.reading.value}",
            milestone=narrator.speaker.name("milestone", own.step_down.milestone),
            title=title,
            value=narrator.number(own.step_down.value),
        )
