"""Test doubles for users of the library."""

from __future__ import annotations

from boto.testing.sandbox import Sandbox, sandbox

__all__ = ["Sandbox", "sandbox"]
