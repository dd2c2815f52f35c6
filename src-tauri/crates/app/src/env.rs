//! What comes from outside: the time, fresh ids, the actor.

use chrono::{DateTime, FixedOffset, Local, Utc};
use domain::{Date, Id, Instant};
use std::sync::Arc;

/// The world as a use case sees it. Tests hand in their own.
#[derive(Clone)]
pub struct Env {
    /// Who acts; goes into the change log.
    pub actor: String,
    now: Arc<dyn Fn() -> DateTime<FixedOffset> + Send + Sync>,
    id: Arc<dyn Fn() -> Id + Send + Sync>,
}

impl Env {
    /// The real clock and random version 7 ids.
    #[must_use]
    pub fn real(actor: &str) -> Self {
        Self::of(actor, || Local::now().fixed_offset(), Id::now_v7)
    }

    /// A world made of the given clock and id source.
    pub fn of(
        actor: &str,
        now: impl Fn() -> DateTime<FixedOffset> + Send + Sync + 'static,
        id: impl Fn() -> Id + Send + Sync + 'static,
    ) -> Self {
        Self { actor: actor.to_owned(), now: Arc::new(now), id: Arc::new(id) }
    }

    /// Local time with its offset, cut to the millisecond that the store keeps.
    #[must_use]
    pub fn local(&self) -> DateTime<FixedOffset> {
        let now = (self.now)();
        DateTime::from_timestamp_millis(now.timestamp_millis())
            .map_or(now, |utc: DateTime<Utc>| utc.with_timezone(now.offset()))
    }

    /// The same moment in UTC.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.local().with_timezone(&Utc)
    }

    /// Today where the user sits: due dates are meant in local time.
    #[must_use]
    pub fn today(&self) -> Date {
        self.local().date_naive()
    }

    /// A fresh id.
    #[must_use]
    pub fn id(&self) -> Id {
        (self.id)()
    }
}
