"""What is wrong with a bank account or a batch, before a bank has to say it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from duanju.kernel import CURRENCIES, Problem, Where
from duanju.settlement.payout import (
    AMOUNT_MINOR_MAX,
    ID_CHARACTERS_MAX,
    NAME_CHARACTERS_MAX,
    NUMBER_CHARACTERS_MAX,
    PAYOUTS_MAX,
    REMITTANCE_CHARACTERS_MAX,
    Characters,
    Payout,
    PayoutAccount,
    PayoutBatch,
)

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}", re.ASCII)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", re.ASCII)
_NUMBER = re.compile(rf"[A-Za-z0-9-]{{1,{NUMBER_CHARACTERS_MAX}}}", re.ASCII)
_ID = re.compile(rf"(?!/)(?!.*//)[A-Za-z0-9/?:().,'+-]{{1,{ID_CHARACTERS_MAX}}}(?<!/)", re.ASCII)
_LATIN = re.compile(r"[A-Za-z0-9/?:().,'+ -]*", re.ASCII)
_TOTAL_MINOR_MAX = 10**18 - 1
"""ISO 20022 writes a control sum in 18 digits."""

_LETTERS_WITHOUT_PARTS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "đ": "d"}
    | {"Đ": "D", "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i"}
    | {"&": "+", "_": "-", "’": "'", "‘": "'", "“": "'", "”": "'", "–": "-", "—": "-"}
)

IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH CR HR LI LV",
        22: "BG BH DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
"""Country to the length of its IBANs. Source: SWIFT's IBAN registry, release 99."""

CLEARING_MEMBERS = {
    code: re.compile(pattern, re.ASCII)
    for code, pattern in {
        "AUBSB": r"[0-9]{6}",
        "CACPA": r"[0-9]{9}",
        "CNAPS": r"[0-9]{12}",
        "GBDSC": r"[0-9]{6}",
        "HKNCC": r"[0-9]{3}",
        "INFSC": r"[A-Z0-9]{11}",
        "JPZGN": r"[0-9]{7}",
        "NZNCC": r"[0-9]{6}",
        "SGIBG": r"[0-9]{7}",
        "TWNCC": r"[0-9]{7}",
        "USABA": r"[0-9]{9}",
    }.items()
}
"""Code of a clearing system to how it numbers banks. Source: ISO 20022's external code sets."""


def check_payout_account(account: PayoutAccount, *, where: Where | None = None) -> list[Problem]:
    """Return what is wrong with a bank account.

    An IBAN is held to its country's length and to its check digits (ISO 13616, ISO 7064 modulo
    97), a BIC to its form (ISO 9362), a bank's number to that of its clearing system; the nine
    digits of an American one to their check digit, too.

    Args:
        account: Which.
        where: Its place, for problems.
    """
    return list(_faults_of_account(account, where or Where()))


def check_payout_batch(
    batch: PayoutBatch, *, characters: Characters = Characters.KEEP
) -> list[Problem]:
    """Return what is wrong with a batch; the place of a payout is its number, from 1.

    Args:
        batch: Which.
        characters: What the bank takes.
    """
    problems = []
    if batch.currency not in CURRENCIES:
        problems.append(_problem("settlement.payout-currency", "currency", value=batch.currency))
    if not 1 <= len(batch.payouts) <= PAYOUTS_MAX:
        number = len(batch.payouts)
        problems.append(_problem("settlement.payout-count", "payouts", number=number))
    if batch.total_minor > _TOTAL_MINOR_MAX:
        problems.append(_problem("settlement.payout-total", "payouts", value=batch.total_minor))
    if not _ID.fullmatch(batch.id):
        problems.append(_problem("settlement.payout-id", "id", value=batch.id))
    problems += check_payout_account(batch.debtor, where=Where(path="debtor"))
    problems += _faults_of_letters(batch.debtor.holder, "debtor.holder", characters)
    for number, own in enumerate(batch.payouts, start=1):
        problems += _faults_of_payout(own, f"payouts.{number}", characters)
    told = Counter(own.id for own in batch.payouts)
    problems += [
        _problem("settlement.payout-twice", "payouts", value=own_id, number=number)
        for own_id, number in told.items()
        if number > 1
    ]
    return problems


def in_letters_of(text: str, characters: Characters) -> str | None:
    """Return a text as a bank takes it, or nothing where it cannot be said in its letters.

    >>> in_letters_of("Río Corto, S.A.", Characters.TRANSLITERATE)
    'Rio Corto, S.A.'
    >>> in_letters_of("青柠影业", Characters.KEEP)
    '青柠影业'
    >>> in_letters_of("青柠影业", Characters.TRANSLITERATE) is None
    True
    """
    if any(unicodedata.category(own) in ("Cc", "Cs", "Cn", "Co") for own in text):
        return None
    if characters is Characters.KEEP:
        return text
    if characters is Characters.TRANSLITERATE:
        parts = unicodedata.normalize("NFKD", text.translate(_LETTERS_WITHOUT_PARTS))
        text = "".join(own for own in parts if not unicodedata.combining(own))
    return text if _LATIN.fullmatch(text) else None


def _faults_of_account(account: PayoutAccount, where: Where) -> Iterator[Problem]:
    if not account.holder.strip() or len(account.holder) > NAME_CHARACTERS_MAX:
        yield _within("settlement.payout-holder", where, "holder", max=NAME_CHARACTERS_MAX)
    if bool(account.iban) == bool(account.number):
        yield _within("settlement.payout-account-unsaid", where, "number")
    if account.iban and (fault := _fault_of_iban(account.iban)):
        yield _within(fault, where, "iban", value=account.iban)
    if account.number and not _NUMBER.fullmatch(account.number):
        yield _within("settlement.payout-number", where, "number", value=account.number)
    if account.bic and not _BIC.fullmatch(account.bic):
        yield _within("settlement.payout-bic", where, "bic", value=account.bic)
    if account.number and not (account.bic or account.clearing_member):
        yield _within("settlement.payout-bank-unsaid", where, "bic")
    if account.clearing_system or account.clearing_member:
        form = CLEARING_MEMBERS.get(account.clearing_system)
        if form is None:
            params = {"value": account.clearing_system, "known": ", ".join(CLEARING_MEMBERS)}
            yield _within("settlement.payout-clearing-system", where, "clearing_system", **params)
        elif not form.fullmatch(account.clearing_member) or not _has_check_digit(account):
            params = {"value": account.clearing_member, "system": account.clearing_system}
            yield _within("settlement.payout-clearing-member", where, "clearing_member", **params)


def _fault_of_iban(iban: str) -> str:
    if not _IBAN.fullmatch(iban):
        return "settlement.payout-iban-form"
    if IBAN_LENGTHS.get(iban[:2]) != len(iban):
        return "settlement.payout-iban-length"
    digits = "".join(str(int(own, 36)) for own in iban[4:] + iban[:4])
    return "" if int(digits) % 97 == 1 else "settlement.payout-iban-check"


def _has_check_digit(account: PayoutAccount) -> bool:
    """Tell whether an American routing number's digits, weighed 3, 7, 1, sum to tens."""
    if account.clearing_system != "USABA":
        return True
    weights = (3, 7, 1) * 3
    digits = map(int, account.clearing_member)
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 10 == 0


def _faults_of_payout(payout: Payout, path: str, characters: Characters) -> Iterator[Problem]:
    if not _ID.fullmatch(payout.id):
        yield _problem("settlement.payout-id", f"{path}.id", value=payout.id)
    if not 0 < payout.amount_minor <= AMOUNT_MINOR_MAX:
        yield _problem("settlement.payout-amount", f"{path}.amount", value=payout.amount_minor)
    yield from check_payout_account(payout.account, where=Where(path=f"{path}.account"))
    yield from _faults_of_letters(payout.account.holder, f"{path}.account.holder", characters)
    yield from _faults_of_letters(payout.remittance, f"{path}.remittance", characters)
    if len(payout.remittance) > REMITTANCE_CHARACTERS_MAX:
        limit = REMITTANCE_CHARACTERS_MAX
        yield _problem("settlement.payout-remittance", f"{path}.remittance", max=limit)


def _faults_of_letters(text: str, path: str, characters: Characters) -> Iterator[Problem]:
    said = in_letters_of(text, characters)
    if said is None or len(said) > NAME_CHARACTERS_MAX:
        yield _problem("settlement.payout-letters", path, value=text)


def _within(code: str, where: Where, field: str, **params: str | int) -> Problem:
    path = f"{where.path}.{field}".removeprefix(".")
    return Problem(code, Where(where.file, where.line, where.column, path), params)


def _problem(code: str, path: str, **params: str | int) -> Problem:
    return Problem(code, Where(path=path), params)
