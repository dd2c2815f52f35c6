//! Names the commands the page may call, so that each gets a permission of its own, and sees to it that there is a page.

use std::path::Path;

include!("src/commands/names.rs");

fn main() {
    // A check or a test of the Rust half must not need Node; the real page comes from `npm run build`.
    let page = Path::new("../ui/dist/index.html");
    if !page.exists() {
        std::fs::create_dir_all("../ui/dist").expect("the folder of the page can be made");
        std::fs::write(page, "<!doctype html><title>备审</title><p>npm run build</p>").expect("a page can be written");
    }
    // The page is built into the program.
    println!("cargo:rerun-if-changed=../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).expect("the configuration holds");
}
