//! What the page can ask for. Each command is two or three lines: it names a use case and hands the open workspace to it.
//!
//! A new command is written in its area, and that is all: `build/commands.rs` finds it. Handler, permission and the page's bindings
//! follow from the list, and a test looks for the same name on the command line.

// Tauri hands arguments over by value.
#![allow(clippy::needless_pass_by_value)]

pub mod answers;
pub mod criteria;
pub mod evidence;
pub mod exports;
pub mod findings;
pub mod log;
pub mod paths;
pub mod program;
pub mod requests;
pub mod rounds;
pub mod sheet;
pub mod sign_offs;
pub mod tasks;
pub mod upkeep;
pub mod workbook;
pub mod workspace;

use crate::jobs::Progress;
use crate::state::BackupNews;
use app::domain::{Grade, Priority, TaskState, Verdict};
use tauri::ipc::Invoke;
use tauri::{Runtime, generate_handler};
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// Answers every command. The program itself knows nothing of their types: describing them all takes memory and a millisecond.
pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    every_command!(generate_handler)
}

/// What the page is told of its own accord.
#[must_use]
pub fn events<R: Runtime>() -> Builder<R> {
    Builder::new().events(collect_events![Progress, BackupNews])
}

/// All commands and events, with their types for the page.
#[must_use]
pub fn bindings<R: Runtime>() -> Builder<R> {
    events()
        // The page's one door (ipc.ts) turns a refusal into an exception with a code.
        .error_handling(ErrorHandlingMode::Throw)
        // Only values of the change log need it: they are JSON of any kind. Our own numbers are 32 bits wide.
        .dangerously_cast_bigints_to_number()
        // One type per noun: what may be left out on the way in is simply sent.
        .disable_serde_phases()
        // Where a task may go, in the order of the board: the page draws what the core will take.
        .constant("taskMoves", TaskState::ALL.map(|state| (state, state.next())))
        // What a new finding and a new task are taken for until somebody says otherwise.
        .constant("grades", Grade::ALL)
        .constant("proposedGrades", Verdict::ALL.map(|verdict| (verdict, Grade::proposed(Some(verdict)))))
        .constant("proposedGrade", Grade::proposed(None))
        .constant("priorities", Priority::ALL)
        .constant("proposedPriorities", Grade::ALL.map(|grade| (grade, Priority::for_grade(grade))))
        .constant("proposedPriority", Priority::default())
        .commands(every_command!(collect_commands))
}
