"""Checks that the retention times in docs/security.md are those of template.yaml."""

import re
from pathlib import Path

from support.template import TEMPLATE, stack

DOCS = Path(TEMPLATE.parent / "docs/security.md").read_text(encoding="utf-8")


def test_documented_days_equal_the_templates():
    section = DOCS.split("## What is kept")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| .+ \| (.+?) \|$", section, re.MULTILINE)
    said = {prefix: days for places, days in rows for prefix in re.findall(r"`([\w/-]+/)`", places)}
    rules = stack().section("Resources")["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert {prefix: days for prefix, days in said.items() if days.isdecimal()} == {
        rule["Prefix"]: str(rule["ExpirationInDays"]) for rule in rules if "ExpirationInDays" in rule
    }
    [replaced] = [rule for rule in rules if "NoncurrentVersionExpiration" in rule]
    assert dict(rows)["replaced and deleted objects"] == f"{replaced['NoncurrentVersionExpiration']['NoncurrentDays']} more"
    resources = stack().section("Resources")
    queues = [
        resources[name]["Properties"]["MessageRetentionPeriod"] // 86400 for name in ("RenderQueue", "RenderDeadLetterQueue")
    ]
    assert dict(rows)["queues, dead letters"] == ", ".join(map(str, queues))
