"""The file as the studio delivered it, kept once under the hash of its content."""

from django.db import models


class Original(models.Model):
    """A delivered file; `path` is relative to the originals folder of the settings."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=255)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"
