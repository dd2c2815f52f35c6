//! The sample is compiled in by a macro that cargo cannot look into: tell it what to watch.

#[allow(clippy::print_stdout, reason = "a build script talks to cargo this way")]
fn main() {
    println!("cargo::rerun-if-changed=../../../assets/sample");
}
