"""What this room says of problems, with a hint what to do."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from duanju.kernel import Problem
from duanju_web.shared.problems import ProblemInWords, Sentence, put_in_words

_BYTES_PER_GB = 10**9
_MS_PER_MINUTE = 60_000

SENTENCES: dict[str, Sentence] = {
    "media.not-a-video": (
        _("This file is not a video."),
        _("Export the episode again as MP4 and bring it once more."),
    ),
    "media.cut-off": (
        _("The end of this file is missing."),
        _("It was probably still being copied or exported. Bring the complete file."),
    ),
    "media.no-picture": (
        _("This file has sound but no picture."),
        _("Bring the episode itself, not its sound track."),
    ),
    "media.not-allowed": (
        _("This kind of file is not allowed: %(found)s."),
        _("Allowed: %(allowed)s."),
    ),
    "media.not-allowed.container": (
        _("The file format %(found)s is not allowed."),
        _("Export the episode as one of: %(allowed)s."),
    ),
    "media.not-allowed.video-codec": (
        _("The picture is encoded as %(found)s, which is not allowed."),
        _("Export the picture as one of: %(allowed)s."),
    ),
    "media.not-allowed.audio-codec": (
        _("The sound is encoded as %(found)s, which is not allowed."),
        _("Export the sound as one of: %(allowed)s."),
    ),
    "media.not-allowed.duration": (
        _("The episode lasts %(found)s minutes."),
        _("An episode may last up to %(allowed)s minutes. Cut it into several."),
    ),
    "media.not-allowed.size": (
        _("The file is %(found)s GB large."),
        _("A file may have up to %(allowed)s GB. Export it with a lower bit rate."),
    ),
    "media.not-allowed.side": (
        _("The picture is %(found)s pixels on its longer side."),
        _("Up to %(allowed)s pixels are allowed. Export it smaller."),
    ),
    "media.not-allowed.small-side": (
        _("The picture is only %(found)s pixels on its shorter side."),
        _("At least %(allowed)s pixels are needed."),
    ),
    "media.not-decodable": (
        _("The picture or the sound of this file is damaged."),
        _("Export the episode again and bring it once more."),
    ),
    "media.took-too-long": (
        _("Packaging this file took too long and was stopped."),
        _("Try again; if it happens twice, export the episode again as H.264."),
    ),
    "media.same-number": (
        _("%(files)s files have the number %(number)s."),
        _("Give each its own number, or remove those that are too many."),
    ),
    "media.number-guessed": (
        _("This name holds no number; %(number)s is a guess."),
        _("Check the number."),
    ),
    "media.number-missing": (
        _("Nothing came for episodes %(first)s to %(last)s."),
        _("Bring the missing files, now or later."),
    ),
    "productions.replaces-episode": (
        _("Episode %(number)s has a file already; this one will replace it."),
        "",
    ),
    "productions.number-out-of-range": (
        _("%(number)s is not an episode number."),
        _("Numbers go from 1 to %(allowed)s."),
    ),
    "productions.upload-gone": (
        _("%(files)s of these files are no longer waiting."),
        _("Somebody accepted or removed them meanwhile. Look at the list again."),
    ),
    "productions.packaging-broke": (
        _("Packaging broke off for a reason of ours, not of the file's."),
        _("Try again. If it happens twice, tell whoever runs this installation."),
    ),
    "productions.episode-was-bought": (
        _("Viewers have unlocked episode %(number)s, so it has to stay."),
        _("Replace its file instead."),
    ),
    "productions.no-filing-number": (
        _("The filing number is missing."),
        _("Enter it in the details, as the authority gave it."),
    ),
    "productions.no-budget-tier": (
        _("The budget tier is missing."),
        _("Choose it in the details."),
    ),
    "productions.no-ai-label": (
        _("The AI label is missing."),
        _("The title is made with AI, so every episode must carry the label."),
    ),
    "productions.no-ready-episode": (
        _("No episode is ready to play."),
        _("Bring the files and wait until they are packaged."),
    ),
    "productions.first-episode-not-ready": (
        _("Episode 1 is not ready to play."),
        _("Viewers begin there. Bring its file, or wait until it is packaged."),
    ),
    "productions.more-free-than-episodes": (
        _("%(free)s episodes are free, but the title has only %(episodes)s."),
        _("Lower the number of free episodes, or bring more episodes."),
    ),
    "productions.archive-broken": (
        _("This ZIP file is damaged or of a kind that cannot be read."),
        _("Make it again, or bring the videos one by one."),
    ),
    "productions.archive-encrypted": (
        _("This ZIP file is locked with a password."),
        _("Make one without a password."),
    ),
    "productions.archive-unsafe-name": (
        _("This ZIP file holds an entry that points outside of it: %(entry)s"),
        _("Make it again from a plain folder of videos."),
    ),
    "productions.archive-too-large": (
        _("What this ZIP file holds is too large."),
        _("Bring the videos in several parts."),
    ),
    "productions.archive-too-many-files": (
        _("This ZIP file holds %(found)s files; %(allowed)s are allowed."),
        _("Bring the videos in several parts."),
    ),
    "productions.archive-bomb": (
        _("This ZIP file would unpack to far more than videos do."),
        _("Make it again from a plain folder of videos."),
    ),
    "productions.archive-empty": (
        _("This ZIP file holds no videos."),
        _("Put the episodes into it as MP4 files."),
    ),
}


def say(problem: Problem) -> ProblemInWords:
    """Say a problem of this room in the active language, its amounts in everyday units."""
    if problem.code == "media.not-allowed":
        problem = _of_its_limit(problem)
    return put_in_words(problem)


def _of_its_limit(problem: Problem) -> Problem:
    limit = problem.params.get("limit")
    params = dict(problem.params)
    unit = {"duration": _MS_PER_MINUTE, "size": _BYTES_PER_GB}.get(str(limit))
    if unit is not None:
        params |= {name: f"{int(params[name]) / unit:.1f}" for name in ("found", "allowed")}
    code = f"{problem.code}.{limit}"
    return replace(problem, code=code if code in SENTENCES else problem.code, params=params)
