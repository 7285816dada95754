"""What the pages and files for a platform's cluster say is what the code asks for."""

import re

import pyspark

from duanju.adapters.lake.plans import EXACT_SETTINGS, Merge, emit_for_spark
from tests.support.repository import ROOT

PAGE = ROOT / "docs" / "how-to" / "run-on-spark.md"
DEFAULTS = ROOT / "deploy" / "spark" / "spark-defaults.conf"


def defaults() -> dict[str, str]:
    lines = DEFAULTS.read_text("utf-8").splitlines()
    told = [line.split(None, 1) for line in lines if line and not line.startswith("#")]
    return {name: value.strip() for name, value in told}


def test_settings_on_which_sums_depend_are_in_the_file() -> None:
    assert EXACT_SETTINGS.items() <= defaults().items()


def test_archive_for_object_storage_is_of_the_release_that_spark_carries() -> None:
    (api,) = (ROOT / pyspark.__path__[0] / "jars").glob("hadoop-client-api-*.jar")
    release = api.stem.removeprefix("hadoop-client-api-")
    assert defaults()["spark.jars.packages"] == f"org.apache.hadoop:hadoop-aws:{release}"


def test_the_page_builds_a_plan_that_can_be_run() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    built: dict[str, object] = {}
    exec(compile(example.split("with spark_session")[0], str(PAGE), "exec"), built)
    plan = built["close"]
    assert isinstance(plan, Merge)
    assert len(emit_for_spark(plan).scans) == 2
