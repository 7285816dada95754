"""Which steps each goal needs, in order."""

import sys
from collections.abc import Callable

from tools.prepare import front_end, programs, python
from tools.prepare.step import ROOT, SetupFailed, Step, digest_of, run


def messages() -> Step:
    """Return the step that compiles the translations."""
    sources = sorted((ROOT / "src").glob("duanju_web/*/locale/*/LC_MESSAGES/*.po"))
    return Step(
        name="messages",
        inputs=lambda: digest_of(sources),
        in_place=lambda: all(path.with_suffix(".mo").is_file() for path in sources),
        work=_compile_messages,
    )


def _compile_messages() -> str:
    run(
        [python.PYTHON, "-m", "tools.messages", "compile"],
        hint="`make messages` shows what is wrong with a catalogue",
    )
    return "compiled"


SERVING: list[Callable[[], Step]] = [
    python.installer,
    lambda: python.packages("run"),
    front_end.node,
    front_end.modules,
    front_end.build,
    messages,
]

GOALS: dict[str, list[Callable[[], Step]]] = {
    "demo": SERVING,
    # What is packed is what is served.
    "build": SERVING,
    "test": [
        python.installer,
        lambda: python.packages("development"),
        front_end.node,
        front_end.modules,
        front_end.build,
        messages,
        programs.browser,
        programs.database,
        programs.java,
    ],
    "work": [python.installer, lambda: python.packages("development"), messages],
}


def main(arguments: list[str]) -> int:
    """Do the steps of the goal named; return 0, or 1 after saying what failed."""
    if len(arguments) != 1 or arguments[0] not in GOALS:
        print(f"usage: python3 -m tools.prepare {'|'.join(GOALS)}", file=sys.stderr)
        return 2
    name = "preparing"
    try:
        for make_step in GOALS[arguments[0]]:
            step = make_step()
            name = step.name
            step.do()
    except SetupFailed as failure:
        print(
            f"\n{name} failed\n  what:  {failure.what}\n  where: {failure.where}"
            f"\n  hint:  {failure.hint}",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nstopped; run the same command again to go on", file=sys.stderr)
        return 130
    return 0
