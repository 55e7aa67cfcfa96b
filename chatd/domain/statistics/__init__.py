"""What happened in an application, counted by day."""
