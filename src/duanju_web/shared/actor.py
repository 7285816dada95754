"""Who is asking, and for which organisation."""

from dataclasses import dataclass

from duanju_web.shared.models import Membership, Organisation, User


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request and the membership that they act under.

    Attributes:
        user: The logged-in person, or None for a visitor.
        membership: The organisation chosen in this session with the person's role in it, or None.
    """

    user: User | None = None
    membership: Membership | None = None

    @property
    def organisation(self) -> Organisation | None:
        """The organisation that the person acts for."""
        return self.membership.organisation if self.membership else None

    @property
    def kind(self) -> str:
        """The organisation's kind, or an empty string."""
        return self.membership.organisation.kind if self.membership else ""

    @property
    def role(self) -> str:
        """The person's role in the organisation, or an empty string."""
        return self.membership.role if self.membership else ""
