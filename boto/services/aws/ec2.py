"""EC2: user data, copies of snapshots, and the read-only names of boto 1.x and 2.x.

All 23 `get_all_*` methods of boto 2.49.0's EC2 connection have an operation today; none vanished.
"""

from __future__ import annotations

from boto.services.aws.classic import Classic
from boto.services.base import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from boto.middleware.stack import KnowingLayer, Layer, Protocol
    from boto.models.description import Operation

    M = TypeVar("M")
else:
    M = None


class EC2(Service[M]):
    """Amazon Elastic Compute Cloud."""

    def stack_for(self, operation: Operation) -> Sequence[type[Layer] | KnowingLayer] | None:
        if operation.name == "RunInstances":
            from boto.services.aws.userdata import encoding

            return encoding()
        if operation.name == "CopySnapshot":
            from boto.services.aws.crossregion import presigning

            return presigning(self)
        if operation.input is not None and "Filter" in operation.input.members:
            from boto.services.aws.renamed import filters

            return filters()
        return self.stack

    def dialect(self, protocol: Protocol, operation: Operation) -> Protocol:
        if operation.name != "GetConsoleOutput":
            return protocol
        from boto.services.aws.documents import base64_text, reading

        return reading(protocol, operation, lambda member: member.name == "Output", base64_text)

    get_all_addresses = Classic("DescribeAddresses", "addresses=PublicIps filters allocation_ids dry_run")
    get_all_bundle_tasks = Classic("DescribeBundleTasks", "bundle_ids filters dry_run")
    get_all_classic_link_instances = Classic(
        "DescribeClassicLinkInstances", "instance_ids filters dry_run max_results next_token"
    )
    get_all_images = Classic(
        "DescribeImages", "image_ids owners executable_by=ExecutableUsers filters dry_run"
    )
    get_all_instance_status = Classic(
        "DescribeInstanceStatus",
        "instance_ids max_results next_token filters dry_run include_all_instances",
    )
    get_all_instance_types = Classic("DescribeInstanceTypes", "")
    get_all_instances = Classic("DescribeInstances", "instance_ids filters dry_run max_results")
    get_all_kernels = Classic(
        "DescribeImages", "kernel_ids=ImageIds owners dry_run", fixed={"image-type": "kernel"}
    )
    get_all_key_pairs = Classic("DescribeKeyPairs", "keynames=KeyNames filters dry_run")
    get_all_network_interfaces = Classic("DescribeNetworkInterfaces", "network_interface_ids filters dry_run")
    get_all_placement_groups = Classic("DescribePlacementGroups", "groupnames=GroupNames filters dry_run")
    get_all_ramdisks = Classic(
        "DescribeImages", "ramdisk_ids=ImageIds owners dry_run", fixed={"image-type": "ramdisk"}
    )
    get_all_regions = Classic("DescribeRegions", "region_names filters dry_run")
    get_all_reservations = Classic("DescribeInstances", "instance_ids filters dry_run max_results next_token")
    get_all_reserved_instances = Classic(
        "DescribeReservedInstances", "reserved_instances_id=ReservedInstancesIds filters dry_run"
    )
    get_all_reserved_instances_offerings = Classic(
        "DescribeReservedInstancesOfferings",
        "reserved_instances_offering_ids instance_type availability_zone product_description filters "
        "instance_tenancy offering_type include_marketplace min_duration max_duration max_instance_count "
        "next_token max_results dry_run",
    )
    get_all_security_groups = Classic(
        "DescribeSecurityGroups", "groupnames=GroupNames group_ids filters dry_run"
    )
    get_all_snapshots = Classic(
        "DescribeSnapshots", "snapshot_ids owner=OwnerIds restorable_by=RestorableByUserIds filters dry_run"
    )
    get_all_spot_instance_requests = Classic(
        "DescribeSpotInstanceRequests", "request_ids=SpotInstanceRequestIds filters dry_run"
    )
    get_all_tags = Classic("DescribeTags", "filters dry_run max_results")
    get_all_volume_status = Classic(
        "DescribeVolumeStatus", "volume_ids max_results next_token filters dry_run"
    )
    get_all_volumes = Classic("DescribeVolumes", "volume_ids filters dry_run")
    get_all_zones = Classic("DescribeAvailabilityZones", "zones=ZoneNames filters dry_run")
