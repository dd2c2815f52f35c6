//! From the list of commands: their handler, and the permission of the page to call them. And sees to it that there is a page.

mod commands;

use commands::{Command, commands};
use std::path::{Path, PathBuf};

#[allow(clippy::print_stdout, reason = "a build script talks to cargo this way")]
fn main() {
    // A check or a test of the Rust half must not need Node; the real page comes from `npm run build`.
    let page = Path::new("../ui/dist/index.html");
    if !page.exists() {
        std::fs::create_dir_all("../ui/dist").expect("the folder of the page can be made");
        std::fs::write(page, "<!doctype html><title>备审</title><p>npm run build</p>").expect("a page can be written");
    }
    // The page is built into the program.
    println!("cargo:rerun-if-changed=../ui/dist");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=src/commands");
    let commands = commands(Path::new("src/commands"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder"));
    write(&out.join("commands.rs"), &source(&commands));
    let permissions = out.join("permissions");
    std::fs::create_dir_all(&permissions).expect("a folder can be made");
    write(&permissions.join("commands.toml"), &permission(&commands));
    // The pattern is one for `glob`, and lives as long as the build script.
    let pattern = permissions.join("*.toml").display().to_string().replace('[', "[[]");
    let manifest = tauri_build::AppManifest::new().permissions_path_pattern(pattern.leak());
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).expect("the configuration holds");
}

fn write(file: &Path, text: &str) {
    std::fs::write(file, text).expect("a file can be written");
}

/// The list for macros that take functions, and the names.
fn source(commands: &[Command]) -> String {
    let functions: String = commands.iter().map(|c| format!("            {}::{},\n", c.area, c.name)).collect();
    let names: String = commands.iter().map(|c| format!("    \"{}\",\n", c.name)).collect();
    format!(
        "macro_rules! every_command {{\n    ($given_to:ident) => {{\n        $given_to![\n{functions}        ]\n    }};\n}}\n\n\
         /// Every command of the page.\npub const COMMANDS: &[&str] = &[\n{names}];\n"
    )
}

/// `every-command`, which `capabilities/main.json` grants to the page.
fn permission(commands: &[Command]) -> String {
    let names: String = commands.iter().map(|c| format!("    \"{}\",\n", c.name)).collect();
    format!("[[permission]]\nidentifier = \"every-command\"\ncommands.allow = [\n{names}]\n")
}
