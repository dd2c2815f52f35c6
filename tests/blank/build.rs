//! As the program's own: one command, with a permission of its own.

fn main() {
    println!("cargo:rerun-if-changed=page");
    let manifest = tauri_build::AppManifest::new().commands(&["painted"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).expect("the configuration holds");
}
