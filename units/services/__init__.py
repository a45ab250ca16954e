"""Every write of this room. Keyword arguments, the actor named, one transaction, an audit entry inside."""
