"""One live session as a pure machine: commands in, events and frames out. No socket, no clock of its own."""
