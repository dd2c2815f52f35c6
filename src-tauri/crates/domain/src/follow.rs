//! Keeping a normalized snapshot normalized while single rows of it change: what [`Snapshot::normalized`] does for all rows at
//! once, for whoever holds a round and hears what was written.

use crate::{Answer, Evidence, Finding, Id, Link, Snapshot, Task};

impl Snapshot {
    /// An answer as it is now.
    pub fn put_answer(&mut self, mut row: Answer) {
        row.ticks.sort();
        row.ticks.dedup();
        let item = row.item.clone();
        put(&mut self.answers, !row.is_blank(), row, |a| a.item == item, |a, b| a.item < b.item);
    }

    /// Evidence as it is now. Its links go with it when it is withdrawn; when it is brought back they are not known here, so the
    /// round has to be read again.
    pub fn put_evidence(&mut self, row: Evidence) {
        let id = row.id;
        if row.withdrawn {
            self.links.retain(|l| l.evidence != id);
        }
        put(&mut self.evidence, !row.withdrawn, row, |e| e.id == id, |a, b| (a.number, a.id) < (b.number, b.id));
    }

    /// A link as it is now; its evidence comes before it.
    pub fn put_link(&mut self, row: Link) {
        let (evidence, item) = (row.evidence, row.item.clone());
        let stays = !row.withdrawn && self.evidence.iter().any(|e| e.id == evidence);
        put(&mut self.links, stays, row, |l| l.evidence == evidence && l.item == item, |a, b| a < b);
    }

    /// A finding as it is now.
    pub fn put_finding(&mut self, row: Finding) {
        let id = row.id;
        put(&mut self.findings, !row.withdrawn, row, |f| f.id == id, |a, b| (a.number, a.id) < (b.number, b.id));
    }

    /// A task as it is now.
    pub fn put_task(&mut self, row: Task) {
        let id: Id = row.id;
        put(&mut self.tasks, !row.withdrawn, row, |t| t.id == id, |a, b| (a.number, a.id) < (b.number, b.id));
    }
}

/// Takes out the row that `is_it` and, if the new one `stays`, puts that in where it belongs.
fn put<T>(list: &mut Vec<T>, stays: bool, row: T, is_it: impl Fn(&T) -> bool, before: impl Fn(&T, &T) -> bool) {
    if let Some(at) = list.iter().position(is_it) {
        list.remove(at);
    }
    if stays {
        let at = list.partition_point(|other| before(other, &row));
        list.insert(at, row);
    }
}
