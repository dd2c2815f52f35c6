//! What a session holds of the round it works on, so that a verb costs what it changes and not what the round holds: the rows,
//! brought up to date with every receipt instead of being read again, and the figures as their reader has them.

use crate::view::{FigureChanges, Figures, Gap, Splice, Step};
use domain::gate::{self, Order};
use domain::{CriteriaPack, Date, Defect, FileState, GateRule, Id, Snapshot, gaps, readiness, scoring};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Edit, Receipt};

/// More rows than this are read again: bringing them in one by one takes longer.
const MANY_ROWS: usize = 256;

/// The round that was read last.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Head of the log when it was so. Every change goes through the log, so while the head is the same the round is.
    pub head: String,
    /// What is recorded.
    pub snapshot: Arc<Snapshot>,
}

impl Held {
    /// Brings in what a receipt says; `rows` are its rows as they are now. `None` when the round has to be read again.
    pub fn follow(mut self, receipt: &Receipt, rows: &[Edit], head: String) -> Option<Self> {
        if rows.len() > MANY_ROWS || needs_more_than_its_rows(receipt) {
            return None;
        }
        // A copy is made only while somebody else (an export that goes on beside) looks at the round as it was.
        bring_in(Arc::make_mut(&mut self.snapshot), rows.iter().cloned());
        self.head = head;
        Some(self)
    }
}

/// Rows as they are now, in a snapshot that has them as they were.
pub(crate) fn bring_in(snapshot: &mut Snapshot, rows: impl Iterator<Item = Edit>) {
    let (links, others): (Vec<_>, Vec<_>) = rows.partition(|row| matches!(row, Edit::Link(_)));
    for row in others.into_iter().chain(links) {
        match row {
            Edit::Assessment(row) => snapshot.assessment = row,
            Edit::Answer(row) => snapshot.put_answer(row),
            Edit::Evidence(row) => snapshot.put_evidence(row),
            Edit::Link(row) => snapshot.put_link(row),
            Edit::Finding(row) => snapshot.put_finding(row),
            Edit::Task(row) => snapshot.put_task(row),
            Edit::SignOff(_) | Edit::Report(_) | Edit::Keeper(_) | Edit::Paper(_) => {}
        }
    }
}

/// Evidence that is brought back brings links along that did not change; other criteria or another round before are other
/// snapshots; and a round that was approved in an earlier format goes on in the newest when it is reopened.
fn needs_more_than_its_rows(receipt: &Receipt) -> bool {
    receipt.changes.iter().any(|change| match change.entity {
        domain::Entity::Evidence => change.field == "withdrawn" && change.new == false,
        domain::Entity::Assessment => {
            matches!(change.field.as_str(), "id" | "pack_sha256" | "predecessor" | "withdrawn" | "frozen")
        }
        _ => false,
    })
}

/// What the figures are made from.
#[derive(Clone, Copy)]
pub(crate) struct Basis<'a> {
    pub pack: &'a CriteriaPack,
    pub snapshot: &'a Snapshot,
    pub today: Date,
}

impl Basis<'_> {
    /// All figures, from nothing.
    pub fn figures(&self, files: BTreeMap<Id, FileState>, undo: Option<Step>, redo: Option<Step>) -> Figures {
        let Self { pack, snapshot, today } = *self;
        Figures {
            version: 0,
            score: scoring::score(pack, snapshot),
            before: scoring::score_before(pack, snapshot),
            readiness: readiness::readiness(pack, snapshot, today),
            defects: gate::gate(pack, snapshot, today, &files),
            open_findings: open_findings(snapshot),
            due_soon: due_soon(snapshot, today),
            gaps: worst_gaps(pack, snapshot),
            files,
            undo,
            redo,
        }
    }
}

/// The figures as their reader has them.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// The round they are about.
    pub round: Id,
    /// The day they were worked out for.
    pub day: Date,
    /// SHA-256 of the criteria they follow from: by others nothing of them holds.
    pub criteria: String,
    /// The figures.
    pub figures: Figures,
}

/// What may have changed since the figures were worked out last.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// What the disk says now, if somebody has looked.
    pub files: Option<BTreeMap<Id, FileState>>,
    /// Whether evidence, links or the round's own row were written.
    pub evidence: bool,
}

impl Standing {
    /// Works out anew what can have changed, and answers with what did.
    pub fn follow(&mut self, basis: Basis<'_>, news: News, undo: Option<Step>, redo: Option<Step>) -> FigureChanges {
        let Basis { pack, snapshot, today } = basis;
        let held = &mut self.figures;
        let mut files = BTreeMap::new();
        let judges_evidence = news.evidence || news.files.is_some() || today != self.day;
        if let Some(now) = news.files {
            let other = now.iter().filter(|(id, state)| held.files.get(id) != Some(state));
            files = other.map(|(id, state)| (*id, *state)).collect();
            held.files = now;
        }
        let mut fresh = gate::of_records(pack, snapshot, today);
        if judges_evidence {
            fresh.extend(gate::of_evidence(snapshot, today, &held.files));
        }
        let order = Order::of(pack);
        fresh.sort_by(|a, b| order.compare(a, b));
        let defects = splices(&held.defects, fresh, judges_evidence, &order);
        // From the back, so that the places in front of it stay what they are.
        for Splice { at, gone, come } in defects.iter().rev() {
            let at = *at as usize;
            held.defects.splice(at..at + *gone as usize, come.iter().cloned());
        }
        let since = held.version;
        held.version += 1;
        self.day = today;
        held.undo.clone_from(&undo);
        held.redo.clone_from(&redo);
        FigureChanges {
            since,
            version: held.version,
            score: differs(&mut held.score, scoring::score(pack, snapshot)),
            before: differs(&mut held.before, scoring::score_before(pack, snapshot)).flatten(),
            readiness: differs(&mut held.readiness, readiness::readiness(pack, snapshot, today)),
            defects,
            open_findings: differs(&mut held.open_findings, open_findings(snapshot)),
            due_soon: differs(&mut held.due_soon, due_soon(snapshot, today)),
            gaps: differs(&mut held.gaps, worst_gaps(pack, snapshot)),
            files,
            undo,
            redo,
        }
    }

    /// That the changes together lead to what there is.
    #[cfg(debug_assertions)]
    pub fn check(&self, basis: Basis<'_>) {
        let held = &self.figures;
        let whole = basis.figures(held.files.clone(), None, None);
        assert_eq!(held.defects, whole.defects, "the defects that are held are not those of the round");
        assert_eq!(held.score, whole.score);
        assert_eq!((&held.before, &held.readiness), (&whole.before, &whole.readiness));
        assert_eq!((&held.open_findings, &held.due_soon), (&whole.open_findings, &whole.due_soon));
        assert_eq!(held.gaps, whole.gaps);
    }
}

fn open_findings(snapshot: &Snapshot) -> Vec<Id> {
    snapshot.findings.iter().filter(|f| snapshot.is_open(f)).map(|f| f.id).collect()
}

fn due_soon(snapshot: &Snapshot, today: Date) -> Vec<Id> {
    snapshot.tasks.iter().filter(|t| t.is_due_soon(today)).map(|t| t.id).collect()
}

fn worst_gaps(pack: &CriteriaPack, snapshot: &Snapshot) -> Vec<Gap> {
    /// An overview of more is none.
    const MOST: usize = 10;
    let worst = gaps::gaps(pack, snapshot).into_iter().take(MOST);
    worst.map(|gap| Gap { item: gap.item.code.clone(), finding: gap.finding.map(|f| f.id) }).collect()
}

/// Takes over `now`; answers with it when it is another.
fn differs<T: Clone + PartialEq>(held: &mut T, now: T) -> Option<T> {
    (*held != now).then(|| {
        held.clone_from(&now);
        now
    })
}

/// Where `fresh` differs from what is held; unless it `judges_evidence`, what is held about evidence stays. Both are in order.
fn splices(held: &[Defect], fresh: Vec<Defect>, judges_evidence: bool, order: &Order<'_>) -> Vec<Splice> {
    let judged = |rule: GateRule| judges_evidence || !rule.is_about_evidence();
    let mut found: Vec<Splice> = Vec::new();
    let mut fresh = fresh.into_iter().peekable();
    let mut at = 0;
    loop {
        let next = match (held.get(at), fresh.peek()) {
            (None, None) => return found,
            (Some(old), Some(new)) if old == new => {
                fresh.next();
                at += 1;
                continue;
            }
            (Some(old), Some(new)) if order.compare(new, old).is_lt() => fresh.next(),
            (Some(old), _) if !judged(old.rule) => {
                at += 1;
                continue;
            }
            (Some(_), _) => None,
            (None, Some(_)) => fresh.next(),
        };
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        let last = match found.last_mut() {
            Some(last) if last.at + last.gone == place => last,
            _ => {
                found.push(Splice { at: place, gone: 0, come: Vec::new() });
                let end = found.len() - 1;
                &mut found[end]
            }
        };
        match next {
            Some(defect) => last.come.push(defect),
            None => {
                last.gone += 1;
                at += 1;
            }
        }
    }
}
