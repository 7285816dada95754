"""What hatchling does before it packs: nothing leaves half built.

Git knows neither the front end's build nor the compiled catalogues, so an archive made without
them would install and then serve pages without styles, scripts or Chinese.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONT_END = Path("frontend", "dist")
FRONT_END_IN_WHEEL = "duanju_web/frontend_dist"
CATALOGUES = "src/duanju_web/*/locale/*/LC_MESSAGES/*.po"
EDITABLE = "editable"


def find_unbuilt(root: Path) -> Iterator[str]:
    """Yield what is still to be built before a project can be packed.

    Args:
        root: The project's folder.

    Yields:
        A line each: which file is missing, and what it is.
    """
    if not (root / FRONT_END / "manifest.json").is_file():
        yield f"{FRONT_END / 'manifest.json'}: the front end is not built"
    for catalogue in sorted(root.glob(CATALOGUES)):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.is_file():
            yield f"{compiled.relative_to(root)}: the catalogue of translations is not compiled"


class PackingHook(BuildHookInterface[BuilderConfig]):
    """Refuses to pack what is not built, and puts the front end's build into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Look before packing; an editable installation reads the clone and needs nothing built.

        Args:
            version: Which kind of the target is built.
            build_data: What hatchling adds to its own settings.

        Raises:
            SystemExit: Something is not built; every such thing was named.
        """
        if version == EDITABLE:
            return
        unbuilt = list(find_unbuilt(Path(self.root)))
        if unbuilt:
            lines = "\n".join(f"  where: {own}" for own in unbuilt)
            self.app.abort(
                f"packing failed\n  what:  not all that an installation serves is built\n{lines}"
                "\n  hint:  run `make build`, which builds it first"
            )
        if self.target_name == "wheel":
            build_data["force_include"][str(FRONT_END)] = FRONT_END_IN_WHEEL
