//! What comes from outside: the time, fresh ids, the actor.

use chrono::{DateTime, FixedOffset, Local, Utc};
use domain::{Date, Id, Instant};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

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
        Self::of(actor, || moment(SystemTime::now()), || id_at(SystemTime::now()))
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

/// Chrono's own way to the time gives up before 1970, where a clock with an empty battery may well be.
fn moment(clock: SystemTime) -> DateTime<FixedOffset> {
    DateTime::<Local>::from(clock).fixed_offset()
}

/// A version 7 id; one of before 1970 begins with zeros.
fn id_at(clock: SystemTime) -> Id {
    if clock >= UNIX_EPOCH {
        return Id::now_v7();
    }
    let random = Id::new_v4().into_bytes();
    // Without the bytes in which a random id says that it is one.
    let [a, b, c, d, e, f, _, g, _, h, i, j, ..] = random;
    uuid::Builder::from_unix_timestamp_millis(0, &[a, b, c, d, e, f, g, h, i, j]).into_uuid()
}

/// The user of the operating system: by any of the names it goes by, or by its number.
#[must_use]
pub fn os_user() -> String {
    named(&["USER", "USERNAME", "LOGNAME"]).or_else(account).unwrap_or_else(|| "本机用户".to_owned())
}

/// The name of this machine; empty when it has none.
#[must_use]
pub fn os_host() -> String {
    named(&["HOSTNAME", "COMPUTERNAME"]).or_else(node).unwrap_or_default()
}

fn named(variables: &[&str]) -> Option<String> {
    variables.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.trim().is_empty())
}

/// The name in the list of accounts; the number of one that the system keeps elsewhere.
#[cfg(unix)]
fn account() -> Option<String> {
    let number = rustix::process::getuid().as_raw().to_string();
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let mut fields = accounts.lines().map(|line| line.split(':'));
    let name = fields.find_map(|mut of| of.next().filter(|_| of.nth(1) == Some(&number)));
    Some(name.map_or_else(|| format!("uid {number}"), str::to_owned))
}

#[cfg(unix)]
fn node() -> Option<String> {
    Some(rustix::system::uname().nodename().to_string_lossy().into_owned())
}

#[cfg(not(unix))]
fn account() -> Option<String> {
    None
}

#[cfg(not(unix))]
fn node() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{UNIX_EPOCH, id_at, moment};
    use std::time::Duration;

    #[test]
    fn a_clock_before_1970_is_a_time_like_any_other() {
        let clock = UNIX_EPOCH - Duration::from_secs(86_400);
        assert_eq!(moment(clock).timestamp(), -86_400);
        let (one, other) = (id_at(clock), id_at(clock));
        assert_eq!((one.get_version_num(), other.get_version_num()), (7, 7));
        assert_ne!(one, other);
    }
}
