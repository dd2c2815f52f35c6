//! What the page is kept from.

use super::Shell;
use serde_json::{Value, json};
use shell::commands::COMMANDS;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(here(name)).unwrap()).unwrap()
}

fn directives(policy: &str) -> BTreeMap<&str, Vec<&str>> {
    let words = policy.split(';').map(|directive| directive.split_whitespace());
    words.filter_map(|mut words| Some((words.next()?, words.collect()))).collect()
}

#[test]
fn the_policy_lets_nothing_in_from_outside_and_nothing_out() {
    let security = &read("tauri.conf.json")["app"]["security"];
    let wanted = [
        ("default-src", vec!["'none'"]),
        ("script-src", vec!["'self'"]),
        ("style-src", vec!["'self'"]),
        ("font-src", vec!["'self'"]),
        // Pictures the core has decoded and encoded again.
        ("img-src", vec!["'self'", "blob:", "data:"]),
        ("connect-src", vec!["ipc:", "http://ipc.localhost"]),
        ("object-src", vec!["'none'"]),
        ("frame-src", vec!["'none'"]),
        ("base-uri", vec!["'none'"]),
        ("form-action", vec!["'none'"]),
    ];
    assert_eq!(directives(security["csp"].as_str().unwrap()), BTreeMap::from(wanted));
    // While developing the page comes from this machine, and from nowhere else.
    let dev = directives(security["devCsp"].as_str().unwrap());
    let addresses = dev.values().flatten().filter(|source| source.contains("//"));
    assert!(addresses.clone().count() > 0);
    for address in addresses {
        assert!(["ws://127.0.0.1:5173", "http://ipc.localhost"].contains(address), "{address}");
    }
    assert!(!dev.values().flatten().any(|source| *source == "'unsafe-eval'" || *source == "*"));
}

#[test]
fn there_is_one_capability_for_one_window_and_no_plugin_lends_the_page_anything() {
    let files: Vec<_> = std::fs::read_dir(here("capabilities")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(files, ["main.json"]);
    let capability = read("capabilities/main.json");
    assert_eq!(capability["windows"], json!([shell::window::LABEL]));
    assert!(capability.get("remote").is_none() && capability.get("webviews").is_none());
    let granted = ["core:event:allow-listen", "core:event:allow-unlisten", "every-command"];
    assert_eq!(capability["permissions"], json!(granted), "our commands and hearing events, nothing else");
    let conf = read("tauri.conf.json");
    assert_eq!(conf["app"]["withGlobalTauri"], false);
    assert_eq!(conf["app"]["windows"], json!([]), "the one window is opened in Rust, with its guards");
    assert!(conf.get("plugins").is_none());
}

#[test]
fn the_program_is_built_without_doors_of_its_own() {
    let manifest = std::fs::read_to_string(here("Cargo.toml")).unwrap();
    let workspace = std::fs::read_to_string(here("../Cargo.toml")).unwrap();
    for forbidden in
        ["protocol-asset", "tauri-plugin-fs", "tauri-plugin-shell", "tauri-plugin-http", "devtools", "updater"]
    {
        assert!(!manifest.contains(forbidden) && !workspace.contains(forbidden), "{forbidden}");
    }
}

/// The page's own code asks for nothing but commands and events.
#[test]
fn the_page_brings_no_other_door_along() {
    let package = read("../ui/package.json");
    for group in ["dependencies", "devDependencies"] {
        let names = package[group].as_object().map(|o| o.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
        let tauri: Vec<_> = names.into_iter().filter(|name| name.starts_with("@tauri-apps/")).collect();
        assert!(tauri.iter().all(|name| name == "@tauri-apps/api"), "{tauri:?}");
    }
}

/// With the permissions the product is built with: the page can call what is ours, and nothing that a plugin brings along.
#[test]
fn every_command_of_ours_is_permitted_and_none_of_a_plugin() {
    let shell = Shell::as_permitted();
    let forbidden = |command: &str| match shell.try_call(command, json!({})) {
        Err(Value::String(why)) => why.contains("not allowed") || why.contains("not found"),
        _ => false,
    };
    for command in COMMANDS {
        assert!(!forbidden(command), "{command}");
    }
    for command in
        ["plugin:dialog|open", "plugin:opener|open_path", "plugin:window|close", "plugin:webview|print", "rm"]
    {
        assert!(forbidden(command), "{command}");
    }
}
