//! What the page can ask for. Each command is two or three lines: it names a use case and hands the open workspace to it.
//!
//! A new command is written in its area, added to [`names::COMMANDS`], to `every_command` below and to `capabilities/main.json`;
//! tests compare the four.

// Tauri hands arguments over by value.
#![allow(clippy::needless_pass_by_value)]

pub mod answers;
pub mod evidence;
pub mod exports;
pub mod findings;
pub mod log;
/// The names of all commands.
pub mod names;
pub mod paths;
pub mod program;
pub mod rounds;
pub mod sign_offs;
pub mod tasks;
pub mod upkeep;
pub mod workspace;

use crate::jobs::Progress;
use crate::state::BackupNews;
use tauri::ipc::Invoke;
use tauri::{Runtime, generate_handler};
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

macro_rules! every_command {
    ($given_to:ident) => {
        $given_to![
            program::about,
            program::settings,
            program::save_settings,
            program::recent_workspaces,
            program::frontend_error,
            program::boot_timing,
            program::cancel_job,
            paths::pick_folder,
            paths::pick_files,
            paths::pick_save,
            paths::default_workspace_dir,
            paths::place_warnings,
            workspace::create_workspace,
            workspace::open_workspace,
            workspace::open_sample,
            workspace::close_workspace,
            workspace::current,
            rounds::open_round,
            rounds::start_round,
            rounds::preview_conditions,
            rounds::change_conditions,
            rounds::edit_round,
            rounds::round,
            answers::mark,
            answers::mark_each,
            evidence::add_files,
            evidence::add_bytes,
            evidence::add_record,
            evidence::edit_evidence,
            evidence::link_evidence,
            evidence::unlink_evidence,
            evidence::withdraw_evidence,
            evidence::replace_evidence,
            evidence::verify_evidence,
            evidence::look_at_evidence,
            evidence::preview_evidence,
            evidence::open_evidence,
            findings::add_finding,
            findings::edit_finding,
            findings::withdraw_finding,
            tasks::add_task,
            tasks::edit_task,
            tasks::move_task,
            tasks::withdraw_task,
            log::undo,
            log::redo,
            log::history,
            sign_offs::sign,
            sign_offs::withdraw_signature,
            sign_offs::reopen,
            exports::export_report,
            exports::report_differs,
            exports::export_pack,
            exports::export_plan,
            exports::verify_report,
            upkeep::backup_now,
            upkeep::backups,
            upkeep::restore,
            upkeep::doctor,
            upkeep::health,
            upkeep::confirm_restore,
            upkeep::work_on,
            upkeep::orphans,
            upkeep::sweep_orphans,
        ]
    };
}

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
        .commands(every_command!(collect_commands))
}
