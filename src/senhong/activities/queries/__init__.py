"""What happened in activities, and what hangs on them."""
