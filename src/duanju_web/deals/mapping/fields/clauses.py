"""The kinds of clause that can be written, each with its fields and an example to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from duanju.adapters.prose import name_kind
from duanju_web.deals.mapping.fields import by_kind, parts
from duanju_web.deals.mapping.fields.field import Field, Label
from duanju_web.deals.mapping.words import reader_language


@dataclass(frozen=True, slots=True)
class ClauseKind:
    """A kind of clause as a writer meets it.

    Attributes:
        name: Its kind in documents.
        says: What it is for, in a sentence.
        icon: Its drawing.
        fields: What it asks for, besides what all kinds have.
        example: What a new one holds, besides its id and its title.
        needs_others: Whether it speaks of clauses before it.
    """

    name: str
    says: Label
    icon: str
    fields: tuple[Field, ...]
    example: Mapping[str, Any]
    needs_others: bool = False

    @property
    def label(self) -> str:
        """What it is called in the active language, as the library calls it."""
        return name_kind(self.name, reader_language())


_PAID = {"payer": "platform", "payee": "studio"}
CLAUSE_KINDS: Mapping[str, ClauseKind] = {
    kind.name: kind
    for kind in (
        ClauseKind(
            "tiered_rate",
            _("So much an effective hour, a play or a minute, more beyond a threshold."),
            "clock",
            by_kind.TIERED_RATE,
            {
                "measure": "effective_minutes",
                "per": "60",
                "currency": "CNY",
                "reading": "marginal",
                "tier": [{"from": "0", "rate": "1.5"}, {"above": "1000000", "rate": "3"}],
            }
            | _PAID,
        ),
        ClauseKind(
            "revenue_share",
            _("An income is divided after named deductions, to the last fen."),
            "scale",
            by_kind.REVENUE_SHARE,
            {
                "measure": "unlock_income",
                "currency": "CNY",
                "base": "after_channel_fee",
                "deduction": [by_kind.DEDUCTIONS.new],
                "shares": {"studio": "50%"},
                "residual": "platform",
            },
        ),
        ClauseKind(
            "minimum_guarantee",
            _("An amount that is paid in any case: in addition, in advance, or filled up."),
            "shield-check",
            by_kind.MINIMUM_GUARANTEE,
            {"amount": "50000", "currency": "CNY", "treatment": "on_top"} | _PAID,
        ),
        ClauseKind(
            "fee",
            _("A fixed amount by milestones: a script fee, 60% at the start of shooting."),
            "ticket",
            by_kind.FEE,
            {
                "amount": "100000",
                "currency": "CNY",
                "instalment": [
                    {"milestone": "signing", "share": "60%"},
                    {"milestone": "released", "share": "40%"},
                ],
            }
            | _PAID,
        ),
        ClauseKind(
            "tiered_bonus",
            _("A percentage of an income or of earnings, rising with the result."),
            "chart-line",
            by_kind.TIERED_BONUS,
            {
                "measure": "unlock_income",
                "currency": "CNY",
                "reading": "marginal",
                "tier": [{"from": "0", "rate": "0"}, {"above": "1000000", "rate": "15%"}],
            }
            | _PAID,
        ),
        ClauseKind(
            "bonus_bands",
            _("Fixed amounts for reaching a heat, a number of plays, an income."),
            "badge-check",
            by_kind.BONUS_BANDS,
            {
                "measure": "plays",
                "currency": "CNY",
                "reading": "highest",
                "band": [{"from": "1000000", "value": "10000"}],
            }
            | _PAID,
        ),
        ClauseKind(
            "pool_share",
            _("A month's pool, times this title's part of all viewing."),
            "layers",
            by_kind.POOL_SHARE,
            {
                "pool": "member_pool",
                "own": "effective_minutes",
                "all": "all_effective_minutes",
                "share": "1",
                "when_empty": "payer_keeps",
                "currency": "CNY",
            }
            | _PAID,
        ),
        ClauseKind(
            "waterfall",
            _("Incomes flow down step by step: expenses, investors, then everybody's shares."),
            "list-checks",
            by_kind.WATERFALL,
            {
                "measure": "unlock_income",
                "currency": "CNY",
                "step": [
                    {
                        "name": "traffic",
                        "title": {"en": "Traffic cost", "zh-Hans": "投流成本"},
                        "takes": "1",
                        "receiver": [{"role": "platform"}],
                        "limit": {"cost": "traffic_cost"},
                        "is_deduction": True,
                    },
                    {
                        "name": "shares",
                        "title": {"en": "The studio's share", "zh-Hans": "制作方分成"},
                        "takes": "70%",
                        "receiver": [{"role": "studio"}],
                    },
                ],
                "residual": "platform",
            },
        ),
        ClauseKind(
            "co_investment",
            _("Cost is shared, paid back in proportion, then profit is divided."),
            "users-round",
            by_kind.CO_INVESTMENT,
            {
                "measure": "unlock_income",
                "currency": "CNY",
                "stake": [
                    {"role": "platform", "share": "50%"},
                    {"role": "studio", "share": "50%"},
                ],
                "profit": {"studio": "50%"},
                "residual": "platform",
            },
        ),
        ClauseKind(
            "award",
            _("Prizes for a director or a writer, up to a limit."),
            "stamp",
            by_kind.AWARD,
            {
                "receivers": ["director", "screenwriter"],
                "limit": "1000000",
                "currency": "CNY",
                "payer": "platform",
            },
        ),
        ClauseKind(
            "commission",
            _("An agent or a writer receives a share of what somebody has earned."),
            "user-plus",
            by_kind.COMMISSION,
            {
                "rate": "10%",
                "currency": "CNY",
                "earned_by": "studio",
                "payer": "studio",
                "payee": "agent",
            },
            needs_others=True,
        ),
        ClauseKind(
            "cap",
            _("Several clauses together come to no more than so much."),
            "lock",
            by_kind.CAP,
            {"amount": "220000", "currency": "CNY", "scope": "title"} | _PAID,
            needs_others=True,
        ),
        ClauseKind(
            "reserve",
            _("A part is held back for some months, then released."),
            "wallet",
            by_kind.RESERVE,
            {"rate": "10%", "months": "3", "currency": "CNY"} | _PAID,
            needs_others=True,
        ),
    )
}


def fields_of(kind: str) -> tuple[Field, ...]:
    """Return all fields of a kind of clause, in the order of its form.

    Raises:
        KeyError: There is no such kind.
    """
    return (*parts.FIRST, *CLAUSE_KINDS[kind].fields, *parts.LAST)
