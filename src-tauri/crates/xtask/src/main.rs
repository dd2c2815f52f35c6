//! beishen-cli
fn main() {}
