//! What changed in the criteria since the last round.

use domain::CriteriaPack;
use domain::pack::Item;

/// One item that is not what it was.
#[derive(Clone, Copy, Debug)]
pub enum ItemChange<'a> {
    /// It is new.
    Added(&'a Item),
    /// It is gone.
    Withdrawn(&'a Item),
    /// Same code, other words: before, now.
    Reworded(&'a Item, &'a Item),
}

/// What a verdict was given on. Expected evidence, methods and cross-references only help to find it.
fn asks_the_same(before: &Item, now: &Item) -> bool {
    before.title == now.title
        && before.requirement == now.requirement
        && before.check_points == now.check_points
        && before.key == now.key
}

/// Items that are new or reworded in the order of `now`, then those that are gone.
#[must_use]
pub fn changes<'a>(before: &'a CriteriaPack, now: &'a CriteriaPack) -> Vec<ItemChange<'a>> {
    let of_now = now.items.iter().filter_map(|item| match before.item(&item.code) {
        None => Some(ItemChange::Added(item)),
        Some(old) if !asks_the_same(old, item) => Some(ItemChange::Reworded(old, item)),
        Some(_) => None,
    });
    let gone = before.items.iter().filter(|old| now.item(&old.code).is_none()).map(ItemChange::Withdrawn);
    of_now.chain(gone).collect()
}
