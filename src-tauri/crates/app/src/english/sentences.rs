//! What a refusal says in English, without what it is about.

/// By code, in the order of the crates that refuse.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    (
        "workspace_not_empty",
        "the folder is not empty; no workspace was made and nothing in it was touched. Choose an empty folder",
    ),
    ("workspace_not_found", "there is no workspace here; no data is affected. Check the path, or make a new workspace"),
    (
        "workspace_no_access",
        "this user may not look into the folder, so it is not known whether a workspace is there; no data is affected. Open it as a user who may, or ask the administrator",
    ),
    (
        "target_ours",
        "inside of a workspace or a folder of backups, or itself a database of an assessment; nothing was written, the data there was not touched. Choose another place",
    ),
    (
        "workspace_empty",
        "the database is an empty file; its data is no longer in it and work cannot go on. It was not touched: restore a backup",
    ),
    (
        "workspace_truncated",
        "the database ends too early; part of the data is lost and work cannot go on. It was not touched: restore a backup",
    ),
    (
        "workspace_foreign",
        "not a workspace of this program; it was not opened or touched. Choose the right folder, or restore a backup if this was one",
    ),
    ("workspace_newer", "made by a newer version; the data is sound and was not touched. Upgrade this program"),
    ("workspace_locked", "the workspace is open elsewhere; its data is safe. Close it there and try again"),
    (
        "workspace_damaged",
        "the workspace is damaged; it was not touched. Record nothing more: restore a backup, the damaged file is kept",
    ),
    (
        "database_setting",
        "a setting that protects the data does not hold on this disk; the workspace was not opened and not touched. Move it to a local disk",
    ),
    (
        "migration_failed",
        "the upgrade failed; the data is sound and unchanged, but this version cannot go on. Use the former version and report this",
    ),
    (
        "workspace_read_only",
        "the workspace is open for reading only and nothing was saved. Copy it to where it can be written",
    ),
    ("disk_full", "not enough room; this was not saved, all that was saved before is safe. Make room and try again"),
    (
        "disk_failed",
        "the disk refused; this was not saved, all that was saved before is safe. Back up to another disk now and record nothing until it works again",
    ),
    (
        "database_busy",
        "another program holds the database; this was not saved, all that was saved before is safe. Close it and try again",
    ),
    (
        "io",
        "this could not be done; all that was saved before is safe. Check the disk and the permissions and try again",
    ),
    (
        "database",
        "the database refused; this was not saved, all that was saved before is safe. Back up and check the workspace before going on",
    ),
    ("assessment_unknown", "there is no such assessment; nothing was changed"),
    (
        "pack_unknown",
        "the workspace lacks these criteria; nothing was saved, other assessments are not affected. Load the criteria first",
    ),
    (
        "pack_bad",
        "the criteria are not what their hash says; nothing was saved, assessments are not affected. Load the file again",
    ),
    ("mixed_rounds", "one step can change one assessment only; nothing was saved, work can go on. Please report this"),
    ("assessment_frozen", "the assessment is approved and frozen; nothing was saved. Reopen it first and say why"),
    ("batch_reused", "this step was made before; nothing was saved, work can go on. Please report this"),
    ("number_taken", "the number is taken; nothing was saved. Try again"),
    ("reference_dangling", "what it refers to is not there; nothing was saved. Look again and retry"),
    ("predecessor_loop", "the rounds before would form a circle; nothing was saved. Choose another round before"),
    ("constraint", "a value is not allowed; nothing was saved. Check what was entered"),
    ("unnumbered", "these rows have no numbers; nothing was changed, work can go on. Please report this"),
    ("undo_conflict", "it was changed since and cannot be taken back; nothing was changed, work can go on"),
    ("cancelled", "cancelled, nothing was changed"),
    ("evidence_is_folder", "evidence cannot be a folder; nothing was imported, work can go on. Choose the files in it"),
    (
        "evidence_is_special",
        "evidence must be an ordinary file, no pipe or device; nothing was imported, work can go on",
    ),
    (
        "evidence_unreadable",
        "the file cannot be read; nothing was imported, work can go on. Check it and its permissions",
    ),
    (
        "evidence_changed_while_read",
        "the file was changed while it was read; nothing was imported, work can go on. Wait until it is written",
    ),
    (
        "evidence_missing",
        "the evidence file is missing; scores are not affected, signing is. Find it in a backup or where it came from and add it again",
    ),
    (
        "evidence_changed",
        "the evidence file is not what was recorded; scores are not affected, signing is. Find the original and add it again",
    ),
    (
        "backup_failed",
        "the backup failed; the workspace and earlier backups are not affected and nothing incomplete is left. Check the place of the backups",
    ),
    ("backup_bad", "this backup cannot be used; the workspace was not touched. Choose another one"),
    ("criteria_refused", "the criteria file is refused and nothing was changed. Mend the line named and try again"),
    ("report_other_criteria", "the criteria are not those of the assessment; no report was made"),
    ("report_logo_unreadable", "the logo cannot be read; no report was made. Take a PNG, JPEG or SVG picture"),
    ("report_logo_too_large", "the logo has too many pixels; no report was made. Take a smaller picture"),
    ("report_logo_cmyk", "the logo is in CMYK colours; no report was made. Save it in RGB"),
    ("report_cancelled", "cancelled, no report was made"),
    ("report_font", "a font cannot be used; no report was made, the assessment is not affected. Please report this"),
    ("report_word", "the Word file could not be made; the assessment is not affected. Please report this"),
    ("report_pdf", "the PDF could not be made; the assessment is not affected. Please report this"),
    ("report_not_pdf", "not a PDF that can be read; it was not touched. Check that the file is whole"),
    (
        "report_no_assessment",
        "the PDF carries no assessment.json that can be read and cannot be verified; it was not touched",
    ),
    (
        "report_newer_format",
        "the data in the report is in a newer format than this program knows and was not verified; verify it with a newer version",
    ),
    (
        "report_no_root",
        "the PDF names no root, so it is no report of this program and cannot be verified; it was not touched",
    ),
    ("target_in_use", "the folder is there and not empty; nothing was written. Choose another place"),
    ("table", "the table could not be made; nothing was written, the assessment is not affected"),
    ("workbook", "nothing was taken over, the assessment was not changed"),
    ("unknown_item", "there is no review item of this code; nothing was changed. Codes look like XC3-05"),
    (
        "unknown",
        "there is no such thing in this assessment; nothing was changed. It may be withdrawn or belong to another one",
    ),
    ("reason_missing", "not applicable needs a reason; nothing was changed"),
    ("field", "not accepted; nothing was changed"),
    ("transition", "the task cannot go to that state from where it is; nothing was changed"),
    ("frozen", "the assessment is approved and frozen; nothing was changed. Reopen it first and say why"),
    (
        "signed_changed",
        "a signed assessment is not what was signed; nothing is written. Restore a backup, or look at it in the app and choose to work on",
    ),
    ("sign_refused", "it cannot be signed as it is; nothing was changed"),
    ("criteria_kept", "the criteria of the assessment stay; nothing was changed"),
    (
        "pack_missing",
        "the workspace lacks the criteria of this assessment; other assessments are not affected. Restore a backup",
    ),
    (
        "target_exists",
        "it is there and not an unchanged export of this assessment; it was not replaced. Choose another name, or say that it is to be replaced",
    ),
    (
        "file",
        "this could not be done; the workspace is not affected. Check the path, the permissions and the room on the disk",
    ),
];
