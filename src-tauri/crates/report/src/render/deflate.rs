//! Compression, beside the writing. A tagged report is a hundred thousand small numbers; what is won on them decides the
//! size of the file. The structure comes out an eighth smaller when the shortest parse is sought, page contents by a
//! sixtieth; that takes seven times as long, so only the structure and the fonts are worth it, and it is done by whoever
//! has nothing else to do.
//!
//! What comes out depends on what goes in and not on who did it when: streams keep the order in which they were given.

use crate::Error;
use libdeflater::{CompressionLvl, Compressor};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Scope, ScopedJoinHandle};

/// How hard to press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Not at all: the metadata packet must be readable without a PDF library.
    Not,
    /// Page contents, attachment and pictures.
    Well,
    /// Structure and fonts: a seventh of the speed.
    Hard,
}

/// Both levels, with their working memory.
struct Deflate {
    well: Compressor,
    hard: Compressor,
}

impl Deflate {
    /// Levels 9 and 10 of libdeflate: 9 is its last lazy one, from 10 on it seeks the shortest parse.
    fn new() -> Result<Self, Error> {
        let level = |n| CompressionLvl::new(n).map(Compressor::new).map_err(|_| Error::Pdf(format!("no level {n}")));
        Ok(Self { well: level(9)?, hard: level(10)? })
    }

    /// The bytes as a zlib stream; as they are when they are to stay or would not get shorter.
    fn press(&mut self, bytes: Cow<'_, [u8]>, press: Press) -> Result<Pressed, Error> {
        let compressor = match press {
            Press::Not => return Ok(Pressed { bytes: bytes.into_owned(), deflated: false }),
            Press::Well => &mut self.well,
            Press::Hard => &mut self.hard,
        };
        let mut out = vec![0; compressor.zlib_compress_bound(bytes.len())];
        let length = compressor.zlib_compress(&bytes, &mut out).map_err(|why| Error::Pdf(why.to_string()))?;
        if length >= bytes.len() {
            return Ok(Pressed { bytes: bytes.into_owned(), deflated: false });
        }
        out.truncate(length);
        out.shrink_to_fit();
        Ok(Pressed { bytes: out, deflated: true })
    }
}

/// Presses one stream here and now.
///
/// # Errors
/// Never: both levels exist, and the room asked for is the upper bound that the library names.
pub fn press<'a>(bytes: impl Into<Cow<'a, [u8]>>, press: Press) -> Result<Pressed, Error> {
    Deflate::new()?.press(bytes.into(), press)
}

/// A stream as it goes into the file.
pub struct Pressed {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether they are a zlib stream.
    pub deflated: bool,
}

/// Most bytes that wait: what is written comes faster than it is pressed where there are few cores.
const MOST_WAITING: usize = 2 << 20;

struct Job {
    place: usize,
    bytes: Vec<u8>,
    press: Press,
}

impl Job {
    fn pressed(self, with: &mut Result<Deflate, Error>) -> (usize, Result<Pressed, Error>) {
        let pressed = match with {
            Ok(deflate) => deflate.press(self.bytes.into(), self.press),
            Err(_) => Err(Error::Pdf("no compressor".to_owned())),
        };
        (self.place, pressed)
    }
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Job>,
    /// By place, from the first that was not fetched yet.
    done: VecDeque<Option<Result<Pressed, Error>>>,
    /// How many were fetched.
    fetched: usize,
    closed: bool,
}

impl State {
    fn set(&mut self, place: usize, pressed: Result<Pressed, Error>) {
        self.done[place - self.fetched] = Some(pressed);
    }
}

/// Streams that wait to be pressed, and those that are.
#[derive(Default)]
pub struct Desk {
    state: Mutex<State>,
    /// There is more to press, or nothing any more.
    more: Condvar,
    /// There is less to press.
    less: Condvar,
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works until the desk is closed and nothing waits.
    fn work(&self) {
        let mut deflate = Deflate::new();
        let mut state = self.lock();
        loop {
            if let Some(job) = state.waiting.pop_front() {
                drop(state);
                let (place, pressed) = job.pressed(&mut deflate);
                state = self.lock();
                state.set(place, pressed);
                self.less.notify_one();
            } else if state.closed {
                return;
            } else {
                state = self.more.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

/// Those who press what lies on a desk.
pub struct Crew<'scope> {
    desk: &'scope Desk,
    /// Tools of the one who gives, made when they are needed.
    own: Option<Result<Deflate, Error>>,
    hands: Vec<ScopedJoinHandle<'scope, ()>>,
    is_thrifty: bool,
}

impl<'scope> Crew<'scope> {
    /// Leaves one core to the writer, and takes no more than three others: there is not more to do. A thrifty one presses with one
    /// pair of hands: the tools of each take ten megabytes.
    pub fn start<'env>(scope: &'scope Scope<'scope, 'env>, desk: &'env Desk, is_thrifty: bool) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let most = if is_thrifty { 2 } else { 4 };
        let hands = (1..cores.clamp(2, most)).map(|_| scope.spawn(|| desk.work())).collect();
        Self { desk, own: None, hands, is_thrifty }
    }

    /// Lays a stream on the desk, and helps while there is too much on it, or waits.
    pub fn give(&mut self, bytes: Vec<u8>, press: Press) {
        let mut state = self.desk.lock();
        let place = state.fetched + state.done.len();
        state.done.push_back(None);
        state.waiting.push_back(Job { place, bytes, press });
        let lying = |state: &State| state.waiting.iter().map(|job| job.bytes.len()).sum::<usize>();
        if self.is_thrifty {
            self.desk.more.notify_one();
            let waited = self.desk.less.wait_while(state, |state| lying(state) > MOST_WAITING);
            return drop(waited.unwrap_or_else(PoisonError::into_inner));
        }
        let mut waiting = lying(&state);
        while waiting > MOST_WAITING
            && let Some(job) = state.waiting.pop_front()
        {
            waiting -= job.bytes.len();
            drop(state);
            let own = self.own.get_or_insert_with(Deflate::new);
            let (place, pressed) = job.pressed(own);
            state = self.desk.lock();
            state.set(place, pressed);
        }
        drop(state);
        self.desk.more.notify_one();
    }

    /// Takes a stream that is pressed already.
    pub fn take(&self, pressed: Pressed) {
        self.desk.lock().done.push_back(Some(Ok(pressed)));
    }

    /// Hands out what is pressed, in the order of places, as far as nothing before it is missing.
    pub fn fetch(&self) -> Vec<Pressed> {
        let mut state = self.desk.lock();
        let mut pressed = Vec::new();
        // What failed is met by the one who ends it.
        while let Some(Some(Ok(next))) = state.done.pop_front_if(|done| matches!(done, Some(Ok(_)))) {
            state.fetched += 1;
            pressed.push(next);
        }
        pressed
    }

    /// Helps or waits until everything is pressed, and hands out what was not fetched yet.
    ///
    /// # Errors
    /// When something could not be pressed.
    pub fn finish(&mut self) -> Result<Vec<Pressed>, Error> {
        self.close();
        if !self.is_thrifty {
            self.desk.work();
        }
        for hand in self.hands.drain(..) {
            hand.join().map_err(|_| Error::Pdf("a stream was not compressed".to_owned()))?;
        }
        let mut state = self.desk.lock();
        let lost = || Err(Error::Pdf("a stream was not compressed".to_owned()));
        std::mem::take(&mut state.done).into_iter().map(|pressed| pressed.unwrap_or_else(lost)).collect()
    }

    fn close(&self) {
        self.desk.lock().closed = true;
        self.desk.more.notify_all();
    }
}

impl Drop for Crew<'_> {
    fn drop(&mut self) {
        // Whoever gives up half-way takes back what waits, so that nobody works for nothing.
        self.desk.lock().waiting.clear();
        self.close();
    }
}
