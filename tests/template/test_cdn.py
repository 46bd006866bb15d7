"""Checks the CDN of template.yaml: the origin of each path, cache keys, permissions, and a template without a CDN."""

import json
import re
from fnmatch import fnmatchcase

import pytest

from adapters.web.callers import ORIGIN_HEADER
from http_api.routes import ROUTES
from support.template import stack

OWN = {
    "DomainName": "cards.example.com",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
}
ON = stack().section("Resources")
CONFIG = ON["Distribution"]["Properties"]["DistributionConfig"]
VERSION = "0123456789abcdef"


def behaviour(path: str) -> dict:
    """Returns the cache behaviour that CloudFront chooses. In its patterns * matches any characters, slashes included."""
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
        ("/oembed", "api", "OembedCachePolicy"),
    ],
)
def test_public_paths_are_cached(path, origin, kept_by):
    entry = behaviour(path)
    assert entry["TargetOriginId"] == origin
    assert entry["CachePolicyId"] == f"${{{kept_by}}}"
    assert entry["AllowedMethods"] == ["GET", "HEAD"]
    assert entry["ViewerProtocolPolicy"] == "redirect-to-https"
    assert "OriginRequestPolicyId" not in entry  # otherwise the origin would get values that are not in the cache key


@pytest.mark.parametrize(
    "path",
    ["/", "/cards/ferry", "/cards/ferry.zip", "/articles/ferry", "/catalogue", "/webhooks/desk", "/healthz"],
)
def test_team_requests_are_forwarded_whole_and_never_cached(path):
    entry = behaviour(path)
    assert entry is CONFIG["DefaultCacheBehavior"]
    assert entry["TargetOriginId"] == "api"
    assert set(entry["AllowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html and
    # .../using-managed-origin-request-policies.html: CachingDisabled, AllViewerExceptHostHeader.
    assert entry["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert entry["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert entry["ViewerProtocolPolicy"] == "https-only"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.template)
def test_routes_get_what_they_need_through_the_cdn(route):
    entry = behaviour(re.sub(r"{\w+}", "x", route.template))
    if entry is CONFIG["DefaultCacheBehavior"]:
        return
    key = policy(entry, "CachePolicyId")["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
    forwarded = set(key["QueryStringsConfig"].get("QueryStrings", ()))
    for method, operation in route.operations.items():
        hint = f"{entry['PathPattern']} in template.yaml matches this route: give it another path, or a behaviour of its own"
        assert method in entry["AllowedMethods"], hint
        assert operation.role is None, f"{hint}; no token is forwarded"
        assert {parameter["name"] for parameter in operation.parameters} <= forwarded, hint


def test_cache_keys_hold_only_what_changes_the_answer():
    keys = {
        name: ON[name]["Properties"]["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
        for name, resource in ON.items()
        if resource["Type"] == "AWS::CloudFront::CachePolicy"
    }
    assert [key["CookiesConfig"] for key in keys.values()] == [{"CookieBehavior": "none"}] * 3
    assert keys["ImageCachePolicy"]["HeadersConfig"] == {"HeaderBehavior": "whitelist", "Headers": ["Accept"]}
    # AddressFunction removes the size where it changes nothing. Invalidations of images end in a wildcard, so they cover queries.
    assert keys["ImageCachePolicy"]["QueryStringsConfig"] == {"QueryStringBehavior": "whitelist", "QueryStrings": ["size"]}
    assert keys["PageCachePolicy"]["HeadersConfig"] == {"HeaderBehavior": "none"}
    # An invalidation of /share/ID misses a copy of the page that is cached under a query.
    assert keys["PageCachePolicy"]["QueryStringsConfig"] == {"QueryStringBehavior": "none"}
    assert keys["OembedCachePolicy"]["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert set(keys["OembedCachePolicy"]["QueryStringsConfig"]["QueryStrings"]) == {"url", "format", "maxwidth", "maxheight"}


@pytest.mark.parametrize("name", ["ImageCachePolicy", "PageCachePolicy", "OembedCachePolicy"])
def test_origin_sets_the_cache_time_up_to_a_day(name):
    config = ON[name]["Properties"]["CachePolicyConfig"]
    assert (config["MinTTL"], config["DefaultTTL"], config["MaxTTL"]) == (0, 0, 86400)


def test_accept_is_normalised_wherever_it_is_in_the_key():
    for entry in CONFIG["CacheBehaviors"]:
        associated = [(item["EventType"], item["FunctionARN"]) for item in entry.get("FunctionAssociations", ())]
        wanted = [("viewer-request", "${AddressFunction.FunctionMetadata.FunctionARN}")]
        assert associated == ([] if entry["PathPattern"] in ("/oembed", "/studio*") else wanted), entry["PathPattern"]


def test_compresses_text_but_not_images():
    for entry in CONFIG["CacheBehaviors"]:
        key = policy(entry, "CachePolicyId")["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
        compressed = {entry.get("Compress", False), key["EnableAcceptEncodingGzip"], key["EnableAcceptEncodingBrotli"]}
        assert compressed == {not entry["PathPattern"].startswith("/cards/")}


def test_s3_is_tried_first_with_the_api_as_fallback():
    [group] = CONFIG["OriginGroups"]["Items"]
    assert [member["OriginId"] for member in group["Members"]["Items"]] == ["bucket", "api"]
    assert {403, 404} <= set(group["FailoverCriteria"]["StatusCodes"]["Items"])  # 403: S3's answer for a missing key
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


def test_only_the_distribution_reads_and_only_cards():
    statements = ON["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    [allowed] = [statement for statement in statements if statement["Effect"] == "Allow"]
    arn = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert (allowed["Action"], allowed["Resource"]) == ("s3:GetObject", "${Bucket.Arn}/cards/*")
    assert allowed["Condition"] == {"StringEquals": {"AWS:SourceArn": arn}}


def test_uses_modern_protocols_and_no_custom_error_pages():
    assert CONFIG["HttpVersion"] == "http2and3"
    assert CONFIG["IPV6Enabled"] is True
    assert [set(entry) for entry in CONFIG["CustomErrorResponses"]] == [{"ErrorCode", "ErrorCachingMinTTL"}] * 2
    assert {entry["ErrorCachingMinTTL"] for entry in CONFIG["CustomErrorResponses"]} == {0}
    assert "Logging" not in CONFIG  # access logs would hold readers' IP addresses


def test_images_from_s3_get_the_apis_headers_once():
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


def test_account_wide_names_contain_the_region():
    names = [
        value["Name"]
        for resource in ON.values()
        if resource["Type"].startswith("AWS::CloudFront::")
        for value in (resource["Properties"], *resource["Properties"].values())
        if isinstance(value, dict) and "Name" in value
    ]
    assert len(names) == len(set(names)) == 7
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
def test_all_functions_get_the_same_public_base_url(parameters, url, asked_of_ssm):
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


def test_without_cdn_no_resource_of_it_remains():
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
def test_worker_may_invalidate_only_its_distribution(parameters, distribution):
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


def test_custom_domain_has_a_certificate_and_an_optional_dns_record():
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
def test_rules_reject_inconsistent_parameters(parameters, broken):
    assert stack(**parameters).broken_rules() == broken


def test_the_api_serves_only_the_cdn_if_that_is_set():
    oidc = dict.fromkeys(("OidcIssuer", "OidcAuthorizeUrl", "OidcTokenUrl"), "https://id.example")
    set_up = stack(OnlyThroughCdn="on", OidcAudience="cards", OidcClientId="studio", **oidc)
    resources = set_up.section("Resources")
    headers = {
        origin["Id"]: origin.get("OriginCustomHeaders")
        for origin in resources["Distribution"]["Properties"]["DistributionConfig"]["Origins"]
    }
    secret = [{"HeaderName": ORIGIN_HEADER, "HeaderValue": "{{resolve:secretsmanager:${OriginSecret}:SecretString}}"}]
    assert headers == {"bucket": None, "api": secret, "signed-in": secret}
    assert set_up.value(set_up.template["Globals"])["Function"]["Environment"]["Variables"]["ORIGIN_SECRET"] == "${OriginSecret}"
    assert resources["OriginSecretPolicy"]["Properties"]["RoleName"] == "${HttpApiRole}"
    assert "OriginSecret" not in json.dumps(ON)
    assert stack(OnlyThroughCdn="on", Cdn="off").broken_rules() == {"NoWayRound"}


def test_origin_shield_is_an_option():
    origins = stack(OriginShieldRegion="eu-central-1").section("Resources")["Distribution"]["Properties"]["DistributionConfig"][
        "Origins"
    ]
    assert [origin["OriginShield"]["OriginShieldRegion"] for origin in origins if origin] == ["eu-central-1"] * 2
    assert not any(origin.get("OriginShield") for origin in CONFIG["Origins"] if origin)


def test_concurrency_is_reserved_only_on_request():
    """A new account has ten concurrent executions, of which none can be reserved."""
    functions = {name: resource["Properties"] for name, resource in ON.items() if resource["Type"] == "AWS::Serverless::Function"}
    assert not any(function.get("ReservedConcurrentExecutions") for function in functions.values())
    reserved = stack(WebhookConcurrency=20, HttpApiConcurrency=50).section("Resources")
    assert reserved["CmsWebhookFunction"]["Properties"]["ReservedConcurrentExecutions"] == 20
    assert reserved["HttpApiFunction"]["Properties"]["ReservedConcurrentExecutions"] == 50
