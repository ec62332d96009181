"""User data of new machines: given as bytes or text, sent as base64, which the description does not say."""

from __future__ import annotations

from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, KnowingLayer, Layer, Middleware, Plan, Proceed

# Of all that take user data boto3 encodes it for these two alone, and scripts rely on it: elsewhere (launch
# templates, spot requests) whoever calls encodes it.
_OPERATIONS = ("RunInstances", "CreateLaunchConfiguration")


class UserData:
    """Encodes user data."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return UserData.encoded if plan.operation.name in _OPERATIONS else None

    @staticmethod
    def encoded(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        from binascii import b2a_base64

        params = dict(call.params)
        for name in ("UserData", "user_data"):
            data = params.get(name)
            if isinstance(data, str):
                data = data.encode()
            if isinstance(data, (bytes, bytearray)):
                params[name] = b2a_base64(data, newline=False).decode("ascii")
        return proceed(call.asking(params))


def encoding() -> Sequence[type[Layer] | KnowingLayer]:
    """The usual stack, with user data encoded."""
    return (UserData, *DEFAULT)
