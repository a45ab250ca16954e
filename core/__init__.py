"""Knows nothing of the field: text, clock, audit, files, jobs, notices, workbooks, page bases."""
