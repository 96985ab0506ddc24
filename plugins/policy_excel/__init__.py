"""Reads .xlsx workbooks."""
