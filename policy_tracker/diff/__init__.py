"""Two records to edits: what stands in one edition and not, or otherwise, in the other. What that means is asked of the rules."""
