"""The CDN of template.yaml: who is asked for which address, what keeps answers apart, who may read what, what is left without."""

import json
from fnmatch import fnmatchcase

import pytest

from support.template import stack

OWN = {
    "DomainName": "cards.example.com",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
}
ON = stack().section("Resources")
CONFIG = ON["Distribution"]["Properties"]["DistributionConfig"]
VERSION = "0123456789abcdef"


def behaviour(path: str) -> dict:
    """The one that CloudFront chooses: * stands for any characters there, slashes among them."""
    listed = (entry for entry in CONFIG["CacheBehaviors"] if fnmatchcase(path, entry["PathPattern"]))
    return next(listed, CONFIG["DefaultCacheBehavior"])


def policy(entry: dict, name: str) -> dict:
    return ON[entry[name].strip("${}")]["Properties"]


@pytest.mark.parametrize(
    ("path", "origin", "kept_by"),
    [
        (f"/cards/ferry/{VERSION}/headline/og.png", "bucket-then-api", "ImageCachePolicy"),
        ("/cards/ferry/headline/og.png", "api", "ImageCachePolicy"),
        ("/cards/a.b/headline/og", "api", "ImageCachePolicy"),
        (f"/cards/ferry/{VERSION}/headline-og.png", "api", "ImageCachePolicy"),
        ("/share/ferry", "api", "PageCachePolicy"),
        ("/share/ferry/quote", "api", "PageCachePolicy"),
        ("/oembed", "api", "PageCachePolicy"),
    ],
)
def test_what_the_public_asks_for_is_kept(path, origin, kept_by):
    entry = behaviour(path)
    assert entry["TargetOriginId"] == origin
    assert entry["CachePolicyId"] == f"${{{kept_by}}}"
    assert entry["AllowedMethods"] == ["GET", "HEAD"]
    assert entry["ViewerProtocolPolicy"] == "redirect-to-https"
    assert "OriginRequestPolicyId" not in entry  # so that nothing goes to the origin that the key does not hold


@pytest.mark.parametrize(
    "path",
    ["/", "/cards/ferry", "/cards/ferry.zip", "/articles/ferry", "/catalogue", "/webhooks/desk", "/healthz"],
)
def test_the_teams_calls_are_passed_on_whole_and_never_kept(path):
    entry = behaviour(path)
    assert entry is CONFIG["DefaultCacheBehavior"]
    assert entry["TargetOriginId"] == "api"
    assert set(entry["AllowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html and
    # .../using-managed-origin-request-policies.html: CachingDisabled, AllViewerExceptHostHeader.
    assert entry["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert entry["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert entry["ViewerProtocolPolicy"] == "https-only"


def test_no_more_makes_two_answers_different_than_what_counts():
    keys = {
        name: ON[name]["Properties"]["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
        for name, resource in ON.items()
        if resource["Type"] == "AWS::CloudFront::CachePolicy"
    }
    assert [key["CookiesConfig"] for key in keys.values()] == [{"CookieBehavior": "none"}] * 2
    assert keys["ImageCachePolicy"]["HeadersConfig"] == {"HeaderBehavior": "whitelist", "Headers": ["Accept"]}
    assert keys["ImageCachePolicy"]["QueryStringsConfig"] == {"QueryStringBehavior": "none"}
    assert keys["PageCachePolicy"]["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert set(keys["PageCachePolicy"]["QueryStringsConfig"]["QueryStrings"]) == {"url", "format", "maxwidth", "maxheight"}


@pytest.mark.parametrize("name", ["ImageCachePolicy", "PageCachePolicy"])
def test_the_origin_says_how_long_it_stands_up_to_a_day(name):
    config = ON[name]["Properties"]["CachePolicyConfig"]
    assert (config["MinTTL"], config["DefaultTTL"], config["MaxTTL"]) == (0, 0, 86400)


def test_accept_is_made_one_of_few_wherever_it_counts():
    for entry in CONFIG["CacheBehaviors"]:
        associated = [(item["EventType"], item["FunctionARN"]) for item in entry.get("FunctionAssociations", ())]
        wanted = [("viewer-request", "${AddressFunction.FunctionMetadata.FunctionARN}")]
        assert associated == ([] if entry["PathPattern"] in ("/oembed", "/studio*") else wanted), entry["PathPattern"]


def test_texts_are_compressed_and_pictures_are_not_twice():
    for entry in CONFIG["CacheBehaviors"]:
        key = policy(entry, "CachePolicyId")["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
        compressed = {entry.get("Compress", False), key["EnableAcceptEncodingGzip"], key["EnableAcceptEncodingBrotli"]}
        assert compressed == {not entry["PathPattern"].startswith("/cards/")}


def test_s3_comes_first_and_the_api_wherever_s3_has_nothing():
    [group] = CONFIG["OriginGroups"]["Items"]
    assert [member["OriginId"] for member in group["Members"]["Items"]] == ["bucket", "api"]
    assert {403, 404} <= set(group["FailoverCriteria"]["StatusCodes"]["Items"])  # 403: it may not list what there is
    assert len(group["FailoverCriteria"]["StatusCodes"]["Items"]) == group["FailoverCriteria"]["StatusCodes"]["Quantity"]
    bucket, api = CONFIG["Origins"]
    assert bucket["OriginAccessControlId"] == "${OriginAccessControl.Id}"
    assert bucket["S3OriginConfig"] == {"OriginAccessIdentity": ""}
    assert bucket["DomainName"] == "${Bucket.RegionalDomainName}"
    assert api["DomainName"].startswith("${HttpApi}.execute-api.")
    assert api["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert ON["OriginAccessControl"]["Properties"]["OriginAccessControlConfig"].items() >= {
        ("OriginAccessControlOriginType", "s3"),
        ("SigningBehavior", "always"),
        ("SigningProtocol", "sigv4"),
    }


def test_the_distribution_alone_reads_cards_alone():
    statements = ON["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    [allowed] = [statement for statement in statements if statement["Effect"] == "Allow"]
    arn = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert (allowed["Action"], allowed["Resource"]) == ("s3:GetObject", "${Bucket.Arn}/cards/*")
    assert allowed["Condition"] == {"StringEquals": {"AWS:SourceArn": arn}}


def test_modern_protocols_and_no_pages_of_its_own():
    assert CONFIG["HttpVersion"] == "http2and3"
    assert CONFIG["IPV6Enabled"] is True
    assert [set(entry) for entry in CONFIG["CustomErrorResponses"]] == [{"ErrorCode", "ErrorCachingMinTTL"}] * 2
    assert {entry["ErrorCachingMinTTL"] for entry in CONFIG["CustomErrorResponses"]} == {0}
    assert "Logging" not in CONFIG  # it would hold readers' addresses


def test_pictures_from_s3_say_what_the_api_would_and_nobody_says_it_twice():
    both = {entry["ResponseHeadersPolicyId"] for entry in (*CONFIG["CacheBehaviors"], CONFIG["DefaultCacheBehavior"])}
    assert both == {"${HeadersPolicy}", "${ImageHeadersPolicy}"}
    for name in ("HeadersPolicy", "ImageHeadersPolicy"):
        security = ON[name]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        assert security["ContentTypeOptions"] == {"Override": True}
        assert security["StrictTransportSecurity"] == {"AccessControlMaxAgeSec": 31536000, "Override": False}
    images = ON["ImageHeadersPolicy"]["Properties"]["ResponseHeadersPolicyConfig"]
    assert images["CorsConfig"]["OriginOverride"] is False
    assert images["CorsConfig"]["AccessControlAllowOrigins"]["Items"] == ["*"]
    assert images["CustomHeadersConfig"]["Items"] == [
        {"Header": "Cross-Origin-Resource-Policy", "Value": "cross-origin", "Override": False}
    ]
    assert behaviour("/cards/ferry/headline/og.png")["ResponseHeadersPolicyId"] == "${ImageHeadersPolicy}"
    assert behaviour("/articles/ferry")["ResponseHeadersPolicyId"] == "${HeadersPolicy}"


def test_names_are_the_accounts_and_so_hold_the_region():
    names = [
        value["Name"]
        for resource in ON.values()
        if resource["Type"].startswith("AWS::CloudFront::")
        for value in (resource["Properties"], *resource["Properties"].values())
        if isinstance(value, dict) and "Name" in value
    ]
    assert len(names) == len(set(names)) == 6
    assert [name for name in names if not name.startswith("${AWS::StackName}-${AWS::Region}-")] == []


@pytest.mark.parametrize(
    ("parameters", "url", "asked_of_ssm"),
    [
        ({}, "https://${Distribution.DomainName}", True),
        (OWN, "https://cards.example.com", False),
        ({**OWN, "PublicBaseUrl": "https://cards.example.org"}, "https://cards.example.org", False),
        ({"PublicBaseUrl": "https://cards.example.org"}, "https://cards.example.org", False),
        ({"Cdn": "off"}, "https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}", False),
        ({"Cdn": "off", "PublicBaseUrl": "https://cards.example.org"}, "https://cards.example.org", False),
    ],
)
def test_everybody_names_the_same_public_address(parameters, url, asked_of_ssm):
    made = stack(**parameters)
    resources = made.section("Resources")
    assert made.section("Outputs")["PublicUrl"]["Value"] == url
    worker = resources["RenderWorkerFunction"]["Properties"]["Environment"]["Variables"]
    assert worker["PUBLIC_BASE_URL"] == url
    shared = made.value(made.template["Globals"])["Function"]["Environment"]["Variables"]
    assert shared["PUBLIC_BASE_URL"] == ("" if "${" in url else url)
    assert shared["PUBLIC_BASE_URL_PARAMETER"] == ("/storycard/${AWS::StackName}/public-base-url" if asked_of_ssm else "")
    assert ("PublicBaseUrlParameter" in resources) == ("PublicBaseUrlPolicy" in resources) == asked_of_ssm
    if asked_of_ssm:
        assert resources["PublicBaseUrlParameter"]["Properties"]["Name"] == shared["PUBLIC_BASE_URL_PARAMETER"]
        assert resources["PublicBaseUrlParameter"]["Properties"]["Value"] == url


def test_turned_off_nothing_of_it_is_left():
    off = stack(Cdn="off").section("Resources")
    assert set(ON) - set(off) == {
        *(name for name, resource in ON.items() if resource["Type"].startswith("AWS::CloudFront::")),
        "InvalidationPolicy",
        "PublicBaseUrlParameter",
        "PublicBaseUrlPolicy",
    }
    assert set(off) < set(ON)
    text = json.dumps([off, stack(Cdn="off").section("Outputs")])
    assert "Distribution" not in text
    assert [item["Effect"] for item in off["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]] == ["Deny"]


@pytest.mark.parametrize(
    ("parameters", "distribution"),
    [({}, "${Distribution}"), ({"Cdn": "off", "DistributionId": "E2QWRUHAPOMQZL"}, "E2QWRUHAPOMQZL"), ({"Cdn": "off"}, "")],
)
def test_the_worker_may_invalidate_what_it_is_told_of_and_nothing_else(parameters, distribution):
    resources = stack(**parameters).section("Resources")
    assert resources["RenderWorkerFunction"]["Properties"]["Environment"]["Variables"]["DISTRIBUTION_ID"] == distribution
    if not distribution:
        assert "InvalidationPolicy" not in resources
        return
    granted = resources["InvalidationPolicy"]["Properties"]
    [statement] = granted["PolicyDocument"]["Statement"]
    assert granted["RoleName"] == "${RenderWorkerRole}"
    assert statement["Action"] == "cloudfront:CreateInvalidation"
    assert statement["Resource"].endswith(f":distribution/{distribution}")


def test_an_own_name_has_a_certificate_and_if_wished_a_record():
    resources = stack(
        **OWN,
        HostedZoneId="Z0123456789ABC",
        WebAclArn=("arn:aws:wafv2:us-east-1:123456789012:global/webacl/news/12345678-1234-1234-1234-123456789012"),
    ).section("Resources")
    config = resources["Distribution"]["Properties"]["DistributionConfig"]
    assert config["Aliases"] == ["cards.example.com"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert config["WebACLId"].endswith("123456789012")
    records = resources["Record"]["Properties"]["RecordSets"]
    assert [(record["Name"], record["Type"]) for record in records] == [(OWN["DomainName"], "A"), (OWN["DomainName"], "AAAA")]
    assert CONFIG["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}
    assert {"Aliases", "WebACLId"} & set(CONFIG) == set()
    assert "Record" not in ON


@pytest.mark.parametrize(
    ("parameters", "broken"),
    [
        ({}, set()),
        (OWN | {"HostedZoneId": "Z0123456789ABC"}, set()),
        ({"DomainName": "cards.example.com"}, {"OwnName"}),
        (OWN | {"Cdn": "off"}, {"OwnName"}),
        ({"CertificateArn": OWN["CertificateArn"]}, {"Certificate"}),
        ({"HostedZoneId": "Z0123456789ABC"}, {"Record"}),
        ({"DistributionId": "E2QWRUHAPOMQZL"}, {"OneDistribution"}),
        ({"DistributionId": "E2QWRUHAPOMQZL", "Cdn": "off"}, set()),
        ({"CmsUrl": "https://cms.example.com/articles/{id}"}, {"KnownCms"}),
        ({"CmsUrl": "https://cms.example.com/articles/{id}", "CmsFormat": "ghost"}, set()),
    ],
)
def test_parameters_that_do_not_fit_together_are_refused_before_anything_is_made(parameters, broken):
    assert stack(**parameters).broken_rules() == broken
