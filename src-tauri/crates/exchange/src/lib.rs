//! Files other programs read or write: the evidence pack, plan tables, imports.
