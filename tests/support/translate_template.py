"""template.yaml into the CloudFormation that AWS makes of it: a dangling reference inside a SAM function only shows there."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

UPLOADED = "s3://bucket/key"  # translating wants code that is already in S3; linting never looks at it
NO_MANAGED_POLICIES = SimpleNamespace(load=dict)  # every role is written out, so AWS need not be asked for its own


def translate(template: dict) -> dict:
    template["Globals"]["Function"]["CodeUri"] = UPLOADED
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = UPLOADED
    return transform(template, {}, NO_MANAGED_POLICIES)


json.dump(translate(yaml_parse(Path(sys.argv[1]).read_text(encoding="utf-8"))), sys.stdout, indent=1)
