"""What lists of staff, classes, assignments and pupils would do to the records, and the work of writing long ones."""
