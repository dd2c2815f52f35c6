//! A desk with a workspace that is not there yet.

use std::path::PathBuf;

/// A folder for a workspace, with a name as users give it; gone with the value.
pub struct Desk {
    _temp: tempfile::TempDir,
    /// Where the workspace is to be.
    pub dir: PathBuf,
}

impl Desk {
    pub fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("云岭 工作区");
        Self { _temp: temp, dir }
    }

    /// Arguments for the program; `{}` stands for the workspace.
    pub fn args<'a>(&'a self, args: &[&'a str]) -> Vec<&'a str> {
        let dir = self.dir.to_str().unwrap();
        args.iter().map(|a| if *a == "{}" { dir } else { a }).collect()
    }
}
