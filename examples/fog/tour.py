"""Calls the fog cloud as a user of `boto_fog` would; needs nothing but boto."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from boto_fog import Fog
from server import fog_cloud

import boto

boto.register(Fog)
with fog_cloud() as url:
    c = boto.connect_fog(endpoint_url=url, credentials=boto.Credentials("fog-key", "fog-secret"))
    assert [machine["id"] for machine in c.start_all()] == ["m1", "m3"]
    print(c.list_machines())
c = boto.connect_ec2("AKIDEXAMPLE", "secret", region="eu-west-1")
request = c.prepare(c.request("describe_key_pairs", key_names=["web"]))
print(len(boto.list_services("aws")), "services of AWS;", c, request.body.decode())
