"""The migrations, oldest first by `down_revision`."""
