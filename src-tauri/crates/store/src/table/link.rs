//! Table `link`.

use crate::row::{Stored, Table, flag, text};
use domain::{Entity, Link};

impl Stored for Link {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Link,
    &[text("evidence"), text("assessment"), text("item"), text("locator"), flag("withdrawn")],
    &["evidence", "item"],
);
