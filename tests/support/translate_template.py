"""Translates template.yaml to plain CloudFormation, in which cfn-lint finds dangling references inside SAM functions.

`python -m support.translate_template template.yaml GradualDeployments=on` sets a parameter that SAM reads.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

UPLOADED = "s3://bucket/key"  # translation requires code in S3; linting does not read it
NO_MANAGED_POLICIES = SimpleNamespace(load=dict)  # all roles are defined in the template, so no managed policies are looked up


def translate(template: dict, parameters: dict[str, str]) -> dict:
    template["Globals"]["Function"]["CodeUri"] = UPLOADED
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = UPLOADED
    return transform(template, parameters, NO_MANAGED_POLICIES)


parsed = yaml_parse(Path(sys.argv[1]).read_text(encoding="utf-8"))
json.dump(translate(parsed, dict(given.split("=") for given in sys.argv[2:])), sys.stdout, indent=1)
