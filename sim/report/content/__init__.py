"""What a report says, whatever it is set on: sentences, numbers, tables, notes."""
