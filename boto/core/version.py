"""The version of this library."""

VERSION = "3.0.0a1"
