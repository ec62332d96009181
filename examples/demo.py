"""A tour in one minute: AWS in a sandbox inside this process, then a cloud that boto has never heard of."""

import asyncio
import sys
from pathlib import Path
from pprint import pprint

import boto
import boto.testing

sys.path.insert(0, str(Path(__file__).parent / "fog"))

from boto_fog import Fog
from server import fog_cloud


def say(title):
    print(f"\n--- {title}")


def aws():
    c = boto.connect_ec2()
    print(c)

    say("every operation of the API is a method: create three key pairs")
    for name in ("key1", "key2", "key3"):
        print(c.create_key_pair(key_name=name)["key_fingerprint"])

    say("the names of boto 1.x give the service's own answer (the WIRE form)")
    pprint(c.get_all_key_pairs(keynames=["key1"]))

    say("described operations give their members (the MODEL form)")
    pprint(c.describe_key_pairs(key_names=["key1"]))

    say("page by page, then item by item with a resume token")
    image = c.describe_images(owners=["amazon"])["images"][0]["image_id"]
    for _ in range(7):
        c.run_instances(image_id=image, min_count=1, max_count=1)
    for number, page in enumerate(c.pages("describe_instances", max_results=5), 1):
        print(f"page {number}: {len(page['reservations'])} reservations")
    pages = c.pages("describe_instances", max_results=5)
    print([one["reservation_id"] for one in pages.items(limit=6)], "and on from", pages.token)

    say("wait until an instance runs")
    instance = c.run_instances(image_id=image, min_count=1, max_count=1)["instances"][0]["instance_id"]
    answer = c.waiter("instance_running", timeout=10).wait(instance_ids=[instance])
    print(instance, answer["reservations"][0]["instances"][0]["state"]["name"])

    say("errors say what, where, and what would be right")
    try:
        c.describe_key_pairs(key_name=["key1"], filters=[{"name": "key-name", "values": "key1"}])
    except boto.ParameterError as error:
        print(error)
    try:
        c.describe_key_pairs(key_names=["nothing"])
    except boto.NotFound as error:
        print(f"{type(error).__name__}: {error}")


async def aws_async():
    async with boto.aio.connect_ec2() as c:
        one, two = await asyncio.gather(c.get_all_key_pairs(), c.describe_regions())
        print(
            len(one["describe_key_pairs_response"]["key_set"]), "key pairs,", len(two["regions"]), "regions"
        )


def fog():
    boto.register(Fog)
    with fog_cloud() as url:
        c = boto.connect_fog(endpoint_url=url, credentials=boto.Credentials("fog-key", "fog-secret"))
        print(c)
        print(c.list_machines())
        print("started:", c.start_all())
        try:
            c.start_machine(id="m9")
        except boto.NotFound as error:
            print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    with boto.testing.sandbox():
        aws()
        say("the same on asyncio, by the same code")
        asyncio.run(aws_async())
    say("the same style against another cloud, with its own signer")
    fog()
