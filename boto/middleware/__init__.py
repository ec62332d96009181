"""What surrounds every exchange: each one a flow around the next."""
