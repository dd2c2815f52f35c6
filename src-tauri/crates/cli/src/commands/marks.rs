//! `mark`, `mark-each`, `review`.

use super::Context;
use super::changed::changed;
use crate::args::{Mark, MarkEach, Review, Setting};
use crate::output::{Failure, Outcome};
use app::answers::{self, AnswerPatch, ItemPatch};
use std::path::Path;

pub fn mark(context: &Context, mark: Mark) -> Result<Outcome, Failure> {
    let (mut session, round) = context.open(&mark.dir)?;
    let patch = AnswerPatch {
        verdict: if let Setting::To(verdict) = mark.verdict { Some(verdict) } else { None },
        clear: mark.verdict == Setting::Clear,
        note: mark.note,
        reason: mark.reason,
        ticks: mark.ticks,
        ..AnswerPatch::default()
    };
    let update = answers::mark(&mut session, round, &mark.codes, &patch)?;
    changed(context, session, round, &update)
}

pub fn mark_each(context: &Context, wanted: &MarkEach) -> Result<Outcome, Failure> {
    let patches = patches(&wanted.file)?;
    let (mut session, round) = context.open(&wanted.dir)?;
    let update = answers::mark_each(&mut session, round, &patches)?;
    changed(context, session, round, &update)
}

fn patches(file: &Path) -> Result<Vec<ItemPatch>, Failure> {
    let unread = |source| app::Error::File { path: file.display().to_string(), source };
    let text =
        if file == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(file) };
    serde_json::from_str(&text.map_err(unread)?).map_err(|error| {
        let expected = (
            format!("应为 JSON 数组 [{{\"item\":…,\"patch\":{{…}}}}]（{error}）"),
            format!("must be a JSON array [{{\"item\":…,\"patch\":{{…}}}}] ({error})"),
        );
        app::Error::Field { field: "评估记录", expected: expected.into() }.into()
    })
}

pub fn review(context: &Context, review: Review) -> Result<Outcome, Failure> {
    let (mut session, round) = context.open(&review.dir)?;
    let patch = AnswerPatch { review: Some(review.state), review_note: review.note, ..AnswerPatch::default() };
    let update = answers::mark(&mut session, round, &review.codes, &patch)?;
    changed(context, session, round, &update)
}
