// The nouns of the core as the shell sends them. bindings.ts is generated; this file only says which fields are always there:
// what has a default when a criteria file or a setting is read is optional in Rust's eyes, but never absent in an answer.
import type * as B from './bindings';

export type * from './bindings';

export type Item = Required<B.Item>;
export type Section = Required<B.Section>;
export type Law = Required<B.Law>;
export type Kpi = Required<B.Kpi>;
export type Rule = Required<B.Rule>;
export type Profile = Omit<Required<B.Profile>, 'rules'> & { rules: Rule[] };
export type CriteriaPack = Omit<Required<B.CriteriaPack>, 'items' | 'sections' | 'laws' | 'kpis' | 'profiles'> & {
  items: Item[];
  sections: Section[];
  laws: Law[];
  kpis: Kpi[];
  profiles: Profile[];
};
export type Opened = Omit<B.Opened, 'pack'> & { pack: CriteriaPack };
export type Settings = Required<B.Settings>;
export type NewRound = Required<B.NewRound>;
export type SheetChoices = Omit<Required<B.SheetChoices>, 'cells'> & { cells: Required<B.WorkbookChoices> };
export type EvidenceDraft = Required<B.EvidenceDraft>;
export type Closure = Required<B.Closure>;
export type ReportOptions = Required<B.ReportOptions>;
