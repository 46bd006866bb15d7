"""Translates template.yaml to plain CloudFormation, in which cfn-lint finds dangling references inside SAM functions."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

UPLOADED = "s3://bucket/key"  # translation requires code in S3; linting does not read it
NO_MANAGED_POLICIES = SimpleNamespace(load=dict)  # all roles are defined in the template, so no managed policies are looked up


def translate(template: dict) -> dict:
    template["Globals"]["Function"]["CodeUri"] = UPLOADED
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = UPLOADED
    return transform(template, {}, NO_MANAGED_POLICIES)


json.dump(translate(yaml_parse(Path(sys.argv[1]).read_text(encoding="utf-8"))), sys.stdout, indent=1)
