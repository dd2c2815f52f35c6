//! The report is made again from what is attached to it, and compared with what is there.

use super::attached;
use super::objects::{MOST_BYTES, Objects};
use super::prints::{Page, Prints};
use crate::layout::display::Picture;
use crate::recipe::{Logo, PROGRAM, Recipe};
use crate::render::{CRITERIA, Out, RECIPE, RECIPE_KEY, image_name};
use domain::snapshot::sha256_hex;
use domain::{CriteriaPack, Sealed, Snapshot};
use lopdf::{Object, decode_text_string};
use serde::Serialize;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Looks up criteria by their SHA-256.
pub type Criteria<'a> = &'a mut dyn FnMut(&str) -> Option<Arc<CriteriaPack>>;

/// How the pages of a report compare with those made of its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pages {
    /// The file is, byte for byte, the report that is made of its data.
    Same,
    /// Another program has saved the file; everything in it is what is made of its data.
    Resaved,
    /// Something is not what is made of its data.
    Differ(Difference),
    /// Not compared: another version of this program made it. Which one; empty when the file does not say.
    OtherVersion(String),
    /// Not compared: nobody here has the criteria with this SHA-256.
    NoCriteria(String),
}

/// What is not what is made of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Numbers of pages of the file that differ or should not be there.
    pub pages: Vec<u32>,
    /// Numbers of pages that should be there and are not.
    pub missing: Vec<u32>,
    /// Names of other parts: entries of the catalog, `Info`, `report.json`.
    pub parts: Vec<String>,
}

/// What a file says of how it was made.
pub struct Claims {
    maker: String,
    /// SHA-256 of the recipe, from the document information.
    recipe_sha256: Option<String>,
    recipe: Option<Vec<u8>>,
    /// Attached criteria.
    texts: Vec<String>,
    logo: Option<Picture>,
}

impl Claims {
    /// Reads it.
    pub fn of(objects: &Objects<'_>) -> Self {
        let recipe = attached::file(objects, RECIPE).ok();
        let logo = recipe.as_deref().and_then(Recipe::read).and_then(|recipe| picture(objects, recipe.logo.as_ref()?));
        let recipe_sha256 = info(objects, RECIPE_KEY);
        Self { maker: maker(objects), recipe_sha256, recipe, texts: attached::texts(objects, CRITERIA), logo }
    }
}

/// Compares the pages of a report with those made of its snapshot, which lies in it `sealed`.
pub fn compare(pdf: &[u8], claims: Claims, snapshot: &Snapshot, sealed: Sealed, criteria: Criteria<'_>) -> Pages {
    let Claims { maker, recipe_sha256, recipe, texts, logo } = claims;
    let differ = |difference: Difference| {
        // What another version makes of the same data is not known here.
        if maker == PROGRAM { Pages::Differ(difference) } else { Pages::OtherVersion(maker.clone()) }
    };
    let no_recipe = || Difference { parts: vec![RECIPE.to_owned()], ..Difference::default() };
    let recipe = match (recipe, recipe_sha256) {
        // Reports of 0.1.0 have none.
        (None, None) => return differ(no_recipe()),
        (Some(json), Some(hash)) if sha256_hex(&json) == hash => Recipe::read(&json).filter(|r| r.is_of(sealed.root())),
        _ => return Pages::Differ(no_recipe()),
    };
    let Some(recipe) = recipe else { return differ(no_recipe()) };
    let mut pack = |sha256: &str| {
        let own = texts.iter().find(|text| sha256_hex(text.as_bytes()) == sha256);
        match own.and_then(|text| CriteriaPack::parse(text.as_bytes()).ok()) {
            Some(own) => Ok(Arc::new(own)),
            None => criteria(sha256).ok_or_else(|| Pages::NoCriteria(sha256.to_owned())),
        }
    };
    let packs =
        pack(&recipe.criteria).and_then(|now| Ok((now, recipe.last_criteria.as_deref().map(&mut pack).transpose()?)));
    let (now, last) = match packs {
        Ok(packs) => packs,
        Err(refusal) => return refusal,
    };
    if recipe.logo.is_some() != logo.is_some() {
        return differ(Difference { pages: vec![1], ..Difference::default() });
    }
    let mut made = Made { like: pdf, same: 0, own: None };
    let drawn = recipe.with(snapshot, &now, last.as_deref(), &texts, |input, options| {
        let on = &mut |_| ControlFlow::Continue(());
        crate::draw(input, sealed, options, logo.as_ref(), &recipe.program, &mut made, on)
    });
    match (drawn, made.other()) {
        (Ok(_), None) => Pages::Same,
        (Ok(_), Some(made)) => match difference(&made, pdf) {
            None => Pages::Resaved,
            Some(difference) => differ(difference),
        },
        (Err(_), _) => differ(no_recipe()),
    }
}

/// The file that is made again. It is kept only once it is another one than the file at hand.
struct Made<'a> {
    like: &'a [u8],
    /// How many bytes are the same.
    same: usize,
    own: Option<Vec<u8>>,
}

impl Out for Made<'_> {
    fn write(&mut self, bytes: &[u8]) {
        if self.own.is_none() && self.like[self.same..].starts_with(bytes) {
            self.same += bytes.len();
        } else {
            self.own.get_or_insert_with(|| self.like[..self.same].to_vec()).extend_from_slice(bytes);
        }
    }

    fn is_thrifty(&self) -> bool {
        true
    }
}

impl Made<'_> {
    /// What was made, unless it is the same.
    fn other(self) -> Option<Vec<u8>> {
        let Self { like, same, own } = self;
        own.or_else(|| (same < like.len()).then(|| like[..same].to_vec()))
    }
}

/// Which version of this program made the file, as far as it says so.
fn maker(objects: &Objects<'_>) -> String {
    let producer = info(objects, "Producer").unwrap_or_default();
    let version = producer.strip_prefix("Beishen report ").and_then(|rest| rest.split(' ').next());
    version.unwrap_or_default().to_owned()
}

/// An entry of the document information.
pub fn info(objects: &Objects<'_>, key: &str) -> Option<String> {
    let info = objects.dictionary(objects.trailer(), b"Info")?;
    decode_text_string(&objects.entry(&info, key.as_bytes())?).ok()
}

/// The logo in the file, when it is the one that the recipe names.
fn picture(objects: &Objects<'_>, logo: &Logo) -> Option<Picture> {
    let (_, page) = objects.pages().into_iter().next()?;
    let drawn = objects.dictionary(&objects.dictionary(&page, b"Resources")?, b"XObject")?;
    let Object::Stream(image) = objects.entry(&drawn, image_name(0).as_bytes())? else { return None };
    let side = |key| image.dict.get(key).and_then(Object::as_i64).ok().and_then(|side| u32::try_from(side).ok());
    let rgb = image.get_plain_content_with_limit(MOST_BYTES).ok()?;
    let picture = Picture { width: side(b"Width")?, height: side(b"Height")?, rgb };
    (Logo::of(&picture) == *logo).then_some(picture)
}

fn difference(made: &[u8], found: &[u8]) -> Option<Difference> {
    let made = Prints::of(&Objects::open(made).ok()?);
    let found = Prints::of(&Objects::open(found).ok()?);
    let (pages, missing) = differing(&made.pages, &found.pages);
    let keys: std::collections::BTreeSet<&String> = made.parts.keys().chain(found.parts.keys()).collect();
    let parts: Vec<String> =
        keys.into_iter().filter(|key| made.parts.get(*key) != found.parts.get(*key)).cloned().collect();
    let difference = Difference { pages, missing, parts };
    (difference != Difference::default()).then_some(difference)
}

/// Numbers of found pages that are not what they should be, and of pages that should be there. When the numbers of pages
/// differ, those at the beginning and at the end that look the same are taken for the same.
fn differing(made: &[Page], found: &[Page]) -> (Vec<u32>, Vec<u32>) {
    let numbers = |range: std::ops::Range<usize>| range.map(|n| u32::try_from(n + 1).unwrap_or(u32::MAX)).collect();
    if made.len() == found.len() {
        let differ = |n: &usize| made[*n] != found[*n];
        return ((0..made.len()).filter(differ).flat_map(|n| -> Vec<u32> { numbers(n..n + 1) }).collect(), Vec::new());
    }
    let same = |(made, found): &(&Page, &Page)| made.drawn == found.drawn;
    let first = made.iter().zip(found).take_while(same).count();
    let last = made[first..].iter().rev().zip(found[first..].iter().rev()).take_while(same).count();
    (numbers(first..found.len() - last), numbers(first..made.len() - last))
}
