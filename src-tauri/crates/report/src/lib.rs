//! The readiness report: snapshot and options in, PDF bytes out; and the way back for verification.
