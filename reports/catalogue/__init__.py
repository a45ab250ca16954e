"""The reports, one module each. A module dropped here is in the catalogue."""
