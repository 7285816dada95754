"""Rules of tax as they are published, for tests."""

from datetime import date
from fractions import Fraction

from duanju.settlement import TaxBracket, TaxEffect, TaxKind, TaxRule

ANNOUNCEMENT_61 = "State Taxation Administration, Announcement 61 of 2018, article 8"

LABOUR = TaxRule(
    id="cn-labour",
    version=1,
    kind=TaxKind.INCOME,
    effect=TaxEffect.WITHHELD,
    taxpayer="labour",
    starts_on=date(2019, 1, 1),
    ends_on=None,
    source=ANNOUNCEMENT_61,
    brackets=(
        TaxBracket(Fraction(0), Fraction("0.2")),
        TaxBracket(Fraction(20_000), Fraction("0.3"), Fraction(2_000)),
        TaxBracket(Fraction(50_000), Fraction("0.4"), Fraction(7_000)),
    ),
    currency="CNY",
    allowance=Fraction(800),
    allowance_up_to=Fraction(4_000),
    allowance_share=Fraction("0.2"),
)
"""Labour of a resident: withheld in advance, settled by the person at the end of the year."""

AUTHOR = TaxRule(
    id="cn-author",
    version=1,
    kind=TaxKind.INCOME,
    effect=TaxEffect.WITHHELD,
    taxpayer="author",
    starts_on=date(2019, 1, 1),
    ends_on=None,
    source=ANNOUNCEMENT_61,
    brackets=(TaxBracket(Fraction(0), Fraction("0.2")),),
    currency="CNY",
    allowance=Fraction(800),
    allowance_up_to=Fraction(4_000),
    allowance_share=Fraction("0.2"),
    counted=Fraction("0.7"),
)
"""Income of an author: seventy of a hundred count."""

GENERAL = TaxRule(
    id="cn-vat",
    version=1,
    kind=TaxKind.VALUE_ADDED,
    effect=TaxEffect.INCLUDED,
    taxpayer="general_company",
    starts_on=date(2019, 4, 1),
    ends_on=None,
    source="Value-added tax: 6% on cultural services",
    brackets=(TaxBracket(Fraction(0), Fraction("0.06")),),
)
"""A company that invoices with value-added tax inside its amounts."""

NON_RESIDENT = TaxRule(
    id="cn-non-resident",
    version=1,
    kind=TaxKind.INCOME,
    effect=TaxEffect.WITHHELD,
    taxpayer="foreign_company",
    starts_on=date(2008, 1, 1),
    ends_on=None,
    source="Enterprise income tax: 10% on royalties of non-residents",
    brackets=(TaxBracket(Fraction(0), Fraction("0.1")),),
)
"""A company abroad, of whose royalties a tenth is withheld."""
