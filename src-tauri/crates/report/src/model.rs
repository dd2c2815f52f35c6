//! Every figure and list the report prints, computed once by the rules of `domain`.

use crate::{Error, Input};
use domain::gate::gate;
use domain::pack::{Item, Profile};
use domain::readiness::readiness;
use domain::scoring::{Score, score, score_with};
use domain::{Defect, Evidence, Finding, Grade, Id, Link, Readiness, SignOff, Task, TaskState, Verdict};
use std::collections::BTreeMap;

/// The report's contents, before any page exists.
pub struct Model<'a> {
    /// What it was made from.
    pub input: Input<'a>,
    /// Root of the snapshot.
    pub root: &'a str,
    /// SHA-256 of the attached recipe, which tells how the report was made from it.
    pub recipe: &'a str,
    /// Scoring profile of the round.
    pub profile: &'a Profile,
    /// Figures of this round.
    pub score: Score,
    /// Figures of the last round under the same profile, if there was one.
    pub last: Option<Score>,
    /// The conclusion.
    pub readiness: Readiness,
    /// What the gate found.
    pub defects: Vec<Defect>,
    /// Findings per domain and grade; see [`Grade::ALL`] for the columns.
    pub spread: Vec<[u32; 5]>,
    /// Items that fall short, most urgent first.
    pub gaps: Vec<&'a Item>,
    /// Tasks: overdue first, then open by due date, then closed.
    pub plan: Vec<&'a Task>,
    /// Items whose verdict differs from the last round's.
    pub changes: Vec<Shift<'a>>,
    evidence_of: BTreeMap<&'a str, Vec<(&'a Evidence, &'a Link)>>,
    uses_of: BTreeMap<Id, Vec<&'a Link>>,
    findings_of: BTreeMap<&'a str, Vec<&'a Finding>>,
    tasks_of: BTreeMap<&'a str, Vec<&'a Task>>,
    tasks_for: BTreeMap<Id, Vec<&'a Task>>,
    tasks_proved_by: BTreeMap<Id, Vec<&'a Task>>,
    defects_of: BTreeMap<String, Vec<usize>>,
}

/// One item's verdict in two rounds.
#[derive(Clone, Copy, Debug)]
pub struct Shift<'a> {
    /// The item.
    pub item: &'a Item,
    /// Last round.
    pub before: Option<Verdict>,
    /// This round.
    pub after: Option<Verdict>,
    /// Which way it went.
    pub trend: Trend,
}

/// Which way an item went between two rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// Earns fewer points than before.
    Worse,
    /// Earns more points than before.
    Better,
    /// Had no verdict before.
    New,
    /// Has no verdict any more.
    Open,
    /// Became applicable or not.
    Applicability,
    /// The same verdict.
    Same,
}

impl Trend {
    /// All trends, in the order of the table.
    pub const ALL: [Self; 6] = [Self::Worse, Self::Better, Self::New, Self::Open, Self::Applicability, Self::Same];

    fn between(before: Option<Verdict>, after: Option<Verdict>, profile: &Profile) -> Self {
        match (before, after) {
            (a, b) if a == b => Self::Same,
            (None, _) => Self::New,
            (_, None) => Self::Open,
            (Some(a), Some(b)) => match (profile.milli_points(a), profile.milli_points(b)) {
                (Some(a), Some(b)) if b > a => Self::Better,
                (Some(_), Some(_)) => Self::Worse,
                _ => Self::Applicability,
            },
        }
    }
}

impl<'a> Model<'a> {
    /// Computes everything.
    ///
    /// # Errors
    /// When the snapshot was taken with other criteria.
    pub fn new(input: &Input<'a>, root: &'a str, recipe: &'a str) -> Result<Self, Error> {
        let (pack, snapshot) = (input.pack, input.snapshot);
        if snapshot.pack.sha256 != pack.sha256 {
            let (snapshot, pack) = (snapshot.pack.sha256.clone(), pack.sha256.clone());
            return Err(Error::OtherCriteria { snapshot, pack });
        }
        let profile = pack.profile(&snapshot.assessment.profile);
        let before = snapshot.predecessor.as_ref();
        let last = before.map(|p| score_with(pack, profile, |item| p.verdicts.get(item).copied()));
        let mut model = Self {
            input: *input,
            root,
            recipe,
            profile,
            score: score(pack, snapshot),
            last,
            readiness: readiness(pack, snapshot, input.today),
            defects: gate(pack, snapshot, input.today, input.files),
            spread: Vec::new(),
            gaps: domain::gaps::gaps(pack, snapshot).iter().map(|gap| gap.item).collect(),
            plan: Vec::new(),
            changes: Vec::new(),
            evidence_of: BTreeMap::new(),
            uses_of: BTreeMap::new(),
            findings_of: BTreeMap::new(),
            tasks_of: BTreeMap::new(),
            tasks_for: BTreeMap::new(),
            tasks_proved_by: BTreeMap::new(),
            defects_of: BTreeMap::new(),
        };
        model.index();
        model.spread = model.spread_findings();
        model.plan = model.order_plan();
        model.changes = model.compare();
        Ok(model)
    }

    fn index(&mut self) {
        let snapshot = self.input.snapshot;
        let by_id: BTreeMap<Id, &Evidence> = snapshot.evidence.iter().map(|e| (e.id, e)).collect();
        for link in &snapshot.links {
            if let Some(evidence) = by_id.get(&link.evidence) {
                self.evidence_of.entry(&link.item).or_default().push((evidence, link));
                self.uses_of.entry(link.evidence).or_default().push(link);
            }
        }
        self.evidence_of.values_mut().for_each(|list| list.sort_by_key(|(e, _)| e.number));
        for finding in &snapshot.findings {
            self.findings_of.entry(&finding.item).or_default().push(finding);
        }
        for task in &snapshot.tasks {
            self.tasks_of.entry(&task.item).or_default().push(task);
            if let Some(finding) = task.finding {
                self.tasks_for.entry(finding).or_default().push(task);
            }
            for evidence in &task.proof {
                self.tasks_proved_by.entry(*evidence).or_default().push(task);
            }
        }
        for (i, defect) in self.defects.iter().enumerate() {
            self.defects_of.entry(defect.subject.clone()).or_default().push(i);
        }
    }

    /// Evidence of an item with the place to look at.
    #[must_use]
    pub fn evidence_of(&self, item: &str) -> &[(&'a Evidence, &'a Link)] {
        self.evidence_of.get(item).map_or(&[], Vec::as_slice)
    }

    /// Items that use a piece of evidence.
    #[must_use]
    pub fn uses_of(&self, evidence: Id) -> &[&'a Link] {
        self.uses_of.get(&evidence).map_or(&[], Vec::as_slice)
    }

    /// Findings about an item.
    #[must_use]
    pub fn findings_of(&self, item: &str) -> &[&'a Finding] {
        self.findings_of.get(item).map_or(&[], Vec::as_slice)
    }

    /// Tasks about an item.
    #[must_use]
    pub fn tasks_of(&self, item: &str) -> &[&'a Task] {
        self.tasks_of.get(item).map_or(&[], Vec::as_slice)
    }

    /// Tasks that answer a finding.
    #[must_use]
    pub fn tasks_for(&self, finding: Id) -> &[&'a Task] {
        self.tasks_for.get(&finding).map_or(&[], Vec::as_slice)
    }

    /// Tasks whose effect a piece of evidence proves.
    #[must_use]
    pub fn tasks_proved_by(&self, evidence: Id) -> &[&'a Task] {
        self.tasks_proved_by.get(&evidence).map_or(&[], Vec::as_slice)
    }

    /// First and last day on which an item was assessed, in the report's time zone.
    #[must_use]
    pub fn assessed_days(&self) -> Option<(domain::Date, domain::Date)> {
        let zone = *self.input.generated_at.offset();
        let days = self.input.snapshot.answers.iter().filter(|a| a.verdict.is_some()).filter_map(|a| a.assessed_at);
        let days = days.map(|at| at.with_timezone(&zone).date_naive());
        days.fold(None, |range, day| match range {
            None => Some((day, day)),
            Some((from, to)) => Some((day.min(from), day.max(to))),
        })
    }

    /// What the gate says about `EV-0001`, `NC-01` or `T-001`.
    pub fn defects_of(&self, label: &str) -> impl Iterator<Item = &Defect> {
        self.defects_of.get(label).into_iter().flatten().map(|i| &self.defects[*i])
    }

    /// The evidence with this id.
    #[must_use]
    pub fn evidence(&self, id: Id) -> Option<&'a Evidence> {
        self.input.snapshot.evidence.iter().find(|e| e.id == id)
    }

    /// The finding with this id.
    #[must_use]
    pub fn finding(&self, id: Id) -> Option<&'a Finding> {
        self.input.snapshot.findings.iter().find(|f| f.id == id)
    }

    /// Findings of some grades.
    pub fn findings(&self, keep: impl Fn(Grade) -> bool) -> impl Iterator<Item = &'a Finding> {
        self.input.snapshot.findings.iter().filter(move |f| keep(f.grade))
    }

    /// Items with this verdict, in pack order; `None` = 未评估.
    pub fn items_with(&self, verdict: Option<Verdict>) -> impl Iterator<Item = &'a Item> {
        let snapshot = self.input.snapshot;
        self.input.pack.items.iter().filter(move |item| snapshot.verdict(&item.code) == verdict)
    }

    /// Whether a signature covers exactly what is printed here.
    #[must_use]
    pub fn covers(&self, sign_off: &SignOff) -> bool {
        !sign_off.withdrawn && sign_off.root == self.root || self.input.roots.are_covered_by(sign_off)
    }

    /// Key items: (all, those that are not conforming).
    #[must_use]
    pub fn key_items(&self) -> (usize, Vec<&'a Item>) {
        let keys: Vec<_> = self.input.pack.items.iter().filter(|i| i.key).collect();
        let failing = keys
            .iter()
            .copied()
            .filter(|i| {
                !matches!(self.input.snapshot.verdict(&i.code), Some(Verdict::Conform | Verdict::NotApplicable))
            })
            .collect();
        (keys.len(), failing)
    }

    fn spread_findings(&self) -> Vec<[u32; 5]> {
        let pack = self.input.pack;
        let mut spread = vec![[0; 5]; pack.domains.len()];
        for finding in &self.input.snapshot.findings {
            let Some(item) = pack.item(&finding.item) else { continue };
            let row = pack.domains.iter().position(|d| d.code == item.domain());
            let column = Grade::ALL.iter().position(|g| *g == finding.grade);
            if let (Some(row), Some(column)) = (row, column) {
                spread[row][column] += 1;
            }
        }
        spread
    }

    fn order_plan(&self) -> Vec<&'a Task> {
        let today = self.input.today;
        let mut plan: Vec<_> = self.input.snapshot.tasks.iter().collect();
        plan.sort_by_key(|t| {
            let group = if t.is_overdue(today) {
                0
            } else if t.state == TaskState::Closed {
                2
            } else {
                1
            };
            (group, t.due.is_none(), t.due, t.priority, t.number)
        });
        plan
    }

    fn compare(&self) -> Vec<Shift<'a>> {
        let Some(before) = &self.input.snapshot.predecessor else { return Vec::new() };
        let shift = |item: &'a Item| {
            let (was, is) = (before.verdicts.get(&item.code).copied(), self.input.snapshot.verdict(&item.code));
            Shift { item, before: was, after: is, trend: Trend::between(was, is, self.profile) }
        };
        self.input.pack.items.iter().map(shift).collect()
    }
}
