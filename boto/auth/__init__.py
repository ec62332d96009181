"""Signers and credentials."""
