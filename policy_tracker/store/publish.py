"""Publishing: one record becomes a revision, with its journal row, read models, changes and occasion, in the caller's transaction."""
