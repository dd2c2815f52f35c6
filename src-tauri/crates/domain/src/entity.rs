//! The entities: what has rows in a workspace and a history in its log.

/// Hands every entity to a macro, an entity before those that refer to it: its name and the struct of its rows; the name of its
/// table, which is also its name in the log; the field that says which round a row belongs to; and how the rows that changed are
/// listed in the answer to a verb.
///
/// Everything that has to know all of them is made from this list.
#[macro_export]
macro_rules! entities {
    ($given_to:ident) => {
        $given_to! {
            Assessment(Assessment) "assessment" of id, listed as assessment: Option;
            Answer(Answer) "answer" of assessment, listed as answers: Vec;
            Evidence(Evidence) "evidence" of assessment, listed as evidence: Vec;
            Link(Link) "link" of assessment, listed as links: Vec;
            Finding(Finding) "finding" of assessment, listed as findings: Vec;
            Task(Task) "task" of assessment, listed as tasks: Vec;
            SignOff(SignOff) "sign_off" of assessment, listed as sign_offs: Vec;
            Report(ReportRecord) "report" of assessment, listed as reports: Vec;
            Keeper(Keeper) "keeper" of assessment, listed as keepers: Vec;
            Paper(Paper) "paper" of assessment, listed as papers: Vec;
        }
    };
}

macro_rules! names {
    ($($name:ident($row:ident) $table:literal of $round:ident, listed as $list:ident: $many:ident;)*) => {
        /// Which table a row or a change belongs to.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        #[serde(rename_all = "snake_case")]
        pub enum Entity {
            $(#[doc = concat!("[`crate::", stringify!($row), "`]")] $name,)*
        }

        impl Entity {
            /// All of them, each before those that refer to it.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The table's name, which is also the name in the log.
            #[must_use]
            pub const fn table(self) -> &'static str {
                match self {
                    $(Self::$name => $table,)*
                }
            }
        }
    };
}
crate::entities!(names);
