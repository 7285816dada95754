"""What this room adds to the command `duanju`."""

import os
from pathlib import Path

import click

_DEFAULT_SETTINGS = "duanju_web.config.settings.demo"


@click.command(short_help="Bring the videos of a folder into a title, and package them.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--title", "title_slug", required=True, help="Slug of the title: the last part of its address."
)
@click.option(
    "--studio",
    "studio_slug",
    default="",
    help="Slug of the studio for which the title is made if there is none.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "zh-Hans"]),
    default="en",
    show_default=True,
    help="Language of messages.",
)
def ingest(folder: Path, title_slug: str, studio_slug: str, language: str) -> None:
    """Bring all videos of FOLDER into a title as episodes, and package them.

    Episode numbers come from the file names. A file that cannot be used is named with the reason
    and stops nothing else; running the command again does only what is left.

    \b
    For example, into a title that is there, and into one that may be new:
      duanju ingest ./night-flight --title night-flight
      duanju ingest ./night-flight --title night-flight --studio qingning

    Exit codes: 0 all files play; 1 some could not be used; 2 the command was called wrongly.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _DEFAULT_SETTINGS)
    import django
    from django.utils import translation

    django.setup()
    from duanju_web.productions.folders import TitleNotFound, ingest_folder

    with translation.override(language.lower()):
        try:
            failed_count = ingest_folder(
                folder=folder, title_slug=title_slug, studio_slug=studio_slug, say_line=click.echo
            )
        except TitleNotFound as error:
            raise click.UsageError(str(error)) from error
    if failed_count:
        raise click.exceptions.Exit(1)
