//! Processes that a program started, from `/proc`.

use std::fs;

/// The process first, then its children and theirs.
pub fn family(first: u32) -> Vec<u32> {
    let all: Vec<(u32, u32)> = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect();
    let mut found = vec![first];
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        found.extend(all.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        at += 1;
    }
    found
}

/// Its name; the system keeps 15 bytes of it.
pub fn name(pid: u32) -> Option<String> {
    Some(fs::read_to_string(format!("/proc/{pid}/comm")).ok()?.trim().to_owned())
}

/// The parent of a process that is alive.
pub fn parent(pid: u32) -> Option<u32> {
    let fields = fields(pid)?;
    let dead = matches!(fields.first()?.as_str(), "Z" | "X");
    if dead { None } else { fields.get(1)?.parse().ok() }
}

/// Fields of `/proc/<pid>/stat` behind the name, which may hold anything.
pub fn fields(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    Some(fields.split_whitespace().map(str::to_owned).collect())
}
