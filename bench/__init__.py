"""What this library costs, side by side with boto3: `python -m bench`."""
