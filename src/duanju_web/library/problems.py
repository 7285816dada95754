"""What this room says of problems, with a hint what to do."""

from django.utils.translation import gettext_lazy as _

from duanju_web.shared.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "works.unknown-file": (
        _("The file is not a table by its name."),
        _("Its name must end in one of: %(endings)s."),
    ),
    "works.file-too-large": (
        _("The table is larger than %(megabytes)s MB."),
        _("Bring it in parts."),
    ),
}
