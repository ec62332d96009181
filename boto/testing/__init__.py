"""Test doubles for users of the library."""
