"""What the controllers tell, minute by minute: found in the records of the night, one module for each part of it."""
