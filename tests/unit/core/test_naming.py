"""Names: the rule, its exceptions, and no two names of one AWS service or structure that become one."""

from __future__ import annotations

import json
import keyword
from pathlib import Path

import pytest
from botocore import xform_name
from hypothesis import given
from hypothesis import strategies as st

import boto.services.aws
from boto.core.naming import WORDS, snake
from boto.models.loader import names
from boto.models.rows import FactLines

DATA = Path(boto.services.aws.__file__).parent / "data"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("DescribeInstances", "describe_instances"),
        ("DescribeDBInstances", "describe_db_instances"),
        ("GetHTTPResponseCode", "get_http_response_code"),
        ("instanceId", "instance_id"),
        ("ID", "id"),
        ("A", "a"),
        ("EC2Instance", "ec2_instance"),
        ("S3", "s3"),
        ("MD5OfBody", "md5_of_body"),
        ("ListObjectsV2", "list_objects_v2"),
        ("ChecksumCRC32C", "checksum_crc32_c"),
        ("ETag", "e_tag"),
        ("TagSet.1", "tag_set_1"),
    ],
)
def test_words_begin_at_capitals(name: str, expected: str) -> None:
    assert snake(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ARNs", "arns"),
        ("ListARNs", "list_arns"),
        ("VPCsPerRegion", "vpcs_per_region"),
        ("DBInstanceIPsV6", "db_instance_ips_v6"),
        ("GetIPSets", "get_ip_sets"),  # an s that goes on is no plural
        ("DNSsec", "dn_ssec"),
        ("EC2s", "ec2s"),
    ],
)
def test_plurals_of_acronyms_stay_with_them(name: str, expected: str) -> None:
    assert snake(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AssignIPv6Addresses", "assign_ipv6_addresses"),
        ("PublicIPv4", "public_ipv4"),
        ("IoTARN", "iot_arn"),  # a capital after a listed word begins the next one
        ("CreateOTelPipeline", "create_otel_pipeline"),
        ("SendWhatsAppMessage", "send_whatsapp_message"),
        ("CreateCachediSCSIVolume", "create_cached_iscsi_volume"),
        ("CreateOAuth2Token", "create_oauth2_token"),
        ("MemoryGiBPerVCpu", "memory_gib_per_vcpu"),
        ("vCPUHour", "vcpu_hour"),
        ("aWSManaged", "aws_managed"),
        ("oAuthScopes", "oauth_scopes"),
        ("DDoSProtection", "ddos_protection"),
    ],
)
def test_listed_words_stay_whole(name: str, expected: str) -> None:
    assert snake(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("droplets_list", "droplets_list"),
        ("_links", "_links"),
        ("__type", "__type"),
        ("from", "from"),  # keywords are the business of whoever writes Python
        ("$filter", "filter"),
        ("If-Match", "if_match"),
        ("x-amz-meta-", "x_amz_meta"),
        ("pods/exec", "pods_exec"),
        ("tag[]", "tag"),
        ("Type:Name", "type_name"),
        ("a.b c", "a_b_c"),
        ("MAX_SIZE", "max_size"),
        ("2fa", "_2fa"),
        ("$", "_"),
        ("", "_"),
    ],
)
def test_names_of_other_sources_become_identifiers(name: str, expected: str) -> None:
    assert snake(name) == expected


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_any_name_becomes_an_identifier_and_stays_what_it_became(name: str) -> None:
    made = snake(name)
    assert made.isidentifier()
    assert made == made.lower()
    assert snake(made) == made


def test_no_listed_word_is_the_beginning_of_another() -> None:
    assert not [(one, other) for one in WORDS for other in WORDS if one != other and other.startswith(one)]


def test_names_of_operations_are_those_boto3_gives_them_and_none_collide() -> None:
    count, by_rule = 0, []
    for service in names(str(DATA)):
        source = FactLines(str(DATA / f"{service}.lines"))
        assert len(set(source.names.values())) == len(source.names)
        for name, operation in source.names.items():
            count += 1
            assert name == xform_name(operation)
            assert name.isidentifier() and not keyword.iskeyword(name)
            if snake(operation) != name:
                by_rule.append(f"{service}.{operation}")
    assert count == 19_796
    # boto3 spells OAuth as one word in some names and as two in others; these keep its spelling by a table.
    assert by_rule == [
        "quicksight.CreateOAuthClientApplication",
        "quicksight.DeleteOAuthClientApplication",
        "quicksight.DescribeOAuthClientApplication",
        "quicksight.ListOAuthClientApplications",
        "quicksight.UpdateOAuthClientApplication",
        "signin.CreateOAuth2TokenWithTokenExchange",
    ]


def test_members_of_a_structure_never_collide() -> None:
    structures = 0
    for service in names(str(DATA)):
        for line in (DATA / f"{service}.lines").read_text(encoding="utf-8").splitlines():
            if not line.startswith(('["S"', '["U"')):
                continue
            structures += 1
            members = json.loads(line)[2]
            assert len({snake(name) for name in members}) == len(members), (service, line[:80])
    assert structures > 70_000
