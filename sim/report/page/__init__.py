"""The report as a page for the browser."""
