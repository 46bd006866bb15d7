"""Provides the project's assets and sample articles to all tests, and reports the versions of the drawing libraries."""

import gc
import os
from importlib.metadata import version

import PIL
import pytest
import uharfbuzz
from hypothesis import settings

from storycard.article import Article
from storycard.design.assets import Assets, load_assets
from storycard.ingest import read_native
from support.paths import ASSETS, SAMPLES

os.environ["POWERTOOLS_METRICS_NAMESPACE"] = "Storycard/tests"  # read when telemetry is imported

# No deadline: the first example of a test opens fonts and dictionaries, which takes long on a busy machine.
settings.register_profile("storycard", deadline=None)
settings.load_profile("storycard")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="draw the golden pictures anew instead of comparing")
    parser.addoption("--second-s3", action="store_true", help="use MiniStack's S3 instead of moto's")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-goldens") and os.environ.get("CI"):
        raise pytest.UsageError("--update-goldens would overwrite what CI compares with: run `make goldens` outside CI")
    gc.disable()


def pytest_collection_finish() -> None:
    """Exempts modules and tests from garbage collection, which took a tenth of the time to search their million objects."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000)


def pytest_report_header() -> str:
    return f"Pillow {PIL.__version__}, HarfBuzz {uharfbuzz.version_string()}, ICU by icu4py {version('icu4py')}"


@pytest.fixture(scope="session")
def assets() -> Assets:
    return load_assets(ASSETS)


@pytest.fixture(scope="session")
def samples() -> dict[str, Article]:
    """Returns the sample articles by ID."""
    articles = [read_native(path.read_bytes()) for path in sorted(SAMPLES.glob("*.json"))]
    return {article.id: article for article in articles}
