"""Takes a platform's month on, stage by stage, as its page does."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from duanju.kernel import Month, Problem
from duanju.settlement import CloseStage
from duanju_web.settlement.models import CloseProposal
from duanju_web.settlement.selectors.stages import find_rules, stage_of
from duanju_web.settlement.services import (
    approve_close,
    ask_to_close,
    invoice_month,
    mark_paid,
    push_month,
    soft_close_month,
)
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Membership
from duanju_web.shared.permissions import may_act
from duanju_web.shared.problems import put_in_words

CLOSERS = ("accountant",)
_STAGES = [own.value for own in CloseStage if own is not CloseStage.OPEN]


class Command(BaseCommand):
    """Take a month on to a stage; killed anywhere, the same command goes on."""

    help = "Take a platform's month on to a stage; killed anywhere, the same command goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the platform, the month, the stage and who does it."""
        parser.add_argument("platform", help="the platform's short name")
        parser.add_argument("month", help="as 2026-10")
        parser.add_argument("stage", choices=_STAGES, help="where the month is to come")
        parser.add_argument("--as", dest="email", required=True, help="e-mail address of who does")
        parser.add_argument("--approve", default="", metavar="DIGEST", help="what another asked")
        parser.add_argument(
            "--without-blocked", action="store_true", help="leave out deals that have problems"
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Take one step after another."""
        actor = _actor(options["platform"], options["email"])
        try:
            month = Month.parse(options["month"])
        except ValueError:
            raise CommandError("Write the month as 2026-10.") from None
        wanted = CloseStage(options["stage"])
        for stage in _missing(actor, month, wanted):
            done = self._step(stage, actor, month, options)
            if isinstance(done, tuple):
                raise CommandError(_told(done))
            if isinstance(done, CloseProposal):
                self.stdout.write(f"{month}: a second person approves --approve {done.digest}")
                return
            self.stdout.write(f"{month}: {stage.value}")

    def _step(
        self, stage: CloseStage, actor: Actor, month: Month, options: Mapping[str, Any]
    ) -> Any:
        now: datetime = timezone.now()
        asked = {"platform": actor.organisation, "month": month, "actor": actor, "now": now}
        if stage is CloseStage.CLOSED:
            if options["approve"]:
                return approve_close(**asked, digest=options["approve"])
            return ask_to_close(**asked, without_blocked=options["without_blocked"])
        return _STEPS[stage](**asked)


_STEPS: Mapping[CloseStage, Callable[..., Any]] = {
    CloseStage.PUSHED: push_month,
    CloseStage.SOFT_CLOSED: soft_close_month,
    CloseStage.INVOICED: invoice_month,
    CloseStage.PAID: mark_paid,
}


def _missing(actor: Actor, month: Month, wanted: CloseStage) -> list[CloseStage]:
    """Return the stages from where the month is to where it is to come.

    A month that was being invoiced is invoiced again, for that moves nothing twice.
    """
    platform = actor.organisation
    assert platform is not None
    stages = list(CloseStage)
    place = stages.index(stage_of(platform, month))
    missing = stages[place + 1 : stages.index(wanted) + 1]
    if find_rules(platform) is None:
        one_step = {CloseStage.PUSHED, CloseStage.SOFT_CLOSED}
        missing = [own for own in missing if own not in one_step]
    return missing


def _actor(slug: str, email: str) -> Actor:
    membership = (
        Membership.objects.select_related("organisation", "user")
        .filter(organisation__slug=slug, user__email=email.lower())
        .first()
    )
    actor = Actor(membership.user, membership) if membership else Actor()
    if not may_act(actor, kinds=("platform",), roles=CLOSERS):
        raise CommandError(f"{email} is no accountant or owner of a platform {slug}.")
    return actor


def _told(problems: tuple[Problem, ...]) -> str:
    words = [put_in_words(own) for own in problems]
    return "\n".join(f"{own.sentence} {own.hint}".strip() for own in words)
