// The open round in memory. What the shell confirmed is the base; marks that are on their way lie over it, so that a key press
// shows at once while the save state tells the truth. Every write goes through one queue: updates arrive in order.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import * as ipc from './ipc';
import { IpcError } from './ipc';
import { countBySection } from './counts';
import { followed } from './figures';
import { evidenceLabel, findingLabel, taskLabel } from './lib/format';
import { forget, keep, kept } from './lib/kept';
import { blankAnswer, patched } from './overlay';
import type {
  Answer,
  AnswerPatch,
  Assessment,
  Banner,
  CriteriaPack,
  Defect,
  Evidence,
  FigureChanges,
  Figures,
  Finding,
  Item,
  ItemPatch,
  Kpi,
  Law,
  Link,
  Opened,
  PackIdentity,
  ReportRecord,
  SignOff,
  Task,
  Update,
  Verdict,
} from './types';

/** How long a pause in typing is before the text is saved. */
export const PAUSE_MS = 450;

type Op = { patches: ItemPatch[]; error: IpcError | null };
/** What a reload or a restart would lose: text being typed, by `code/field`, and marks that no disk has confirmed. */
type Unsaved = { drafts: [string, string][]; patches: ItemPatch[] };
export type TextField = 'note' | 'reason' | 'review_note';
export type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; error: IpcError }
  /** Texts that the core does not take: they stay in their fields until they are mended. */
  | { kind: 'refused'; error: IpcError; item: string; count: number };
/** What a text field says about its text beside the text. */
export type Remark = { kind: 'refused'; error: IpcError } | { kind: 'mended' } | null;

export const TEXT_FIELDS: TextField[] = ['note', 'reason', 'review_note'];
export type Linked = { evidence: Evidence; locator: string };

export class Round {
  readonly dir: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly pack: CriteriaPack;
  readonly items: Map<string, Item>;
  readonly position: Map<string, number>;
  readonly laws: Map<string, Law>;
  readonly kpis: Map<string, Kpi>;

  rounds = $state.raw<Assessment[]>([]);
  /** What the user should know about the workspace as long as it is open. */
  banners = $state.raw<Banner[]>([]);
  assessment = $state.raw() as Assessment;
  /** Items that something is recorded on and that the criteria no longer hold, by code. */
  archived = $state.raw<Map<string, Item>>(new Map());
  /** What the criteria are called that the round has or had, the latest first. */
  criteria = $state.raw<PackIdentity[]>([]);
  /** Version of the program's criteria, where those of the round are an earlier edition. */
  newerCriteria = $state<string | null>(null);
  predecessor = $state.raw<Opened['round']['snapshot']['predecessor']>(null);
  figures = $state.raw() as Figures;
  signOffs = $state.raw<SignOff[]>([]);
  reports = $state.raw<ReportRecord[]>([]);
  links = $state.raw<Link[]>([]);
  /** Answers as shown: base with pending marks over it. */
  readonly answers = new SvelteMap<string, Answer>();
  readonly evidence = new SvelteMap<string, Evidence>();
  readonly findings = new SvelteMap<string, Finding>();
  readonly tasks = new SvelteMap<string, Task>();
  /** Rises with every confirmed change; lists that must not move watch it to offer a refresh. */
  version = $state(0);

  evidenceList = $derived([...this.evidence.values()].sort((a, b) => a.number - b.number));
  findingList = $derived([...this.findings.values()].sort((a, b) => a.number - b.number));
  taskList = $derived([...this.tasks.values()].sort((a, b) => a.number - b.number));
  linksByItem = $derived(groupBy(this.links, (link) => link.item));
  linksByEvidence = $derived(groupBy(this.links, (link) => link.evidence));
  findingsByItem = $derived(groupBy(this.findingList, (finding) => finding.item));
  tasksByItem = $derived(groupBy(this.taskList, (task) => task.item));
  tasksByFinding = $derived(groupBy(this.taskList, (task) => task.finding ?? ''));
  // A derived list of its own: whoever shows it is not asked again while other figures change.
  defects = $derived(this.figures.defects);
  files = $derived(this.figures.files);
  /** What is open, late or out of date is for the core to say. */
  openFindings = $derived(new Set(this.figures.open_findings));
  #dueSoon = $derived(new Set(this.figures.due_soon));
  #late = $derived(this.#subjects('task_overdue'));
  #withoutCause = $derived(this.#subjects('finding_without_cause'));
  #expired = $derived(this.#subjects('evidence_expired'));
  defectsByItem = $derived(groupBy(this.defects, (defect) => defect.item));
  /** Verdicts as they are on screen, by section: progress must not wait for the disk. Rates come from the core. */
  counts = $derived.by(() => countBySection(this.pack.items, (item) => this.verdict(item)));

  #actor: () => string;
  #base = new Map<string, Answer>();
  #ops = $state.raw<Op[]>([]);
  #queue: Promise<unknown> = Promise.resolve();
  #writing = $state(0);
  #savedAt = $state('');
  /** Text that is being typed and is not in an op yet, by `code/field`. */
  #drafts = new SvelteMap<string, string>();
  /** Why the core did not take a draft, by the same key. It is sent again when it was changed. */
  #refused = new SvelteMap<string, IpcError>();
  /** Fields whose text the core took in another form than it was sent: without what nobody can see. */
  #mended = new SvelteSet<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  saveState = $derived.by((): SaveState => {
    const failed = this.#ops.find((op) => op.error);
    if (failed?.error) return { kind: 'failed', error: failed.error };
    if (this.#writing > 0 || this.#drafts.size > this.#refused.size) return { kind: 'saving' };
    for (const [key, error] of this.#refused) return { kind: 'refused', error, item: key.split('/')[0]!, count: this.#refused.size };
    return this.#savedAt ? { kind: 'saved', at: this.#savedAt } : { kind: 'idle' };
  });

  constructor(opened: Opened, actor: () => string) {
    this.dir = opened.dir;
    this.name = opened.name;
    this.readOnly = opened.read_only || opened.round.read_only;
    this.pack = opened.pack;
    this.rounds = opened.rounds;
    this.banners = opened.banners;
    this.#actor = actor;
    this.items = new Map(this.pack.items.map((item) => [item.code, item]));
    this.position = new Map(this.pack.items.map((item, at) => [item.code, at]));
    this.laws = new Map(this.pack.laws.map((law) => [law.id, law]));
    this.kpis = new Map(this.pack.kpis.map((kpi) => [kpi.id, kpi]));
    this.load(opened.round);
    this.#recover();
  }

  /** How many changes no disk has confirmed. */
  get unsaved(): number {
    return this.#ops.reduce((sum, op) => sum + op.patches.length, this.#drafts.size);
  }

  /** What is not saved, a line each, to be put on the clipboard when all else fails. */
  unsavedText(): string[] {
    const lines = [...this.#drafts].map(([key, text]) => `${key}\t${text}`);
    for (const { item, patch } of this.#ops.flatMap((op) => op.patches))
      lines.push(`${item}\t${patch.verdict ?? ''}\t${patch.note ?? patch.reason ?? patch.review_note ?? ''}`);
    return lines;
  }

  get #place(): string {
    return `unsaved/${this.dir}/${this.assessment.id}`;
  }

  #keep(): void {
    const unsaved: Unsaved = { drafts: [...this.#drafts], patches: this.#ops.flatMap((op) => op.patches) };
    if (unsaved.drafts.length + unsaved.patches.length > 0) keep(this.#place, unsaved, 'restart');
    else forget(this.#place, 'restart');
  }

  /** Takes up what a reload or a restart interrupted, and saves it; what was refused is refused again, with its reason. */
  #recover(): void {
    const left = kept<Unsaved>(this.#place, 'restart');
    if (!left || this.locked) return;
    const known = left.patches.filter(({ item, patch }) => this.items.has(item) && !this.#holds(item, patch));
    for (const [key, text] of left.drafts) {
      const [item = '', field] = key.split('/') as [string, TextField];
      if (this.items.has(item) && this.answer(item)[field] !== text) this.#drafts.set(key, text);
    }
    this.recovered = known.length + this.#drafts.size;
    // Outside the constructor: the window first wants to hear of refusals.
    setTimeout(() => void this.markEach(known).then(() => this.flush()), 0);
  }

  /** How many changes were taken up again after a reload. */
  recovered = 0;

  #holds(item: string, patch: AnswerPatch): boolean {
    const answer = this.#base.get(item) ?? blankAnswer(this.assessment.id, item);
    return JSON.stringify(patched(answer, patch, answer.assessor)) === JSON.stringify(answer);
  }

  /** Replaces everything by what the shell holds. */
  load(round: Opened['round']): void {
    const { snapshot } = round;
    this.assessment = snapshot.assessment;
    this.archived = new Map((round.archived as Item[]).map((item) => [item.code, item]));
    this.criteria = round.criteria;
    this.newerCriteria = round.newer_criteria;
    this.predecessor = snapshot.predecessor;
    this.figures = round.figures;
    this.signOffs = round.sign_offs;
    this.reports = round.reports;
    this.links = snapshot.links;
    this.#base = new Map(snapshot.answers.map((answer) => [answer.item, answer]));
    refill(this.answers, snapshot.answers, (answer) => answer.item);
    refill(this.evidence, snapshot.evidence, (row) => row.id);
    refill(this.findings, snapshot.findings, (row) => row.id);
    refill(this.tasks, snapshot.tasks, (row) => row.id);
    for (const op of this.#ops) for (const { item } of op.patches) this.#show(item);
    this.version += 1;
  }

  /** Labels of what fails one check of the gate. */
  #subjects(rule: Defect['rule']): Set<string> {
    return new Set(this.defects.filter((defect) => defect.rule === rule).map((defect) => defect.subject));
  }

  isLate(task: Task): boolean {
    return this.#late.has(taskLabel(task));
  }

  isDueSoon(task: Task): boolean {
    return this.#dueSoon.has(task.id);
  }

  lacksCause(finding: Finding): boolean {
    return this.#withoutCause.has(findingLabel(finding));
  }

  isExpired(evidence: Evidence): boolean {
    return this.#expired.has(evidenceLabel(evidence));
  }

  /** The item of a code, of the criteria or no longer in them. */
  itemOf(code: string): Item | undefined {
    return this.items.get(code) ?? this.archived.get(code);
  }

  get locked(): boolean {
    return this.readOnly || this.assessment.frozen;
  }

  answer(item: string): Answer {
    return this.answers.get(item) ?? blankAnswer(this.assessment.id, item);
  }

  verdict(item: string): Verdict | null {
    return this.answers.get(item)?.verdict ?? null;
  }

  evidenceOf(item: string): Linked[] {
    const linked: Linked[] = [];
    for (const link of this.linksByItem.get(item) ?? []) {
      const evidence = this.evidence.get(link.evidence);
      if (evidence) linked.push({ evidence, locator: link.locator });
    }
    return linked.sort((a, b) => a.evidence.number - b.evidence.number);
  }

  /** Marks items; shows at once, saves behind. */
  mark(items: string[], patch: AnswerPatch): Promise<boolean> {
    return this.markEach(items.map((item) => ({ item, patch })));
  }

  /** Whether the core took it. */
  markEach(patches: ItemPatch[]): Promise<boolean> {
    if (this.locked || patches.length === 0) return Promise.resolve(false);
    const op: Op = { patches, error: null };
    this.#ops = [...this.#ops, op];
    for (const { item } of patches) this.#show(item);
    this.#keep();
    return this.#send(op);
  }

  #send(op: Op): Promise<boolean> {
    const same = op.patches.every((p) => p.patch === op.patches[0]?.patch);
    return this.#inTurn(async () => {
      let refused = false;
      try {
        const update = same
          ? await ipc.mark(
              op.patches.map((p) => p.item),
              op.patches[0]!.patch,
            )
          : await ipc.markEach(op.patches);
        this.#ops = this.#ops.filter((other) => other !== op);
        this.apply(update);
        if (update.warnings.includes('characters_dropped')) this.#noteMended(op);
      } catch (raw) {
        const error = raw instanceof IpcError ? raw : new IpcError('internal', String(raw));
        refused = !error.retry;
        if (refused) {
          // The same attempt would be refused again: the mark is taken back instead of kept.
          this.#ops = this.#ops.filter((other) => other !== op);
          for (const { item } of op.patches) this.#show(item);
          this.#takeBack(op, error);
          this.onRefused(error);
        } else {
          op.error = error;
          this.#ops = [...this.#ops];
        }
      }
      this.#keep();
      return !this.#ops.includes(op) && !refused;
    });
  }

  /** What was typed goes back into its field, unless more was typed there since. */
  #takeBack(op: Op, error: IpcError): void {
    for (const { item, patch } of op.patches) {
      for (const field of TEXT_FIELDS) {
        const text = patch[field];
        const key = `${item}/${field}`;
        if (typeof text !== 'string' || this.#drafts.has(key) || text === this.answer(item)[field]) continue;
        this.#drafts.set(key, text);
        this.#refused.set(key, error);
        if (field === 'reason' && patch.verdict === 'na') this.naWithoutReason = item;
      }
    }
  }

  #noteMended(op: Op): void {
    for (const { item, patch } of op.patches) {
      for (const field of TEXT_FIELDS) {
        if (typeof patch[field] === 'string' && patch[field] !== this.#base.get(item)?.[field]) this.#mended.add(`${item}/${field}`);
      }
    }
  }

  /** Set by the window: says why a mark was taken back. */
  onRefused: (error: IpcError) => void = () => {};
  /** Set by the window: says that a text was taken without what nobody can see. */
  onMended: () => void = () => {};

  /** Sends what failed once more, oldest first. */
  async retry(): Promise<void> {
    const failed = this.#ops.filter((op) => op.error);
    for (const op of failed) op.error = null;
    this.#ops = [...this.#ops];
    await Promise.all(failed.map((op) => this.#send(op)));
  }

  /** Any other write: waits its turn, applies the update, passes an error to the caller. */
  async write<U extends Update | null>(send: () => Promise<U>): Promise<U> {
    await this.flush();
    return this.#inTurn(async () => {
      const update = await send();
      if (update) this.apply(update);
      if (update?.warnings.includes('characters_dropped')) this.onMended();
      return update;
    });
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    this.#writing += 1;
    const result = this.#queue.then(work).finally(() => {
      this.#writing -= 1;
    });
    this.#queue = result.catch(() => null);
    return result;
  }

  /** Resolves when everything that was asked for has been answered. */
  settled(): Promise<unknown> {
    return this.#queue;
  }

  /** Set by the window: the round has other criteria, and everything that hangs on them is to be made anew. */
  onCriteria: () => void = () => {};

  /** Takes over the rows a verb changed and what is different in the figures. */
  apply(update: Update): void {
    if (update.assessment && update.assessment.pack_sha256 !== this.pack.sha256) {
      this.onCriteria();
      return;
    }
    if (update.assessment) {
      const assessment = update.assessment;
      this.assessment = assessment;
      this.rounds = this.rounds.map((round) => (round.id === assessment.id ? assessment : round));
    }
    for (const answer of update.answers) {
      this.#base.set(answer.item, answer);
      this.#show(answer.item);
    }
    put(this.evidence, update.evidence);
    put(this.findings, update.findings);
    put(this.tasks, update.tasks);
    if (update.links.length > 0) this.links = mergeLinks(this.links, update.links);
    if (update.sign_offs.length > 0) this.signOffs = merge(this.signOffs, update.sign_offs);
    if (update.reports.length > 0) this.reports = merge(this.reports, update.reports);
    this.follow(
      update.figures,
      update.evidence.filter((row) => row.withdrawn).map((row) => row.id),
    );
    this.#savedAt = update.saved_at;
    this.version += 1;
  }

  /** Takes over what is different in the figures. When an answer before it never came, everything is read again. */
  follow(changes: FigureChanges, withdrawn: string[] = []): void {
    const figures = followed(this.figures, changes, withdrawn);
    if (figures) this.figures = figures;
    else if (changes.version > this.figures.version) void this.#inTurn(async () => this.load(await ipc.readRound()));
  }

  /** Has the core look whether the evidence files are there: a mark does not ask the disk for each of them. */
  async look(): Promise<void> {
    this.follow(await ipc.lookAtEvidence());
  }

  #show(item: string): void {
    let shown = this.#base.get(item);
    for (const op of this.#ops) {
      for (const wanted of op.patches) {
        if (wanted.item === item) shown = patched(shown ?? blankAnswer(this.assessment.id, item), wanted.patch, this.#actor());
      }
    }
    if (shown) this.answers.set(item, shown);
    else this.answers.delete(item);
  }

  /** What a text field shows: what is being typed, else what is recorded. */
  text(item: string, field: TextField): string {
    return this.#drafts.get(`${item}/${field}`) ?? this.answer(item)[field];
  }

  /** What there is to say about the text of a field. */
  remark(item: string, field: TextField): Remark {
    const key = `${item}/${field}`;
    const error = this.#refused.get(key);
    if (error) return { kind: 'refused', error };
    return this.#mended.has(key) ? { kind: 'mended' } : null;
  }

  isDraft(item: string, field: TextField): boolean {
    return this.#drafts.has(`${item}/${field}`);
  }

  /** Keeps what is being typed; saves after a pause, unless it has to wait: while an input method composes, no pause counts. */
  type(item: string, field: TextField, text: string, waits: boolean): void {
    const key = `${item}/${field}`;
    this.#drafts.set(key, text);
    this.#refused.delete(key);
    this.#mended.delete(key);
    this.#keep();
    clearTimeout(this.#timer);
    if (!waits) this.#timer = setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Forgets what is being typed in a field. */
  dropDraft(item: string, field: TextField): void {
    this.#drafts.delete(`${item}/${field}`);
    this.#refused.delete(`${item}/${field}`);
    this.#keep();
  }

  /** Gives up what could not be saved. */
  abandon(): void {
    const items = this.#ops.flatMap((op) => op.patches.map((patch) => patch.item));
    this.#ops = [];
    this.#drafts.clear();
    this.#refused.clear();
    for (const item of items) this.#show(item);
    this.#keep();
  }

  /** Saves what is being typed now. A blank reason of a 不适用 item is held back: the core would refuse it. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const wanted = new Map<string, AnswerPatch>();
    for (const [key, text] of [...this.#drafts]) {
      if (this.#refused.has(key)) continue;
      const [item = '', field] = key.split('/') as [string, TextField];
      const answer = this.answer(item);
      const pendingNa = this.naWithoutReason === item;
      if (field === 'reason' && text.trim() === '' && (answer.verdict === 'na' || pendingNa)) {
        this.#drafts.delete(key);
        continue;
      }
      this.#drafts.delete(key);
      if (text === answer[field] && !(field === 'reason' && pendingNa)) continue;
      const patch: AnswerPatch = { ...wanted.get(item), [field]: text };
      if (field === 'reason' && pendingNa) {
        patch.verdict = 'na';
        this.naWithoutReason = '';
      }
      wanted.set(item, patch);
    }
    if (wanted.size > 0) await this.markEach([...wanted].map(([item, patch]) => ({ item, patch })));
    else this.#keep();
  }

  /** The item that was called 不适用 and still waits for its reason. */
  naWithoutReason = $state('');
}

function groupBy<V>(rows: V[], key: (row: V) => string): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const row of rows) {
    const at = key(row);
    const group = groups.get(at);
    if (group) group.push(row);
    else groups.set(at, [row]);
  }
  return groups;
}

function refill<V>(map: SvelteMap<string, V>, rows: V[], key: (row: V) => string): void {
  const wanted = new Map(rows.map((row) => [key(row), row]));
  for (const held of [...map.keys()]) if (!wanted.has(held)) map.delete(held);
  for (const [at, row] of wanted) map.set(at, row);
}

function put<V extends { id: string; withdrawn: boolean }>(map: SvelteMap<string, V>, rows: V[]): void {
  for (const row of rows) {
    if (row.withdrawn) map.delete(row.id);
    else map.set(row.id, row);
  }
}

function merge<V extends { id: string; withdrawn: boolean }>(held: V[], rows: V[]): V[] {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const kept = held.map((row) => fresh.get(row.id) ?? row);
  const added = rows.filter((row) => !held.some((other) => other.id === row.id));
  return [...kept, ...added].filter((row) => !row.withdrawn);
}

function mergeLinks(held: Link[], rows: Link[]): Link[] {
  const key = (link: Link) => `${link.evidence}/${link.item}`;
  const fresh = new Set(rows.map(key));
  return [...held.filter((link) => !fresh.has(key(link))), ...rows.filter((link) => !link.withdrawn)];
}
