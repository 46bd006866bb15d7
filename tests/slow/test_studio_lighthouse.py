"""Runs Lighthouse on the Studio. Times depend on the machine: they are printed, and what they come from is bounded."""

import pytest

from local_stack.certificates import development_certificate
from support.chromium.page import CHROMIUM
from support.consumers import need_browser, run_script
from support.studio_stack import EDITOR

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"
# Most bytes and requests until the page is quiet, compressed as by the CDN.
BUDGETS = {"list": (400_000, 120), "story": (400_000, 140)}


@pytest.fixture(scope="module")
def reports(room, tmp_path_factory) -> dict[str, dict]:
    need_browser(CHROMIUM)
    folder = tmp_path_factory.mktemp("certificate")
    certificate = development_certificate()
    (folder / "chain.pem").write_text(certificate.chain)
    (folder / "key.pem").write_text(certificate.key)
    files = (folder / "chain.pem", folder / "key.pem")
    return run_script("lighthouse.mjs", room.base_url, EDITOR, STORY, *files, CHROMIUM, timeout=550)


@pytest.mark.parametrize("device", ["desktop", "mobile"])
@pytest.mark.parametrize("page", BUDGETS)
def test_lighthouse_finds_no_fault(reports, page, device):
    report = reports[f"{page}, {device}"]
    print(f"{page}, {device}: {report['scores']} {report['metrics']}")
    print(f"{report['bytes']:,.0f} bytes in {len(report['requests'])} requests, blocks {report['blocked']:.0f} ms alone")
    assert report["faults"] == []
    assert report["scores"]["accessibility"] == 100
    assert report["scores"]["best-practices"] == 100
    most_bytes, most_requests = BUDGETS[page]
    assert report["bytes"] < most_bytes, sorted(report["requests"], key=lambda request: -request[1])[:8]
    assert len(report["requests"]) < most_requests
    assert report["shift"] == 0
