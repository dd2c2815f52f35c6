//! Calls of the program from a desk, and their answers as data.

use super::common::Desk;
use serde_json::Value;
use std::process::{Command, Output};

impl Desk {
    /// Runs a command; `{}` stands for the workspace.
    pub fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(self.args(args)).output().unwrap()
    }

    /// The answer, and the exit code.
    pub fn says(&self, args: &[&str]) -> (Value, i32) {
        let output = self.run(&[args, &["--json"]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let answer = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{args:?}: {said}"));
        (answer, output.status.code().unwrap())
    }

    /// The answer of a call that succeeds.
    pub fn ok(&self, args: &[&str]) -> Value {
        let (answer, code) = self.says(args);
        assert_eq!(code, 0, "{args:?}: {answer}");
        answer
    }
}
