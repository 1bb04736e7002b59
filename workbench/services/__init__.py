"""The verbs: what the desk and the command line do. The only layer that opens sessions."""
