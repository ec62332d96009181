"""AWS: services from the shipped facts, endpoints from its rules, credentials from its chain."""

from __future__ import annotations

from boto.services.provider import Provider

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from typing import Any

    from boto.auth.cache import CredentialCache
    from boto.config.sources import Sources
    from boto.endpoints.base import Endpoint
    from boto.middleware.stack import Signing
    from boto.models.description import Description, Operation
    from boto.services.base import Service

_DATA = __file__.rpartition("provider")[0] + "data"

# Names of boto 1.x and 2.x that differ from today's.
_OLD_NAMES = {
    "autoscale": "autoscaling",
    "awslambda": "lambda",
    "beanstalk": "elasticbeanstalk",
    "cloudsearch2": "cloudsearch",
    "configservice": "config",
    "dynamodb2": "dynamodb",
    "ec2containerservice": "ecs",
    "rds2": "rds",
    "vpc": "ec2",
}

# Credentials as options, and the variables of the environment that decide whose credentials are meant.
_GIVEN = ("credentials", "aws_access_key_id", "aws_secret_access_key", "aws_session_token")
_VARIABLES = (
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE", "AWS_CREDENTIAL_EXPIRATION", "AWS_ACCOUNT_ID",
)  # fmt: skip

_CBOR = "smithy-rpc-v2-cbor"

# Services with code of their own.
_WRITTEN = {
    "apigateway": "boto.services.aws.apigateway:APIGateway",
    "autoscaling": "boto.services.aws.autoscaling:AutoScaling",
    "cloudformation": "boto.services.aws.cloudformation:CloudFormation",
    "cloudsearchdomain": "boto.services.aws.cloudsearchdomain:CloudSearchDomain",
    "docdb": "boto.services.aws.rds:DocDB",
    "dynamodb": "boto.services.aws.dynamodb:DynamoDB",
    "dynamodbstreams": "boto.services.aws.dynamodb:DynamoDBStreams",
    "ec2": "boto.services.aws.ec2:EC2",
    "glacier": "boto.services.aws.glacier:Glacier",
    "iam": "boto.services.aws.iam:IAM",
    "logs": "boto.services.aws.logs:Logs",
    "machinelearning": "boto.services.aws.machinelearning:MachineLearning",
    "neptune": "boto.services.aws.rds:Neptune",
    "rds": "boto.services.aws.rds:RDS",
    "route53": "boto.services.aws.route53:Route53",
    "s3": "boto.services.aws.s3:S3",
    "s3control": "boto.services.aws.s3control:S3Control",
    "sqs": "boto.services.aws.sqs:SQS",
    "sso-oidc": "boto.services.aws.ssooidc:SSOOIDC",
    "sts": "boto.services.aws.sts:STS",
    "timestream-query": "boto.services.aws.timestream:Timestream",
    "timestream-write": "boto.services.aws.timestream:Timestream",
}


class AWS(Provider):
    """Amazon Web Services."""

    name = "aws"
    # Every operation of AWS may be repeated: those for which it would matter carry an idempotency token, and
    # AWS's own SDKs repeat all.
    repeats_posts = True
    aliases = _OLD_NAMES
    ambient = True
    speaks = frozenset(("ec2", "query", "json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor"))

    def services(self) -> Sequence[str]:
        from boto.models.loader import names

        return names(_DATA)

    def resolve(self, name: str) -> str | None:
        from boto.models.loader import find

        # `EC2` as AWS spells it, and `lambda_` as Python must.
        name = name.lower().removesuffix("_")
        name = _OLD_NAMES.get(name, name).replace("_", "-")
        # No path to somewhere else.
        plain = name.islower() and name.isascii() and name.replace("-", "").isalnum()
        return name if plain and find(_DATA, name) is not None else None

    def service(self, name: str) -> type[Service[Any]] | None:
        if name not in _WRITTEN:
            return None
        module, _, kind = _WRITTEN[name].partition(":")
        return getattr(__import__(module, fromlist=[kind]), kind)  # type: ignore[no-any-return]

    def describe(self, name: str) -> Description:
        from boto.models.loader import find

        found = find(_DATA, name)
        if found is None:
            raise LookupError(name)
        return found

    def identity(self, settings: Sources) -> Hashable | None:
        if any(settings.options.get(name) is not None for name in _GIVEN):
            return None
        variables = tuple(settings.env.get(name) for name in _VARIABLES)
        return (self.name, settings.files, settings.options.get("profile"), variables)

    def credential_cache(self, settings: Sources, service: str) -> CredentialCache:
        from boto.auth.cache import CredentialCache
        from boto.auth.providers.default import default_chain
        from boto.auth.providers.static import given

        asked = given(*(settings.options.get(name) for name in _GIVEN))
        return CredentialCache(asked or default_chain(settings, "AWS"))

    def protocols(self, service: Service[Any], operation: Operation) -> Sequence[str]:
        offered = super().protocols(service, operation)
        if len(offered) > 1 and service._settings.get("endpoint_url"):
            # What stands in for AWS (moto 5.2 was seen) speaks the protocol that services had before CBOR.
            return sorted(offered, key=_CBOR.__eq__)
        return offered

    def endpoint(
        self, service: Service[Any], operation: Operation
    ) -> Endpoint | Callable[[dict[str, Any]], Endpoint]:
        from boto.services.aws.endpoints import endpoint

        return endpoint(service, operation)

    def signing(self, service: Service[Any], operation: Operation) -> Callable[[Endpoint], Signing] | None:
        from boto.services.aws.signing import signing

        return signing(service, operation)
