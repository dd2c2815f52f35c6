//! What the page is kept from. The lists of commands and permissions are held together in `bindings.rs`.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn json(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(here(name)).unwrap()).unwrap()
}

fn directives(policy: &str) -> BTreeMap<&str, Vec<&str>> {
    let words = policy.split(';').map(|directive| directive.split_whitespace());
    words.filter_map(|mut words| Some((words.next()?, words.collect()))).collect()
}

#[test]
fn the_policy_lets_nothing_in_from_outside_and_nothing_out() {
    let security = &json("tauri.conf.json")["app"]["security"];
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
    let capability = json("capabilities/main.json");
    assert_eq!(capability["windows"], serde_json::json!([shell::window::LABEL]));
    assert!(capability.get("remote").is_none() && capability.get("webviews").is_none());
    for permission in capability["permissions"].as_array().unwrap() {
        // A permission of a plugin would be `fs:…`; one with a scope would be an object.
        let permission = permission.as_str().unwrap();
        let plugin = permission.split_once(':').map_or("", |(plugin, _)| plugin);
        assert!(plugin.is_empty() || permission.starts_with("core:event:allow-"), "{permission}");
    }
    let conf = json("tauri.conf.json");
    assert_eq!(conf["app"]["withGlobalTauri"], false);
    assert_eq!(conf["app"]["windows"], serde_json::json!([]), "the one window is opened in Rust, with its guards");
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
    let package = json("../ui/package.json");
    for group in ["dependencies", "devDependencies"] {
        let names = package[group].as_object().map(|o| o.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
        let tauri: Vec<_> = names.into_iter().filter(|name| name.starts_with("@tauri-apps/")).collect();
        assert!(tauri.iter().all(|name| name == "@tauri-apps/api"), "{tauri:?}");
    }
}
