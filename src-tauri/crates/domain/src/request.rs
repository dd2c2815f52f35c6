//! The request list (迎审资料清单): who hands in what by when. It follows from the expected evidence of the items that apply.

use crate::pack::Item;
use crate::search::fold;
use crate::{CriteriaPack, Date, Keeper, Lang, Paper, Snapshot, Term, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A paper that is asked for, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Request {
    /// Its number, `XC3-05.2`: the first item of the criteria that names it, and where. It stays the same whatever applies.
    pub paper: String,
    /// What it is called.
    pub title: String,
    /// The same in English; Chinese where the criteria have none.
    pub title_en: String,
    /// Section of the first item that needs it: whoever keeps that section's papers hands it in.
    pub section: String,
    /// The department; empty where nobody was named.
    pub department: String,
    /// The same in English, where the criteria know it.
    pub department_en: String,
    /// The person; may be empty.
    pub owner: String,
    /// Until when.
    pub due: Option<Date>,
    /// Codes of the items that need it, those that do not apply left out.
    pub items: Vec<String>,
    /// Numbers of the evidence that these items have already.
    pub evidence: Vec<u32>,
    /// Where it stands.
    pub standing: Standing,
    /// The day on which it was handed in.
    pub handed_in: Option<Date>,
    /// A remark.
    pub note: String,
}

/// Where a paper stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// 未交
    Open,
    /// 已见: not handed in, but ticked in every item that needs it.
    Seen,
    /// 已交
    HandedIn,
}

impl Standing {
    /// What it is called.
    #[must_use]
    pub const fn term(self) -> Term {
        match self {
            Self::Open => Term { chinese: "未交", english: "Not yet" },
            Self::Seen => Term { chinese: "已见到", english: "Seen" },
            Self::HandedIn => Term { chinese: "已交", english: "Handed in" },
        }
    }
}

impl Request {
    /// What it is called in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title, &self.title_en)
    }

    /// The department in a language.
    #[must_use]
    pub fn department(&self, lang: Lang) -> &str {
        lang.pick(&self.department, &self.department_en)
    }
}

/// A name as names are compared: no matter its width, capitals and blanks.
fn normal(name: &str) -> String {
    fold(name).split_whitespace().collect()
}

/// What is asked for, by department in the order of the criteria, then by person and number.
#[must_use]
pub fn requests(pack: &CriteriaPack, snapshot: &Snapshot, keepers: &[Keeper], papers: &[Paper]) -> Vec<Request> {
    let keepers: HashMap<&str, &Keeper> = keepers.iter().map(|k| (k.section.as_str(), k)).collect();
    let papers: HashMap<&str, &Paper> = papers.iter().map(|p| (p.paper.as_str(), p)).collect();
    let mut evidence: HashMap<&str, Vec<u32>> = HashMap::new();
    for (item, linked) in snapshot.evidence_by_item() {
        evidence.entry(item).or_default().extend(linked.into_iter().map(|(e, _)| e.number));
    }
    let mut found: Vec<Request> = Vec::new();
    for Named { number: key, uses, .. } in named(pack) {
        let applying: Vec<_> =
            uses.iter().filter(|(item, _)| snapshot.verdict(&item.code) != Some(Verdict::NotApplicable)).collect();
        let Some((first, at)) = applying.first() else { continue };
        let is_seen = |(item, at): &&(&Item, usize)| {
            snapshot.answer(&item.code).is_some_and(|answer| answer.ticks.contains(&item.evidence[*at]))
        };
        let noted = papers.get(key.as_str());
        let handed_in = noted.and_then(|paper| paper.handed_in);
        let keeper = keeper(pack, keepers.get(first.section()).copied(), first.section());
        let mut numbers: Vec<u32> =
            applying.iter().filter_map(|(item, _)| evidence.get(item.code.as_str())).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        found.push(Request {
            title: first.evidence[*at].clone(),
            title_en: first.evidence_en.get(*at).unwrap_or(&first.evidence[*at]).clone(),
            section: first.section().to_owned(),
            department_en: english(pack, &keeper.department).to_owned(),
            department: keeper.department,
            owner: keeper.owner,
            due: keeper.due,
            items: applying.iter().map(|(item, _)| item.code.clone()).collect(),
            evidence: numbers,
            standing: match handed_in {
                Some(_) => Standing::HandedIn,
                None if applying.iter().all(is_seen) => Standing::Seen,
                None => Standing::Open,
            },
            handed_in,
            note: noted.map(|paper| paper.note.clone()).unwrap_or_default(),
            paper: key,
        });
    }
    let rank = |name: &str| pack.departments.iter().position(|d| d.title == name).unwrap_or(usize::MAX);
    let order = |r: &Request| (r.department.is_empty(), rank(&r.department), r.department.clone(), r.owner.clone());
    // Stable: within a person's papers the order is that of the criteria.
    found.sort_by_cached_key(order);
    found
}

/// A paper that the criteria name.
struct Named<'a> {
    number: String,
    /// As names are compared.
    name: String,
    /// The items that name it, and where.
    uses: Vec<(&'a Item, usize)>,
}

/// Every paper that the criteria name.
fn named(pack: &CriteriaPack) -> Vec<Named<'_>> {
    let same: HashMap<String, String> = pack
        .pack
        .same_papers
        .iter()
        .filter_map(|names| Some((names, normal(names.first()?))))
        .flat_map(|(names, first)| names.iter().map(move |name| (normal(name), first.clone())))
        .collect();
    let mut place: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<Named<'_>> = Vec::new();
    for item in &pack.items {
        for (at, name) in item.evidence.iter().enumerate() {
            let name = normal(name);
            let name = same.get(&name).cloned().unwrap_or(name);
            let index = *place.entry(name.clone()).or_insert_with(|| {
                found.push(Named { number: format!("{}.{}", item.code, at + 1), name, uses: Vec::new() });
                found.len() - 1
            });
            found[index].uses.push((item, at));
        }
    }
    found
}

/// Whether the criteria have a paper of this number.
#[must_use]
pub fn is_known(pack: &CriteriaPack, paper: &str) -> bool {
    named(pack).iter().any(|known| known.number == paper)
}

/// The numbers that papers have in other criteria, by those they have in these; what is asked for no more has none.
#[must_use]
pub fn renumbered(from: &CriteriaPack, to: &CriteriaPack) -> HashMap<String, String> {
    let now: HashMap<String, String> = named(to).into_iter().map(|paper| (paper.name, paper.number)).collect();
    named(from).into_iter().filter_map(|paper| Some((paper.number, now.get(&paper.name)?.clone()))).collect()
}

/// Who hands in the papers of a section: as it was said, else as the criteria propose.
#[must_use]
pub fn keeper(pack: &CriteriaPack, said: Option<&Keeper>, section: &str) -> Keeper {
    said.cloned().unwrap_or_else(|| Keeper {
        assessment: crate::Id::nil(),
        section: section.to_owned(),
        department: pack.section(section).map(|s| s.department.clone()).unwrap_or_default(),
        owner: String::new(),
        due: None,
        withdrawn: false,
    })
}

/// The name of a department in English, where the criteria know it.
#[must_use]
pub fn english<'a>(pack: &'a CriteriaPack, department: &'a str) -> &'a str {
    let known = pack.departments.iter().find(|d| d.title == department && !d.title_en.is_empty());
    known.map_or(department, |d| &d.title_en)
}
