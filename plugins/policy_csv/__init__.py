"""Reads CSV and TSV files."""
