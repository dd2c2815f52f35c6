//! Items that fall short, worst first: what the report and the overview begin with.

use crate::pack::Item;
use crate::{CriteriaPack, Finding, Grade, Snapshot, Verdict};
use std::collections::HashMap;

/// An item that falls short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap<'a> {
    /// The item.
    pub item: &'a Item,
    /// The gravest of its findings.
    pub finding: Option<&'a Finding>,
}

/// All of them: key items first, then 不符合 before 部分符合, then by the gravest finding, then in the order of the criteria.
#[must_use]
pub fn gaps<'a>(pack: &'a CriteriaPack, snapshot: &'a Snapshot) -> Vec<Gap<'a>> {
    let mut gravest: HashMap<&str, &Finding> = HashMap::new();
    for finding in &snapshot.findings {
        let held = gravest.entry(&finding.item).or_insert(finding);
        if finding.grade < held.grade {
            *held = finding;
        }
    }
    let mut ranked = Vec::new();
    for item in &pack.items {
        let is_partial = match snapshot.verdict(&item.code) {
            Some(Verdict::Nonconform) => false,
            Some(Verdict::Partial) => true,
            Some(Verdict::Conform | Verdict::NotApplicable) | None => continue,
        };
        let finding = gravest.get(item.code.as_str()).copied();
        let grade = finding.map_or(Grade::ALL.len(), |f| f.grade as usize);
        ranked.push(((!item.key, is_partial, grade), Gap { item, finding }));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, gap)| gap).collect()
}
