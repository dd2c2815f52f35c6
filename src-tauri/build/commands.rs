//! The one list of commands: the functions marked `#[tauri::command]`. What else names them follows from it.

use std::path::Path;

/// A command of the page.
pub struct Command {
    /// The file it stands in, without `.rs`.
    pub area: String,
    /// Its name, as the page calls it.
    pub name: String,
}

/// Every command, by area.
pub fn commands(folder: &Path) -> Vec<Command> {
    let entries = std::fs::read_dir(folder).expect("the folder of the commands can be read");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a file can be listed").path()).collect();
    files.sort();
    files.iter().flat_map(|file| in_file(file)).collect()
}

fn in_file(file: &Path) -> Vec<Command> {
    let source = std::fs::read_to_string(file).expect("a source file can be read");
    let area = file.file_stem().expect("a file has a name").to_string_lossy();
    // `#[tauri::command]`, other attributes, then `pub async fn name(` or `pub fn name<`.
    let marked = source.split("\n#[tauri::command]\n").skip(1);
    marked
        .map(|after| {
            let (_, function) = after.split_once("fn ").expect("a command is a function");
            let name = function.split(['(', '<']).next().expect("a function has a name");
            Command { area: area.clone().into_owned(), name: name.to_owned() }
        })
        .collect()
}
