//! Use cases: what the shell, the command line and the tests call.
