"""The public surface: names, signatures and promises that others rely on.

Not here yet, because later work adds them: `get_resource`, `get_collection`.
"""

import importlib
import inspect
import io
import pickle
import pydoc
import sys

import pytest

import boto
import boto.aio
import boto.errors
import boto.session
from boto.registry import identifier, registry
from boto.services.factory import RESERVED

NOT_YET = {"get_resource", "get_collection"}

KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "not-so-secret"}


@pytest.fixture(autouse=True)
def no_settings(monkeypatch, tmp_path):
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def ec2():
    return boto.connect_ec2(**KEYS, region="eu-west-1")


# -- connecting -------------------------------------------------------------------------------------------------

EXPORTED = [
    "Session", "Connection", "Service", "Request", "Response", "Operation", "HTTPRequest", "HTTPResponse",
    "Credentials", "Token", "Scope", "flow", "register", "register_signer", "connect", "list_services",
    "session", "aio", "errors", "json", "testing", "steps", "BotoError", "UnknownService",
    "UnknownOperation", "UnknownOption", "ParameterError", "NoCredentials", "NoRegion", "ConnectFailed",
    "TLSFailed", "Timeout", "BadAnswer", "WaiterError", "ServiceError", "NotFound", "Conflict",
    "AccessDenied", "Expired", "Throttled", "InvalidRequest", "Unavailable",
]  # fmt: skip


@pytest.mark.parametrize("name", EXPORTED)
def test_exported(name):
    assert name in dir(boto) and name in boto.__all__
    assert getattr(boto, name) is getattr(boto, name)


def test_what_is_not_exported_is_no_attribute():
    with pytest.raises(AttributeError, match="module 'boto' has no attribute 'Client'"):
        boto.Client  # noqa: B018
    assert not hasattr(boto, "connect_")


# `name: how it is called`; parameters without a default have none here either.
SIGNATURES = {
    "boto:connect": "(name=None, /, **options)",
    "boto.aio:connect": "(name=None, /, **options)",
    "boto:list_services": "(provider=None)",
    "boto:register": "(thing, replace=False)",
    "boto:register_signer": "(name, signer, replace=False)",
    "boto:connect_ec2": "(aws_access_key_id=None, aws_secret_access_key=None, **options)",
    "boto.aio:connect_ec2": "(aws_access_key_id=None, aws_secret_access_key=None, **options)",
    "boto:Session.connect_to": "(self, name=None, /, **options)",
    "boto:Session.get_connection": "(self, name=None, /, **options)",
    "boto:Service.call": "(self, operation, /, **params)",
    "boto:Service.presign": "(self, operation, params=None, expires_in=3600)",
    "boto:Service.pages": "(self, operation, /, **params)",
    "boto:Service.request": "(self, operation, /, **params)",
    "boto:Service.prepare": "(self, request)",
    "boto:Service.send": "(self, request)",
    "boto:Service.operation": "(self, name)",
    "boto:Service.waiter": "(self, name, /, delay=None, max_attempts=None, timeout=None)",
    "boto:Service.until": "(self, operation, params, path, value, fail=(), timeout=None, every=None)",
    "boto:Service.with_options": "(self, **options)",
    "boto:Service.close": "(self)",
    "boto.calls.paging:Pages.items": "(self, limit=None, start=None)",
    "boto.calls.paging:Pages.first": "(self)",
    "boto.calls.paging:Pages.search": "(self, expression)",
    "boto.calls.waiting:Waiter.wait": "(self, **params)",
    "boto:Request.add_list": "(self, name, items)",
    "boto:Request.send": "(self)",
    "boto:Request.prepare": "(self)",
    "boto:Response.next_request": "(self)",
    "boto:Response.error": "(self)",
    "boto:Operation": "(name, method, uri)",
    "boto:HTTPRequest": "(method, url, headers=(), body=None)",
    "boto:HTTPRequest.replace": "(self, **changes)",
    "boto:HTTPResponse": "(status, headers=(), body=b'', stream=None)",
    "boto:Credentials": "(access_key, secret_key, token=None, expires_at=None, account_id=None, source='arguments')",
    "boto:Token": "(token, expires_at=None, source='arguments')",
    "boto:Scope": "(service, region, time, options=None)",
    "boto:json.dumps": "(value, **options)",
}


def plain(function):
    """The signature without annotations."""
    signature = inspect.signature(function)
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))


def found(where):
    module, _, path = where.partition(":")
    value = importlib.import_module(module)
    for part in path.split("."):
        value = getattr(value, part)
    return value


@pytest.mark.parametrize("where", SIGNATURES)
def test_signature(where):
    assert plain(found(where)) == SIGNATURES[where]


def test_a_signature_planted_wrong_is_seen():
    assert plain(found("boto:connect")) != SIGNATURES["boto:list_services"]


def test_a_connect_function_for_every_service_of_aws_and_every_old_name():
    names = boto.list_services("aws")
    assert len(names) == 439
    listed = set(dir(boto))
    assert {f"connect_{identifier(name)}" for name in names} <= listed
    old = {
        f"connect_{name}" for name in ["awslambda", "beanstalk", "autoscale", "configservice", "vpc", "rds2"]
    }
    old |= {f"connect_{name}" for name in ["ec2containerservice", "cloudsearch2", "dynamodb2"]}
    assert old <= listed
    assert set(dir(boto.aio)) >= {f"connect_{identifier(name)}" for name in names} | old


def test_aliases_lead_to_today_s_names():
    assert boto.connect_awslambda().name == boto.connect_lambda().name == "lambda"
    assert boto.connect_vpc().name == "ec2"
    for old, name in registry.aliases().items():
        assert getattr(boto, f"connect_{old}")().name == name


@pytest.mark.parametrize("name", ["ec2", "aws:ec2", "cognito-idp", "cognito_idp", "lambda"])
def test_names_of_services(name):
    assert boto.connect(name).name == name.partition(":")[2] or boto.connect(name).name == name.replace(
        "_", "-"
    )


def test_connecting_never_fails_for_want_of_settings(ec2):
    for name in ("ec2", "s3", "iam"):
        assert boto.connect(name).name == name
    nowhere = boto.connect_ec2(**KEYS)
    with pytest.raises(boto.NoRegion):
        nowhere.describe_key_pairs()


OPTIONS = [
    "region", "endpoint_url", "profile", "aws_session_token", "credentials", "signer", "connection",
    "proxies", "proxy_auth", "basic_auth", "verify", "cert", "transport", "connect_timeout",
    "read_timeout", "timeout", "retries", "use_fips_endpoint", "use_dualstack_endpoint", "form",
    "aws_access_key_id", "aws_secret_access_key",
]  # fmt: skip


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("where", ["connect", "connect_ec2", "Session", "connect_to", "with_options", "aio"])
def test_every_option_is_taken_everywhere_and_a_wrong_one_names_it(option, where, ec2):
    take = {
        "connect": lambda **options: boto.connect("ec2", **options),
        "connect_ec2": boto.connect_ec2,
        "Session": boto.Session,
        "connect_to": lambda **options: boto.Session().connect_to("ec2", **options),
        "with_options": ec2.with_options,
        "aio": boto.aio.connect_ec2,
    }[where]
    take(**{option: None})
    wrong = option[:-1] + "_" + option[-1]
    with pytest.raises(
        boto.UnknownOption, match=f"unknown option '{wrong}'; did you mean '{option}'"
    ) as caught:
        take(**{wrong: None})
    assert isinstance(caught.value, TypeError)


def test_options_under_a_service_s_own_name():
    assert boto.connect_s3(s3={"addressing_style": "path"}).name == "s3"
    with pytest.raises(boto.UnknownOption):
        boto.connect_s3(s33={"addressing_style": "path"})


def test_unknown_services_name_the_nearest():
    with pytest.raises(boto.UnknownService, match="did you mean 'dynamodb'"):
        boto.connect("dynamodbb")
    with pytest.raises(AttributeError, match="did you mean 'dynamodb'"):
        boto.connect_dynamodbb  # noqa: B018
    assert not hasattr(boto, "connect_dynamodbb")


def test_the_module_stands_for_the_default_session(ec2):
    assert boto.session.connect_to("ec2").session is boto.connect_ec2().session
    assert boto.session.Session is boto.Session
    assert boto.aio.connect_ec2().session is not boto.connect_ec2().session


def test_copies_share_what_they_do_not_change(ec2):
    copy = ec2.with_options(region="us-east-2", retries=0)
    assert (copy.region, ec2.region) == ("us-east-2", "eu-west-1")
    assert copy.connection is ec2.connection
    assert type(copy) is type(ec2)
    with ec2 as inside:
        assert inside is ec2


# -- a service object -------------------------------------------------------------------------------------------

SERVICE = [
    "name", "provider", "protocol", "endpoint", "signer", "description", "stack", "region", "session",
    "connection", "request", "prepare", "send", "call", "presign", "pages", "waiter", "until",
    "operations", "operation", "api", "errors", "with_options", "close",
]  # fmt: skip


@pytest.mark.parametrize("name", SERVICE)
def test_what_a_service_object_has(ec2, name):
    assert name in dir(ec2) and name in RESERVED
    getattr(ec2, name)


def test_the_reserved_names_are_the_documented_ones():
    assert {*SERVICE, "resources"} <= RESERVED


def test_dir_lists_every_operation_and_every_old_name(ec2):
    names = set(dir(ec2))
    assert set(ec2.operations) <= names
    assert len([name for name in names if name.startswith("get_all_")]) == 23


def test_no_operation_of_aws_collides_and_each_is_a_method():
    """Over all services: names are unique, none is reserved, each is found on the class, in either spelling."""
    count = 0
    for service in boto.list_services("aws"):
        kind = registry.service(service)
        names = kind.description.names
        assert not RESERVED.intersection(names), service
        assert len(set(names.values())) == len(names), service
        taken = set(names).intersection(dir(boto.Service))
        assert not taken, (service, taken)
        for name in names:
            assert name.isidentifier() and callable(getattr(kind, name)), (service, name)
        count += len(names)
    assert count == 19_796


def test_a_reserved_name_stays_with_the_service_object():
    class Fog(boto.Service):
        name, endpoint = "fog-of-names", "https://fog.example"
        description = {
            "openapi": "3.0.0",
            "info": {"title": "Fog", "version": "1"},
            "paths": {
                "/close": {"post": {"operationId": "close", "responses": {"200": {"description": "ok"}}}}
            },
        }

    boto.register(Fog)
    service = boto.connect("fog-of-names")
    assert service.close.__func__ is boto.Service.close
    assert service.operation("close").uri == "/close"
    assert "close" in dir(service.api)


def test_either_spelling(ec2):
    assert ec2.operation("DescribeKeyPairs") is ec2.operation("describe_key_pairs")
    assert ec2.operations["DescribeKeyPairs"] is ec2.operations["describe_key_pairs"]
    requests = [ec2.request(name, KeyNames=["a"]) for name in ("DescribeKeyPairs", "describe_key_pairs")]
    requests += [ec2.request("describe_key_pairs", key_names=["a"])]
    assert len({ec2.prepare(request).body for request in requests}) == 1
    assert ec2.DescribeKeyPairs == ec2.describe_key_pairs


def test_a_misspelt_method_names_the_nearest(ec2):
    with pytest.raises(boto.UnknownOperation, match="did you mean 'describe_key_pairs'") as caught:
        ec2.descibe_key_pairs()
    assert isinstance(caught.value, AttributeError)
    assert not hasattr(ec2, "descibe_key_pairs")
    with pytest.raises(boto.UnknownOperation, match="did you mean 'get_all_key_pairs'"):
        ec2.get_all_keypairs()


def test_a_misspelt_parameter_names_the_nearest(ec2):
    with pytest.raises(boto.ParameterError, match="did you mean 'key_names'") as caught:
        ec2.describe_key_pairs(key_name=["a"])
    assert isinstance(caught.value, ValueError)
    assert [path for path, _ in caught.value.problems] == ["key_name"]
    with pytest.raises(boto.ParameterError, match="did you mean 'keynames'"):
        ec2.get_all_key_pairs(key_names=["a"])


def test_browsing_descriptions(ec2):
    operation = ec2.operation("RunInstances")
    assert operation.name == "RunInstances" and operation.snake == "run_instances"
    assert {"MinCount", "MaxCount"} <= set(operation.input.members)
    assert len(ec2.operations) == len(list(ec2.operations)) > 700


def test_help_of_an_operation(ec2):
    out = io.StringIO()
    pydoc.Helper(output=out).help(ec2.describe_key_pairs)
    text = out.getvalue()
    for line in (
        "describe_key_pairs(*, key_names: list[str] = None",
        "Calls DescribeKeyPairs of ec2 2016-11-15.",
        "key_names: list of string",
        "filters: list of Filter",
        "        values: list of string",
        "Result:",
        "key_pairs: list of KeyPairInfo",
        "key_fingerprint: string",
    ):
        assert line in text, line


def test_help_marks_what_is_required(ec2):
    signature = inspect.signature(ec2.create_key_pair)
    assert signature.parameters["key_name"].default is inspect.Parameter.empty
    assert signature.parameters["dry_run"].default is None
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in signature.parameters.values())
    assert "key_name: string, required" in ec2.create_key_pair.__doc__
    assert next(iter(inspect.signature(type(ec2).create_key_pair).parameters)) == "self"
    assert inspect.ismethod(ec2.create_key_pair)
    assert ec2.create_key_pair.__name__ == "create_key_pair"


def test_help_of_an_old_name(ec2):
    assert plain(ec2.get_all_key_pairs) == "(keynames=None, filters=None, dry_run=False)"
    assert "keynames -> KeyNames" in ec2.get_all_key_pairs.__doc__


def test_pydoc_reads_the_whole_class_and_the_package(ec2):
    text = pydoc.render_doc(type(ec2), renderer=pydoc.plaintext)
    assert "Calls DescribeKeyPairs of ec2 2016-11-15." in text and "get_all_key_pairs" in text
    assert "connect(name" in pydoc.render_doc(boto, renderer=pydoc.plaintext)
    assert "Connects to ec2" in boto.connect_ec2.__doc__


def test_a_service_says_what_it_is(ec2):
    assert repr(ec2) == "<ec2 service, region eu-west-1, endpoint https://ec2.eu-west-1.amazonaws.com>"
    assert "no region" in repr(boto.connect_ec2())


# -- errors -----------------------------------------------------------------------------------------------------

BASES = {
    "UnknownService": (), "UnknownOperation": (AttributeError,), "UnknownOption": (TypeError,),
    "ParameterError": (ValueError,), "NoCredentials": (), "NoRegion": (), "ConnectFailed": (), "TLSFailed": (),
    "Timeout": (TimeoutError,), "BadAnswer": (), "WaiterError": (), "ServiceError": (),
    "NotFound": (boto.ServiceError,), "Conflict": (boto.ServiceError,), "AccessDenied": (boto.ServiceError,),
    "Expired": (boto.ServiceError,), "Throttled": (boto.ServiceError,), "InvalidRequest": (boto.ServiceError,),
    "Unavailable": (boto.ServiceError,),
}  # fmt: skip

MADE = {
    boto.UnknownService: (("ec3", ["ec2"]), ["name"]),
    boto.UnknownOperation: (("ec2", "x"), ["service", "name"]),
    boto.UnknownOption: (("regon", ["region"]), ["name"]),
    boto.ParameterError: (("op", [("a", "wrong")]), ["operation", "problems"]),
    boto.NoCredentials: (("ec2", [("environment", "not set")]), ["sources"]),
    boto.NoRegion: (("ec2",), ["service"]),
    boto.ConnectFailed: (("refused", "https://h", True), ["endpoint", "sent"]),
    boto.TLSFailed: (("no", "https://h"), ["endpoint"]),
    boto.Timeout: (("late", "https://h", "connect", 1.5), ["phase", "elapsed"]),
    boto.BadAnswer: (("html", 502, "<html>"), ["status", "snippet"]),
    boto.WaiterError: (("no", {"a": 1}, ["pending"]), ["last", "history"]),
}


@pytest.mark.parametrize("name", BASES)
def test_bases_of_errors(name):
    kind = getattr(boto, name)
    assert issubclass(kind, (boto.BotoError,)) and all(issubclass(kind, base) for base in BASES[name])
    assert kind is getattr(boto.errors, name)


@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.__name__)
def test_errors_travel_in_pickles_with_their_attributes(kind):
    arguments, attributes = MADE[kind]
    error = kind(*arguments)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind and str(copy) == str(error)
    assert all(getattr(copy, name) == getattr(error, name) for name in attributes)


def test_modelled_errors_are_one_class_each():
    from boto.errors.s3 import NoSuchKey

    assert NoSuchKey is boto.errors.s3.NoSuchKey is boto.connect_s3().errors.NoSuchKey
    assert NoSuchKey is boto.aio.connect_s3().errors.NoSuchKey
    assert issubclass(NoSuchKey, boto.NotFound)
    assert NoSuchKey.__module__ == "boto.errors.s3"
    import boto.errors.lambda_ as of_lambda

    assert of_lambda is boto.errors.lambda_ is sys.modules["boto.errors.lambda_"]
    assert issubclass(of_lambda.ResourceNotFoundException, boto.NotFound)
    assert "ResourceNotFoundException" in dir(of_lambda)
    with pytest.raises(AttributeError, match="did you mean 'NoSuchKey'"):
        boto.errors.s3.NoSuchKeys  # noqa: B018
    with pytest.raises(ImportError):
        importlib.import_module("boto.errors.nowhere")
    with pytest.raises(AttributeError):
        boto.errors.nowhere  # noqa: B018


def test_a_service_error_travels_in_a_pickle():
    kind = boto.errors.s3.NoSuchKey
    error = kind("gone", code="NoSuchKey", status=404, request_id="r1", operation="s3.get_object")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert (copy.code, copy.message, copy.status, copy.request_id) == ("NoSuchKey", "gone", 404, "r1")


def test_a_service_travels_in_a_pickle_without_secrets(ec2):
    data = pickle.dumps(ec2.with_options(retries=7))
    assert b"not-so-secret" not in data and b"AKIDEXAMPLE" not in data
    copy = pickle.loads(data)
    assert (type(copy), copy.name, copy.region) == (type(ec2), "ec2", "eu-west-1")
    assert copy._settings.options["retries"] == 7


@pytest.mark.parametrize("name", sorted(NOT_YET))
def test_what_later_work_adds_is_not_pretended(name, ec2):
    """Delete a name from NOT_YET, and write its tests above, when it comes."""
    assert name not in vars(boto.Service) and name not in vars(boto.Session)
