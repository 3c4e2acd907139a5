"""Subscriptions to changes, and the mails that tell them: matching, outbox, links, channels."""
