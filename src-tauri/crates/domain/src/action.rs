//! What a batch in the log did: one word for each verb that writes.

use crate::Entity;

/// Each verb with the word that the log has for it, and what it may write in a round that is frozen: nothing, unless it says so.
macro_rules! actions {
    ($($(#[doc = $says:literal])+ $name:ident $word:literal $(on frozen: $($entity:ident)+)?;)*) => {
        /// What a batch did. The words in the log never change; a log may hold words of other programs, which are kept as they are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[doc = $says])+ $name,)*
        }

        impl Action {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in the log.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// The entities that it writes even when the round is frozen: the papers around what was approved, never what was
            /// approved.
            #[must_use]
            pub const fn on_frozen(self) -> &'static [Entity] {
                match self {
                    $(Self::$name => &[$($(Entity::$entity,)+)?],)*
                }
            }
        }
    };
}

actions! {
    /// Verdicts were given or taken away.
    Mark "mark";
    /// Notes were written.
    Note "note";
    /// Reasons why items do not apply were written.
    Reason "reason";
    /// Expected evidence was ticked.
    Tick "tick";
    /// A second person looked.
    Review "review";
    /// A round was started.
    StartRound "start_round";
    /// The round's own data was edited.
    EditRound "edit_round";
    /// Other conditions hold.
    ChangeConditions "change_conditions";
    /// Other criteria took the place of those the round was started with.
    UpdateCriteria "update_criteria";
    /// Evidence was added.
    AddEvidence "add_evidence";
    /// What is said of evidence was edited.
    EditEvidence "edit_evidence";
    /// Evidence was linked to items.
    LinkEvidence "link_evidence";
    /// A link was taken away.
    UnlinkEvidence "unlink_evidence";
    /// Evidence has another file.
    ReplaceEvidence "replace_evidence";
    /// Files were looked into once more, and some show nothing.
    LookIntoEvidence "look_into_evidence";
    /// Evidence was withdrawn.
    WithdrawEvidence "withdraw_evidence";
    /// A finding was noted.
    AddFinding "add_finding";
    /// A finding was edited.
    EditFinding "edit_finding";
    /// A finding was withdrawn.
    WithdrawFinding "withdraw_finding";
    /// A task was made.
    AddTask "add_task";
    /// A task was edited.
    EditTask "edit_task";
    /// A task went to another state.
    MoveTask "move_task";
    /// A closed task was reopened.
    ReopenTask "reopen_task";
    /// A task was withdrawn.
    WithdrawTask "withdraw_task";
    /// A workbook that came back was taken in.
    TakeInWorkbook "take_in_workbook";
    /// A list of somebody else's was taken in.
    TakeInSheet "take_in_sheet";
    /// It was said who hands in the papers of sections. After the approval too: the auditors come then.
    AssignKeeper "assign_keeper" on frozen: Keeper;
    /// Papers were handed in, or something was noted about them.
    HandIn "hand_in" on frozen: Paper;
    /// A root was signed.
    Sign "sign" on frozen: Assessment SignOff;
    /// A signature was withdrawn.
    WithdrawSignature "withdraw_signature";
    /// A frozen round was reopened.
    Reopen "reopen" on frozen: Assessment;
    /// A report was exported.
    Report "report" on frozen: Report;
    /// A step was undone.
    Undo "undo";
    /// A step was done again.
    Redo "redo";
}

impl Action {
    /// The action that a word in the log means; none for words of other programs.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
