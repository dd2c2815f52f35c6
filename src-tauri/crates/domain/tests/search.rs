//! The search finds what the page's search finds: one table for both (`ui/src/lib/search.test.ts` reads it too).

#![allow(clippy::unwrap_used, missing_docs)]

use domain::search::{Hit, Search, fold};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    query: String,
    text: String,
    hit: Option<String>,
}

#[test]
fn the_table_that_the_page_is_held_to_holds() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../../../ui/src/lib/search.cases.json")).unwrap();
    for Case { query, text, hit } in cases {
        let wanted = hit.map(|hit| if hit == "exact" { Hit::Exact } else { Hit::Folded });
        assert_eq!(Search::new(&query).hit(&[&text]), wanted, "{query:?} in {text:?}");
        assert_eq!(fold(&fold(&text)), fold(&text), "{text}");
    }
}

#[test]
fn words_may_stand_in_several_texts_and_what_is_exact_comes_first() {
    let search = Search::new("GH1 录音");
    assert_eq!(search.hit(&["GH1-01", "抽查录音"]), Some(Hit::Exact));
    assert_eq!(search.hit(&["gh1-01", "抽查录音"]), Some(Hit::Folded));
    assert_eq!(search.hit(&["GH1-01", "抽查工单"]), None);
    assert!(Hit::Exact < Hit::Folded);
}
