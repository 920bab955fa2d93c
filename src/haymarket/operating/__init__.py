"""What operators and their tools ask of a running process."""
