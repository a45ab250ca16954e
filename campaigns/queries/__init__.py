"""What pages, services and reports ask of campaigns, each in a constant number of queries."""
