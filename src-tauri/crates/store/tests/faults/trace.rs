//! A recorded run as a list of what it did to files, and the disks that a power cut could leave.
//!
//! Model: what was not synced when the power went survives or not, each write and each change of a folder on its own, in any mix.
//! That is harsher than real file systems, which keep some order.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// A file or folder, whatever its name is at the time.
type Node = usize;

/// Pages are what a disk writes; longer writes can be torn between them.
const PAGE: usize = 4096;

#[derive(Clone, Debug)]
enum Op {
    Write {
        node: Node,
        at: usize,
        bytes: Vec<u8>,
    },
    Resize {
        node: Node,
        len: usize,
    },
    /// An entry of a folder changes: made, replaced, or (`None`) removed; with a rename, the old entry goes with it.
    Entry {
        folder: Node,
        name: String,
        node: Option<Node>,
        also_gone: Option<(Node, String)>,
    },
    Sync(Node),
    SyncAll,
    /// The program said this line.
    Said(String),
}

/// The disk at the start, and what happened to it.
pub struct Recording {
    nodes: Vec<State>,
    root: Node,
    ops: Vec<Op>,
}

#[derive(Clone, Debug)]
enum State {
    File(Vec<u8>),
    Folder(BTreeMap<String, Node>),
}

/// Random enough, and the same on every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % limit as u64).unwrap()
    }
}

impl Recording {
    /// The folder as it is now, and the words of `strace` about what happens to it next.
    pub fn of(before: &Path, dir: &Path, trace: &str) -> Self {
        let mut recording = Self { nodes: Vec::new(), root: 0, ops: Vec::new() };
        recording.root = recording.load(before);
        Parser { recording: &mut recording, dir, open: HashMap::new(), live: Vec::new() }.run(trace);
        recording
    }

    fn load(&mut self, path: &Path) -> Node {
        let state = if path.is_dir() {
            let entries = std::fs::read_dir(path).unwrap().map(Result::unwrap);
            State::Folder(entries.map(|e| (e.file_name().into_string().unwrap(), self.load(&e.path()))).collect())
        } else {
            State::File(std::fs::read(path).unwrap())
        };
        self.nodes.push(state);
        self.nodes.len() - 1
    }

    /// Number of moments at which the power can go.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Number of syncs; a recording without any shows nothing.
    pub fn syncs(&self) -> usize {
        self.ops.iter().filter(|op| matches!(op, Op::Sync(_) | Op::SyncAll)).count()
    }

    /// What the program had said before this moment.
    pub fn said(&self, moment: usize) -> Vec<String> {
        self.ops[..moment]
            .iter()
            .filter_map(|op| if let Op::Said(line) = op { Some(line.clone()) } else { None })
            .collect()
    }

    /// Writes the disk that a power cut at this moment could leave. `keep` decides for each change that was not synced.
    pub fn materialise(&self, moment: usize, to: &Path, keep: &mut dyn FnMut() -> bool) {
        let mut disk = self.nodes.clone();
        for (index, op) in self.ops[..moment].iter().enumerate() {
            let later = &self.ops[index..moment];
            let is_synced = |node: Node| {
                later.iter().any(|op| matches!(op, Op::SyncAll) || matches!(op, Op::Sync(n) if *n == node))
            };
            match op {
                Op::Write { node, at, bytes } => {
                    let synced = is_synced(*node);
                    for (page, part) in bytes.chunks(PAGE).enumerate() {
                        if synced || keep() {
                            let State::File(content) = &mut disk[*node] else { continue };
                            let from = at + page * PAGE;
                            content.resize(content.len().max(from + part.len()), 0);
                            content[from..from + part.len()].copy_from_slice(part);
                        }
                    }
                }
                Op::Resize { node, len } => {
                    if is_synced(*node) || keep() {
                        let State::File(content) = &mut disk[*node] else { continue };
                        content.resize(*len, 0);
                    }
                }
                Op::Entry { folder, name, node, also_gone } => {
                    if is_synced(*folder) || keep() {
                        if let Some((old, old_name)) = also_gone
                            && let State::Folder(entries) = &mut disk[*old]
                        {
                            entries.remove(old_name);
                        }
                        let State::Folder(entries) = &mut disk[*folder] else { continue };
                        match node {
                            Some(node) => entries.insert(name.clone(), *node),
                            None => entries.remove(name),
                        };
                    }
                }
                Op::Sync(_) | Op::SyncAll | Op::Said(_) => {}
            }
        }
        write(&disk, self.root, to);
    }
}

fn write(disk: &[State], node: Node, to: &Path) {
    match &disk[node] {
        State::File(content) => std::fs::write(to, content).unwrap(),
        State::Folder(entries) => {
            std::fs::create_dir(to).unwrap();
            for (name, node) in entries {
                write(disk, *node, &to.join(name));
            }
        }
    }
}

/// Turns lines of `strace -xx` into [`Op`]s.
struct Parser<'a> {
    recording: &'a mut Recording,
    dir: &'a Path,
    /// File number → node and position.
    open: HashMap<i64, (Node, usize)>,
    /// The folders as the running program sees them.
    live: Vec<State>,
}

impl Parser<'_> {
    fn run(mut self, trace: &str) {
        self.live = self.recording.nodes.clone();
        for line in trace.lines() {
            let Some((call, result)) = line.rsplit_once(" = ") else { continue };
            let Some((name, arguments)) = call.split_once('(') else { continue };
            let result: i64 = result.split(' ').next().and_then(|r| r.parse().ok()).unwrap_or(-1);
            if result >= 0 {
                self.call(name, arguments.trim_end().trim_end_matches(')'), result);
            }
        }
    }

    fn call(&mut self, name: &str, arguments: &str, result: i64) {
        let strings = strings(arguments);
        let numbers: Vec<i64> = without_strings(arguments).split(", ").filter_map(|a| a.trim().parse().ok()).collect();
        let path = |index: usize| PathBuf::from(String::from_utf8(strings[index].clone()).unwrap());
        match name {
            "openat" => {
                self.open.remove(&result);
                if !arguments.contains("O_TMPFILE")
                    && let Some(node) = self.find_or_make(&path(0), arguments.contains("O_CREAT"))
                {
                    self.open.insert(result, (node, 0));
                    if arguments.contains("O_TRUNC") {
                        self.recording.ops.push(Op::Resize { node, len: 0 });
                    }
                }
            }
            "write" if numbers[0] == 1 => {
                let text = String::from_utf8(strings[0].clone()).unwrap();
                self.recording.ops.extend(text.lines().map(|line| Op::Said(line.to_owned())));
            }
            "write" => {
                if let Some((node, at)) = self.open.get_mut(&numbers[0]) {
                    let bytes = strings[0].clone();
                    self.recording.ops.push(Op::Write { node: *node, at: *at, bytes });
                    *at += strings[0].len();
                }
            }
            "pwrite64" => {
                if let Some((node, _)) = self.open.get(&numbers[0]) {
                    let at = usize::try_from(*numbers.last().unwrap()).unwrap();
                    self.recording.ops.push(Op::Write { node: *node, at, bytes: strings[0].clone() });
                }
            }
            "lseek" => {
                if let Some((_, at)) = self.open.get_mut(&numbers[0]) {
                    *at = usize::try_from(result).unwrap();
                }
            }
            "ftruncate" => {
                if let Some((node, _)) = self.open.get(&numbers[0]) {
                    self.recording.ops.push(Op::Resize { node: *node, len: usize::try_from(numbers[1]).unwrap() });
                }
            }
            "fsync" | "fdatasync" => {
                if let Some((node, _)) = self.open.get(&numbers[0]) {
                    self.recording.ops.push(Op::Sync(*node));
                }
            }
            "syncfs" => self.recording.ops.push(Op::SyncAll),
            "mkdir" => {
                self.add(&path(0), State::Folder(BTreeMap::new()));
            }
            "unlink" | "unlinkat" | "rmdir" => self.change(&path(0), None, None),
            "rename" | "renameat" | "renameat2" => {
                if let Some(node) = self.find(&path(0)) {
                    self.change(&path(1), Some(node), Some(&path(0)));
                }
            }
            other => panic!("{other} is not understood"),
        }
    }

    fn split(&self, path: &Path) -> Option<(Node, String)> {
        let name = path.file_name()?.to_str()?.to_owned();
        Some((self.find(path.parent()?)?, name))
    }

    fn find(&self, path: &Path) -> Option<Node> {
        let mut node = self.recording.root;
        for part in path.strip_prefix(self.dir).ok()? {
            let State::Folder(entries) = &self.live[node] else { return None };
            node = *entries.get(part.to_str()?)?;
        }
        Some(node)
    }

    fn find_or_make(&mut self, path: &Path, make: bool) -> Option<Node> {
        match self.find(path) {
            Some(node) => Some(node),
            None if make && path.starts_with(self.dir) => self.add(path, State::File(Vec::new())),
            None => None,
        }
    }

    fn add(&mut self, path: &Path, state: State) -> Option<Node> {
        self.split(path)?;
        self.recording.nodes.push(state.clone());
        self.live.push(state);
        let node = self.live.len() - 1;
        self.change(path, Some(node), None);
        Some(node)
    }

    fn change(&mut self, path: &Path, node: Option<Node>, from: Option<&Path>) {
        let Some((folder, name)) = self.split(path) else { return };
        let also_gone = from.and_then(|old| self.split(old));
        if let Some((old, old_name)) = &also_gone
            && let State::Folder(entries) = &mut self.live[*old]
        {
            entries.remove(old_name);
        }
        if let State::Folder(entries) = &mut self.live[folder] {
            match node {
                Some(node) => entries.insert(name.clone(), node),
                None => entries.remove(&name),
            };
        }
        self.recording.ops.push(Op::Entry { folder, name, node, also_gone });
    }
}

/// `"\x41\x42"` → `AB`, for every string of a call.
fn strings(arguments: &str) -> Vec<Vec<u8>> {
    let quoted = arguments.split('"').skip(1).step_by(2);
    quoted.map(|s| s.split("\\x").skip(1).map(|hex| u8::from_str_radix(hex, 16).unwrap()).collect()).collect()
}

fn without_strings(arguments: &str) -> String {
    arguments.split('"').step_by(2).collect()
}
