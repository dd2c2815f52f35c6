//! How a report was made: everything that enters it besides the snapshot, the criteria and the program. Attached to the
//! report, so that anybody can make it again and compare.

use crate::layout::display::Picture;
use crate::{Error, Input, Layout, Options, SectionId};
use chrono::{DateTime, FixedOffset};
use domain::pack::Item;
use domain::snapshot::sha256_hex;
use domain::{CriteriaPack, Date, FileState, Id, Lang, ReportRecord, Roots, SignOff, Snapshot};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Format number of the recipe; readers refuse another one.
const FORMAT: u32 = 1;

/// Version of this program, which decides what is made of a recipe.
pub const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What [`Input`] and [`Options`] hold, without what the other attachments tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    format: u32,
    /// Version of the program that made the report.
    pub program: String,
    /// Root of the snapshot: a recipe belongs to one.
    root: String,
    /// SHA-256 of the criteria.
    pub criteria: String,
    /// SHA-256 of the criteria of the round before, if they were others.
    pub last_criteria: Option<String>,
    /// Items that the criteria no longer hold: they are in no other attachment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    archived: Vec<Item>,
    number: String,
    generated_at: DateTime<FixedOffset>,
    today: Date,
    layout: Layout,
    lang: Lang,
    draft: bool,
    sections: Option<BTreeSet<SectionId>>,
    /// The logo is in the file as a picture; the one that was chosen may hold more than is shown, and stays at home.
    pub logo: Option<Logo>,
    sign_offs: Vec<SignOff>,
    /// State of the snapshot's evidence, in its order, equal ones counted: 20,000 files are one entry.
    files: Vec<(Option<FileState>, u32)>,
    history: Vec<ReportRecord>,
    distribution: Vec<String>,
    roots: Roots,
}

/// Identity of a logo as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    width: u32,
    height: u32,
    /// Of its bytes in RGB.
    sha256: String,
}

impl Logo {
    /// Identity of a picture.
    #[must_use]
    pub fn of(picture: &Picture) -> Self {
        Self { width: picture.width, height: picture.height, sha256: sha256_hex(&picture.rgb) }
    }
}

impl Recipe {
    /// What a report is made from. Nothing of `input` may be left out here, or the report could not be made again.
    #[must_use]
    pub fn new(input: &Input<'_>, options: &Options, logo: Option<&Picture>, root: &str, program: &str) -> Self {
        let Input {
            pack,
            snapshot,
            last_pack,
            archived,
            sign_offs,
            files,
            today,
            generated_at,
            number,
            history,
            distribution,
            roots,
            texts: _,
        } = *input;
        let Options { layout, lang, logo: _, draft, sections } = options;
        Self {
            format: FORMAT,
            program: program.to_owned(),
            root: root.to_owned(),
            criteria: pack.sha256.clone(),
            last_criteria: last_pack.map(|last| last.sha256.clone()),
            archived: archived.to_vec(),
            number: number.to_owned(),
            generated_at,
            today,
            layout: *layout,
            lang: *lang,
            draft: *draft,
            sections: sections.clone(),
            logo: logo.map(Logo::of),
            sign_offs: sign_offs.to_vec(),
            files: counted(snapshot, files),
            history: history.iter().map(as_printed).collect(),
            distribution: distribution.to_vec(),
            roots: roots.clone(),
        }
    }

    /// Reads a recipe; `None` when it is none, or of another format.
    #[must_use]
    pub fn read(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok().filter(|recipe: &Self| recipe.format == FORMAT)
    }

    /// The attached text.
    ///
    /// # Errors
    /// Never: all of it can be written as JSON.
    pub fn json(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|why| Error::Pdf(why.to_string()))
    }

    /// Whether it belongs to the snapshot with this root.
    #[must_use]
    pub fn is_of(&self, root: &str) -> bool {
        self.root == root
    }

    /// Hands out what the recipe and the other attachments say as the input that the report was made from.
    pub fn with<T>(
        &self,
        snapshot: &Snapshot,
        pack: &CriteriaPack,
        last_pack: Option<&CriteriaPack>,
        texts: &[String],
        make: impl FnOnce(&Input<'_>, &Options) -> T,
    ) -> T {
        let files = states_of(snapshot, &self.files);
        let input = Input {
            pack,
            snapshot,
            last_pack,
            archived: &self.archived,
            sign_offs: &self.sign_offs,
            files: &files,
            today: self.today,
            generated_at: self.generated_at,
            number: &self.number,
            history: &self.history,
            distribution: &self.distribution,
            roots: &self.roots,
            texts,
        };
        let options = Options {
            layout: self.layout,
            lang: self.lang,
            logo: None,
            draft: self.draft,
            sections: self.sections.clone(),
        };
        make(&input, &options)
    }
}

/// An earlier report, without what no page says of it: its file's name may tell more than its reader should know.
fn as_printed(record: &ReportRecord) -> ReportRecord {
    ReportRecord { id: Id::nil(), pdf_sha256: String::new(), file_name: String::new(), ..record.clone() }
}

fn counted(snapshot: &Snapshot, files: &BTreeMap<Id, FileState>) -> Vec<(Option<FileState>, u32)> {
    let mut list: Vec<(Option<FileState>, u32)> = Vec::new();
    for evidence in &snapshot.evidence {
        let state = files.get(&evidence.id).copied();
        match list.last_mut() {
            Some((last, count)) if *last == state => *count += 1,
            _ => list.push((state, 1)),
        }
    }
    list
}

fn states_of(snapshot: &Snapshot, list: &[(Option<FileState>, u32)]) -> BTreeMap<Id, FileState> {
    let states = list.iter().flat_map(|(state, count)| std::iter::repeat_n(*state, *count as usize));
    snapshot.evidence.iter().zip(states).filter_map(|(evidence, state)| Some((evidence.id, state?))).collect()
}
