"""Records that are added and never changed."""

from typing import Any, NoReturn

from django.db import models


class ClosedPeriodIsFinal(RuntimeError):
    """Something tried to change or delete a part of a closed period."""

    code = "settlement.closed-period-is-final"


class FinalQuerySet(models.QuerySet[Any]):
    """Refuses what would change many records at once."""

    def update(self, **_fields: Any) -> NoReturn:
        """Refuse."""
        raise ClosedPeriodIsFinal(self.model.__name__)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise ClosedPeriodIsFinal(self.model.__name__)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise ClosedPeriodIsFinal(self.model.__name__)


class FinalRecord(models.Model):
    """A record that can be added once; the application has no way to change or delete it."""

    objects = FinalQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the record; refuse to change one."""
        if not self._state.adding:
            raise ClosedPeriodIsFinal(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise ClosedPeriodIsFinal(str(self))
