"""A memory as a machine beside the session and the race: what is remembered, by whom, and how it is shown."""
