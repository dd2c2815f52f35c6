//! Turns the criteria file into JSON, which is read in 2 ms and leaves no garbage when the program starts, and tells
//! cargo what the sample is made from: it is compiled in by a macro that cargo cannot look into.

use sha2::{Digest as _, Sha256};
use std::path::PathBuf;
use toml::{Table, Value};

const CRITERIA: &str = "../../../criteria/yd-t-2823-2015.toml";

#[allow(clippy::print_stdout, reason = "a build script talks to cargo this way")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=../../../assets/sample");
    println!("cargo::rerun-if-changed={CRITERIA}");
    let text = std::fs::read_to_string(CRITERIA)?;
    let mut criteria: Table = toml::from_str(&text)?;
    criteria.iter_mut().for_each(|(_, value)| name_dates(value));
    criteria.insert("sha256".to_owned(), Value::String(hex(&Sha256::digest(text.as_bytes()))));
    let json = PathBuf::from(std::env::var("OUT_DIR")?).join("criteria.json");
    std::fs::write(json, serde_json::to_vec(&criteria)?)?;
    Ok(())
}

/// A date has no type of its own in JSON.
fn name_dates(value: &mut Value) {
    match value {
        Value::Datetime(date) => *value = Value::String(date.to_string()),
        Value::Array(values) => values.iter_mut().for_each(name_dates),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| name_dates(value)),
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => {}
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
