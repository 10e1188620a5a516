"""What the pages of the year's set-up show: steps, what is missing, who chose and who teaches what. Reads only."""
