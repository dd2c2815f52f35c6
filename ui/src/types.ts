// The nouns of the core as JSON, derived by hand until the shell generates bindings.ts. Field names are serde's.

export type Verdict = 'conform' | 'partial' | 'nonconform' | 'na';
export type Review = 'open' | 'accepted' | 'returned';
export type Grade = 'major' | 'minor' | 'observation' | 'opportunity' | 'good';
export type TaskKind = 'correction' | 'corrective';
export type Priority = 'high' | 'medium' | 'low';
export type TaskState = 'todo' | 'doing' | 'to-verify' | 'closed';
export type EvidenceKind = 'file' | 'link' | 'record' | 'interview' | 'observation';
export type FileState = 'present' | 'missing' | 'changed' | 'unreadable';
export type SignRole = 'prepared' | 'reviewed' | 'approved';
export type Method = 'document' | 'interview' | 'observation' | 'sampling' | 'demonstration';
export type Stage = 'plan' | 'do' | 'check' | 'improve';
export type Condition = 'all' | 'outbound' | 'outsourced' | 'self-built' | 'online' | 'bot' | 'multi-site';
export type LevelId = 'ready' | 'ready_with_reservations' | 'not_ready' | 'incomplete';
export type Effect = 'block' | 'caution';

export type Member = { role: string; name: string };

export type Assessment = {
  id: string;
  title: string;
  organization: string;
  kind: 'self-assessment' | 'gap';
  scope: string;
  exclusions: string;
  objectives: string;
  sampling: string;
  dissent: string;
  sites: string[];
  period_from: string | null;
  period_to: string | null;
  team: Member[];
  auditees: Member[];
  conditions: string[] | null;
  profile: string;
  pack_sha256: string;
  predecessor: string | null;
  confidentiality: string;
  revision: number;
  reopened_because: string;
  frozen: boolean;
  created_at: string;
  withdrawn: boolean;
};

export type Answer = {
  assessment: string;
  item: string;
  verdict: Verdict | null;
  note: string;
  reason: string;
  ticks: string[];
  assessor: string;
  assessed_at: string | null;
  review: Review;
  review_note: string;
};

export type Evidence = {
  id: string;
  assessment: string;
  number: number;
  kind: EvidenceKind;
  title: string;
  file_name: string;
  media_type: string;
  size_bytes: string;
  sha256: string;
  location: string;
  text: string;
  effective: string | null;
  expires: string | null;
  added_by: string;
  added_at: string;
  withdrawn: boolean;
};

export type Link = { evidence: string; assessment: string; item: string; locator: string; withdrawn: boolean };

export type Finding = {
  id: string;
  assessment: string;
  number: number;
  item: string;
  grade: Grade;
  fact: string;
  criterion: string;
  cause: string;
  department: string;
  found_by: string;
  found_on: string;
  withdrawn: boolean;
};

export type Task = {
  id: string;
  assessment: string;
  number: number;
  finding: string | null;
  item: string;
  kind: TaskKind;
  title: string;
  detail: string;
  owner: string;
  due: string | null;
  agreed_due: string | null;
  priority: Priority;
  state: TaskState;
  result: string;
  verifier: string;
  closed_at: string | null;
  proof: string[];
  reopened: number;
  withdrawn: boolean;
};

export type SignOff = {
  id: string;
  assessment: string;
  role: SignRole;
  name: string;
  root: string;
  revision: number;
  signed_at: string;
  withdrawn: boolean;
};

export type ReportRecord = {
  id: string;
  assessment: string;
  number: number;
  root: string;
  pdf_sha256: string;
  file_name: string;
  layout: string;
  lang: string;
  draft: boolean;
  exported_by: string;
  exported_at: string;
  withdrawn: boolean;
};

export type Predecessor = {
  id: string;
  title: string;
  root: string;
  verdicts: { [item: string]: Verdict };
  notes: { [item: string]: string };
  open_tasks: Task[];
};

export type Snapshot = {
  format: number;
  pack: { standard: string; version: string; sha256: string };
  assessment: Assessment;
  answers: Answer[];
  evidence: Evidence[];
  links: Link[];
  findings: Finding[];
  tasks: Task[];
  predecessor: Predecessor | null;
};

export type Tally = {
  items: number;
  conform: number;
  partial: number;
  nonconform: number;
  na: number;
  unassessed: number;
  milli_points: number;
  milli_applicable: number;
  milli_open: number;
};
export type SectionScore = { code: string; tally: Tally; rate: number | null; upper: number | null };
export type DomainScore = SectionScore & { sections: SectionScore[] };
export type Score = {
  profile: string;
  overall: Tally;
  rate: number | null;
  upper: number | null;
  coverage: number;
  domains: DomainScore[];
};

export type RuleOutcome = {
  id: string;
  holds: boolean;
  effect: Effect;
  measured: number;
  threshold: number;
  because: string[];
  text: string;
  text_en: string;
  why: string;
  why_en: string;
};
export type Readiness = { level: LevelId; band: string | null; rules: RuleOutcome[] };

export type Defect = {
  rule: string;
  item: string;
  subject: string;
  message: string;
  message_en: string;
  remedy: string;
  remedy_en: string;
};

export type Step = { action: string; items: string[]; changes: number };
export type Figures = {
  score: Score;
  readiness: Readiness;
  defects: Defect[];
  files: { [evidence: string]: FileState };
  undo: Step | null;
  redo: Step | null;
};

export type Round = {
  snapshot: Snapshot;
  root: string;
  figures: Figures;
  sign_offs: SignOff[];
  reports: ReportRecord[];
  read_only: boolean;
};

export type Update = {
  batch: string | null;
  saved_at: string;
  assessment: Assessment | null;
  answers: Answer[];
  evidence: Evidence[];
  links: Link[];
  findings: Finding[];
  tasks: Task[];
  sign_offs: SignOff[];
  reports: ReportRecord[];
  figures: Figures;
  warnings: string[];
};

export type Law = {
  id: string;
  instrument: string;
  short: string;
  article: string;
  gist: string;
  gist_en: string;
  status: 'sourced' | 'secondary' | 'background' | 'draft';
  in_force?: string | null;
  note: string;
};
export type Kpi = {
  id: string;
  name: string;
  name_en: string;
  unit: string;
  definition: string;
  definition_en: string;
  formula: string;
  formula_en: string;
  reference: string;
  reference_en: string;
  source: string;
  warning: string;
  warning_en: string;
};
export type Item = {
  code: string;
  title: string;
  requirement: string;
  check_points: string[];
  methods: Method[];
  evidence: string[];
  stage: Stage;
  key: boolean;
  key_reason?: string;
  key_reason_en?: string;
  laws: string[];
  kpis: string[];
  applies: Condition;
  see_also: string[];
  title_en: string;
  requirement_en: string;
};
export type Section = { code: string; domain: string; title: string; title_en: string; items: number; intro: string; intro_en: string };
export type Domain = { code: string; number: number; title: string; title_en: string; intro: string; intro_en: string };
export type Profile = {
  id: string;
  title: string;
  title_en: string;
  description: string;
  description_en: string;
  default: boolean;
  formula: string;
  formula_en: string;
  points: { conform: string; partial: string; nonconform: string };
  weights: { [item: string]: number };
  bands: { id: string; at_least: number; label: string; label_en: string; meaning: string; meaning_en: string }[];
  rules: { id: string; kind: string; threshold: number; effect: Effect; text: string; text_en: string; why: string; why_en: string }[];
  levels: { id: LevelId; label: string; label_en: string; text: string; text_en: string }[];
};
export type GradeText = { id: Grade; label: string; label_en: string; definition: string; definition_en: string };
export type CriteriaPack = {
  pack: { id: string; version: string; standard: string; title: string; title_en: string; notice: string; notice_en: string; kpi_notice: string; kpi_notice_en: string };
  laws: Law[];
  kpis: Kpi[];
  profiles: Profile[];
  grades: GradeText[];
  domains: Domain[];
  sections: Section[];
  items: Item[];
  sha256: string;
};

export type Change = {
  seq: number;
  batch: string;
  action: string;
  assessment: string;
  entity: 'assessment' | 'answer' | 'evidence' | 'link' | 'finding' | 'task' | 'sign_off' | 'report';
  key: string;
  field: string;
  old: unknown;
  new: unknown;
  actor: string;
  at: string;
  hash: string;
};

export type NewRound = {
  organization: string;
  title: string;
  gap: boolean;
  scope: string;
  sites: string[];
  period_from: string | null;
  period_to: string | null;
  team: Member[];
  conditions: string[] | null;
  predecessor: string | null;
  profile: string;
  confidentiality: string;
};

export type AnswerPatch = {
  verdict?: Verdict | null;
  clear?: boolean;
  note?: string | null;
  reason?: string | null;
  ticks?: string[] | null;
  review?: Review | null;
  review_note?: string | null;
};
export type ItemPatch = { item: string; patch: AnswerPatch };
export type FindingDraft = { item: string; grade: Grade; fact: string; criterion: string; cause: string; department: string };
export type TaskDraft = {
  finding: string | null;
  item: string;
  kind: TaskKind | null;
  title: string;
  detail: string;
  owner: string;
  due: string | null;
  priority: Priority;
};
export type Closure = { result: string; verifier: string; proof: string[] };
export type EvidenceDraft = {
  title: string;
  location: string;
  text: string;
  effective: string | null;
  expires: string | null;
  locator: string;
};

export type Recent = { path: string; name: string; opened_at: string; exists: boolean };
export type Settings = { lang: string; theme: string; text_scale: number; actor: string; recent: Recent[] };
export type About = {
  version: string;
  notice: string;
  notice_en: string;
  kpi_notice: string;
  kpi_notice_en: string;
  licences: string;
  standard: string;
  pack_version: string;
  pack_sha256: string;
};
export type Opened = { dir: string; name: string; read_only: boolean; rounds: Assessment[]; round: Round; pack: CriteriaPack };
export type Preview = { kind: 'image'; data: string } | { kind: 'text'; text: string } | { kind: 'none' };
export type HistoryQuery = { item: string | null; entity: string | null; actor: string | null; text: string | null; limit: number; before: number | null };
export type Hit = { kind: string; item: string; label: string; text: string };
export type ReportOptions = {
  layout: 'management' | 'gap' | 'certification';
  lang: 'zh' | 'en';
  logo: string | null;
  sections: string[] | null;
  draft: boolean;
};
export type Exported = { record: ReportRecord; pages: number; bytes: number; missing: string[] };
export type ExportedReport = Exported & { update: Update | null };
export type Difference = { report: string; root: string; now: string };
export type Packed = { folder: string; files: number; report: Exported; left_out: string[]; update?: Update | null };
export type Mismatch = { kind: string; subject: string; message: string; message_en: string };
export type Verification = { printed_root: string; computed_root: string; organization: string; title: string; files_checked: number; mismatches: Mismatch[] };
export type Backup = { path: string; at: string; size_bytes: string };
export type Trouble = { area: string; subject: string; message: string; severity: 'note' | 'warning' | 'error' };
export type Progress = { job: string; done: number; total: number; stage: string };
