"""The embedded machine room: broker, worker and web as children of one process."""
