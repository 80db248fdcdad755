"""The report as a workbook: every number, to sort and to print."""
