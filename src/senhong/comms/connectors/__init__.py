"""Each channel that leaves the app, in a folder of its own."""
