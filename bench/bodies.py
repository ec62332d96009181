"""Bodies as EC2 sends them, for benchmarks and tests; every seed gives other names, keys and times."""

from __future__ import annotations

from random import Random

_NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"
_TYPES = ("t3.micro", "m6i.large", "c7g.xlarge", "r6a.2xlarge", "m5.24xlarge")
_STATES = ((16, "running"), (80, "stopped"), (0, "pending"), (64, "stopping"))


def key_pairs(count: int = 3, seed: int = 0) -> bytes:
    """An answer to DescribeKeyPairs."""
    random = Random(seed)
    items = "".join(
        f"""        <item>
            <keyPairId>key-{_hex(random, 17)}</keyPairId>
            <keyName>key{number}-{_hex(random, 4)}</keyName>
            <keyFingerprint>{":".join(_hex(random, 2) for _ in range(20))}</keyFingerprint>
            <keyType>rsa</keyType>
            <createTime>{_time(random)}</createTime>
            <tagSet/>
        </item>
"""
        for number in range(count)
    )
    return _answer("DescribeKeyPairs", f"    <keySet>\n{items}    </keySet>\n", random)


def instances(count: int = 100, seed: int = 0) -> bytes:
    """An answer to DescribeInstances, with one instance in a reservation; about 5.5 KB an instance."""
    random = Random(seed)
    items = "".join(_reservation(random, number) for number in range(count))
    return _answer("DescribeInstances", f"    <reservationSet>\n{items}    </reservationSet>\n", random)


def _answer(operation: str, inner: str, random: Random) -> bytes:
    number = "-".join(_hex(random, size) for size in (8, 4, 4, 4, 12))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{operation}Response xmlns="{_NAMESPACE}">\n'
        f"    <requestId>{number}</requestId>\n{inner}</{operation}Response>"
    ).encode()


def _hex(random: Random, size: int) -> str:
    return f"{random.getrandbits(4 * size):0{size}x}"


def _time(random: Random) -> str:
    pick = random.randrange
    return (
        f"20{pick(14, 27)}-{pick(1, 13):02d}-{pick(1, 29):02d}"
        f"T{pick(24):02d}:{pick(60):02d}:{pick(60):02d}.000Z"
    )


def _address(random: Random, first: str = "10") -> str:
    return f"{first}.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"


def _reservation(random: Random, number: int) -> str:
    account = random.randrange(10**11, 10**12)
    body = _instance(random, number, account).replace("\n", "\n                ")
    return f"""        <item>
            <reservationId>r-{_hex(random, 17)}</reservationId>
            <ownerId>{account}</ownerId>
            <groupSet/>
            <instancesSet>
                {body}
            </instancesSet>
        </item>
"""


def _instance(random: Random, number: int, account: int) -> str:
    code, state = random.choice(_STATES)
    address = _address(random)
    name = f"ip-{address.replace('.', '-')}.eu-west-1.compute.internal"
    subnet, vpc, image = _hex(random, 17), _hex(random, 17), _hex(random, 17)
    group, disk, tags = _group(random), _disk(random), _tags(random, number)
    network = _interface(random, (str(account), address, name, subnet, vpc), group)
    return f"""<item>
    <instanceId>i-{_hex(random, 17)}</instanceId>
    <imageId>ami-{image}</imageId>
    <instanceState>
        <code>{code}</code>
        <name>{state}</name>
    </instanceState>
    <privateDnsName>{name}</privateDnsName>
    <dnsName/>
    <reason/>
    <keyName>key-{_hex(random, 6)}</keyName>
    <amiLaunchIndex>{random.randrange(20)}</amiLaunchIndex>
    <productCodes/>
    <instanceType>{random.choice(_TYPES)}</instanceType>
    <launchTime>{_time(random)}</launchTime>
    <placement>
        <availabilityZone>eu-west-1{random.choice("abc")}</availabilityZone>
        <groupName/>
        <tenancy>default</tenancy>
    </placement>
    <monitoring>
        <state>disabled</state>
    </monitoring>
    <subnetId>subnet-{subnet}</subnetId>
    <vpcId>vpc-{vpc}</vpcId>
    <privateIpAddress>{address}</privateIpAddress>
    <sourceDestCheck>true</sourceDestCheck>
    <groupSet>{group}
    </groupSet>
    <architecture>x86_64</architecture>
    <rootDeviceType>ebs</rootDeviceType>
    <rootDeviceName>/dev/xvda</rootDeviceName>{disk}
    <virtualizationType>hvm</virtualizationType>
    <clientToken>{_hex(random, 32)}</clientToken>{tags}
    <hypervisor>xen</hypervisor>
    <networkInterfaceSet>{network}
    </networkInterfaceSet>
    <iamInstanceProfile>
        <arn>arn:aws:iam::{account}:instance-profile/role-{_hex(random, 4)}</arn>
        <id>AIPA{_hex(random, 16).upper()}</id>
    </iamInstanceProfile>
    <ebsOptimized>false</ebsOptimized>
    <enaSupport>true</enaSupport>
    <cpuOptions>
        <coreCount>{random.choice((1, 2, 4))}</coreCount>
        <threadsPerCore>2</threadsPerCore>
    </cpuOptions>
    <metadataOptions>
        <state>applied</state>
        <httpTokens>required</httpTokens>
        <httpPutResponseHopLimit>2</httpPutResponseHopLimit>
        <httpEndpoint>enabled</httpEndpoint>
    </metadataOptions>
</item>"""


def _group(random: Random) -> str:
    return f"""
        <item>
            <groupId>sg-{_hex(random, 17)}</groupId>
            <groupName>group-{_hex(random, 4)}</groupName>
        </item>"""


def _disk(random: Random) -> str:
    return f"""
    <blockDeviceMapping>
        <item>
            <deviceName>/dev/xvda</deviceName>
            <ebs>
                <volumeId>vol-{_hex(random, 17)}</volumeId>
                <status>attached</status>
                <attachTime>{_time(random)}</attachTime>
                <deleteOnTermination>true</deleteOnTermination>
            </ebs>
        </item>
    </blockDeviceMapping>"""


def _tags(random: Random, number: int) -> str:
    pairs = (
        ("Name", f"web-{number}"),
        ("stage", random.choice(("prod", "test"))),
        ("owner", _hex(random, 8)),
    )
    items = "".join(
        f"""
        <item>
            <key>{key}</key>
            <value>{value}</value>
        </item>"""
        for key, value in pairs
    )
    return f"""
    <tagSet>{items}
    </tagSet>"""


def _interface(random: Random, place: tuple[str, ...], group: str) -> str:
    account, address, name, subnet, vpc = place
    return f"""
        <item>
            <networkInterfaceId>eni-{_hex(random, 17)}</networkInterfaceId>
            <subnetId>subnet-{subnet}</subnetId>
            <vpcId>vpc-{vpc}</vpcId>
            <description/>
            <ownerId>{account}</ownerId>
            <status>in-use</status>
            <macAddress>{":".join(_hex(random, 2) for _ in range(6))}</macAddress>
            <privateIpAddress>{address}</privateIpAddress>
            <privateDnsName>{name}</privateDnsName>
            <sourceDestCheck>true</sourceDestCheck>
            <groupSet>{group}
            </groupSet>
            <attachment>
                <attachmentId>eni-attach-{_hex(random, 17)}</attachmentId>
                <deviceIndex>0</deviceIndex>
                <status>attached</status>
                <attachTime>{_time(random)}</attachTime>
                <deleteOnTermination>true</deleteOnTermination>
            </attachment>
            <privateIpAddressesSet>
                <item>
                    <privateIpAddress>{address}</privateIpAddress>
                    <privateDnsName>{name}</privateDnsName>
                    <primary>true</primary>
                </item>
            </privateIpAddressesSet>
        </item>"""
