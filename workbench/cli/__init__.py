"""The command line: parse, call a service, print. One module owns stdout, one owns stderr and exit codes."""
