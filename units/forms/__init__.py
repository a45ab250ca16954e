"""Forms of this room. They read and check; services write."""
