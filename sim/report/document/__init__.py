"""The report as a document for a word processor; its first page is for leaders."""
