"""What is special about AWS."""
