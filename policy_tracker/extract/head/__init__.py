"""What the head of a document says: payer, number, title, dates and standing."""
