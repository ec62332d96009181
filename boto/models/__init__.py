"""What is known about APIs: neutral descriptions and the readers of their sources."""
