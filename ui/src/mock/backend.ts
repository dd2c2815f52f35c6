// The shell's commands over plain memory. Never part of the app's bundle: only `vite --mode mock` and the tests load it.
import { blankAnswer, patched } from '../overlay';
import type * as T from '../types';
import { figures } from './figures';
import { assessment, sample, shift } from './fixture';

type Args = Record<string, unknown>;
type Tables = Pick<T.Snapshot, 'answers' | 'evidence' | 'links' | 'findings' | 'tasks' | 'assessment'>;
type Batch = { action: string; before: Tables; after: Tables };

const refuse = (code: string, detail: string): never => {
  throw { code, detail, retry: false };
};

/** Extra behaviour for tests: called before every command; may wait or throw. */
export type Hook = (command: string, args: Args) => unknown;

export class MockBackend {
  readonly calls: { command: string; args: Args }[] = [];
  hook: Hook = () => undefined;
  settings: T.Settings = { lang: 'zh', theme: 'light', text_scale: 100, actor: '质检主管', system_lang: 'zh', recent: [] };
  readOnly = false;
  banners: T.Banner[] = [];
  troubles: T.Trouble[] = [];
  orphans: T.OrphanFiles = { files: 3, bytes: '1482211', aside: null };
  picks: (string | string[] | null)[] = [];
  emit: (event: string, payload: unknown) => void = () => undefined;
  #pack: T.CriteriaPack;
  #today: string;
  #snapshot: T.Snapshot;
  #files: { [id: string]: T.FileState } = {};
  #undo: Batch[] = [];
  #redo: Batch[] = [];
  #log: T.Change[] = [];
  #signOffs: T.SignOff[] = [];
  #reports: T.ReportRecord[] = [];
  #next = 1000;
  #version = 0;
  #defects = 0;

  constructor(pack: T.CriteriaPack, today: string, empty = false) {
    this.#pack = pack;
    this.#today = today;
    const made = sample(pack, today);
    this.#snapshot = made.snapshot;
    this.#files = made.files;
    if (empty) this.#blank();
    else this.#seedLog();
  }

  /** Shows a recorded round instead of the made-up one; every file counts as present. */
  show(snapshot: T.Snapshot): void {
    this.#snapshot = snapshot;
    this.#files = Object.fromEntries(snapshot.evidence.filter((e) => e.sha256).map((e) => [e.id, 'present' as const]));
    this.#log = [];
    this.#seedLog();
  }

  #blank(): void {
    this.#snapshot = { ...this.#snapshot, answers: [], evidence: [], links: [], findings: [], tasks: [], predecessor: null, assessment: { ...assessment(this.#pack, this.#today), predecessor: null } };
    this.#files = {};
    this.#undo = [];
    this.#log = [];
    this.#reports = [];
  }

  #seedLog(): void {
    const byTime = [...this.#snapshot.answers].sort((a, b) => (a.assessed_at ?? '').localeCompare(b.assessed_at ?? ''));
    for (const answer of byTime.slice(-60)) {
      this.#change('mark', 'answer', `${answer.assessment}/${answer.item}`, 'verdict', null, answer.verdict, answer.assessed_at ?? undefined);
      if (answer.note) this.#change('note', 'answer', `${answer.assessment}/${answer.item}`, 'note', '', answer.note, answer.assessed_at ?? undefined);
    }
    this.#reports = [
      { id: 'r1', assessment: this.#snapshot.assessment.id, number: 1, root: 'a3f1'.repeat(16), pdf_sha256: 'c0de'.repeat(16), file_name: '云岭客户联络中心-准备度报告-R-01.pdf', layout: 'management', lang: 'zh', draft: true, exported_by: '质检主管', exported_at: `${shift(this.#today, -3)}T08:20:00.000Z`, withdrawn: false },
    ];
  }

  #change(action: string, entity: T.Change['entity'], key: string, field: string, before: T.Value, after: T.Value, at = new Date().toISOString()): void {
    this.#log.push({ seq: this.#log.length + 1, batch: `b${this.#log.length}`, action, assessment: this.#snapshot.assessment.id, entity, key, field, old: before, new: after, actor: this.settings.actor, at, hash: '' });
  }

  async invoke(command: string, args: Args = {} as Args): Promise<unknown> {
    this.calls.push({ command, args });
    await this.hook(command, args);
    const handler = (this as unknown as Record<string, (args: Args) => unknown>)[`on_${command}`];
    if (!handler) return refuse('internal', `mock has no ${command}`);
    // Through JSON like the real thing: no shared objects.
    return JSON.parse(JSON.stringify((await handler.call(this, args)) ?? null));
  }

  #id(): string {
    return `0193ffff-0000-7000-8000-${String(this.#next++).padStart(12, '0')}`;
  }

  #tables(): Tables {
    const { answers, evidence, links, findings, tasks, assessment } = this.#snapshot;
    return { answers, evidence, links, findings, tasks, assessment };
  }

  #figures(): T.Figures {
    const step = (batch: Batch | undefined): T.Step | null =>
      batch ? { action: batch.action, items: changed(batch.before.answers, batch.after.answers, (a) => a.item).map((a) => a.item).slice(0, 8), rows: 1 } : null;
    const made = figures(this.#pack, this.#snapshot, this.#files, this.#today);
    this.#defects = made.defects.length;
    return { version: (this.#version += 1), ...made, undo: step(this.#undo.at(-1)), redo: step(this.#redo.at(-1)) };
  }

  #figureChanges(): T.FigureChanges {
    const since = this.#version;
    const held = this.#defects;
    const now = this.#figures();
    return { ...now, since, defects: [{ at: 0, gone: held, come: now.defects }] };
  }

  #round(): T.Round {
    return { snapshot: this.#snapshot, root: 'ab12'.repeat(16), figures: this.#figures(), sign_offs: this.#signOffs, reports: this.#reports, read_only: this.readOnly };
  }

  #opened(): T.Opened {
    return { dir: '/home/auditor/备审/云岭', name: this.#snapshot.assessment.organization, read_only: this.readOnly, banners: this.banners, rounds: [this.#snapshot.assessment], round: this.#round(), pack: this.#pack };
  }

  #update(before: Tables, after: Tables): T.Update {
    const gone = <V extends { id: string; withdrawn: boolean }>(a: V[], b: V[]) => a.filter((row) => !b.some((other) => other.id === row.id)).map((row) => ({ ...row, withdrawn: true }));
    const key = (link: T.Link) => `${link.evidence}/${link.item}`;
    return {
      batch: this.#id(),
      saved_at: new Date().toISOString(),
      assessment: before.assessment === after.assessment ? null : after.assessment,
      answers: [...changed(before.answers, after.answers, (a) => a.item), ...before.answers.filter((a) => !after.answers.some((b) => b.item === a.item)).map((a) => blankAnswer(a.assessment, a.item))],
      evidence: [...changed(before.evidence, after.evidence, (e) => e.id), ...gone(before.evidence, after.evidence)],
      links: [...changed(before.links, after.links, key), ...before.links.filter((l) => !after.links.some((m) => key(m) === key(l))).map((l) => ({ ...l, withdrawn: true }))],
      findings: [...changed(before.findings, after.findings, (f) => f.id), ...gone(before.findings, after.findings)],
      tasks: [...changed(before.tasks, after.tasks, (t) => t.id), ...gone(before.tasks, after.tasks)],
      sign_offs: [],
      reports: [],
      figures: this.#figureChanges(),
      warnings: [],
    };
  }

  #commit(action: string, next: Partial<Tables>): T.Update {
    if (this.readOnly) refuse('workspace_read_only', '工作区为只读');
    if (this.#snapshot.assessment.frozen && action !== 'reopen') refuse('frozen', '本次评估已批准并冻结');
    const before = this.#tables();
    this.#snapshot = { ...this.#snapshot, ...next };
    const after = this.#tables();
    this.#undo.push({ action, before, after });
    this.#redo = [];
    for (const answer of changed(before.answers, after.answers, (a) => a.item)) {
      const was = before.answers.find((a) => a.item === answer.item) ?? blankAnswer(answer.assessment, answer.item);
      for (const field of ['verdict', 'note', 'reason', 'ticks', 'review'] as const) {
        if (JSON.stringify(was[field]) !== JSON.stringify(answer[field])) this.#change(action, 'answer', `${answer.assessment}/${answer.item}`, field, was[field], answer[field]);
      }
    }
    return this.#update(before, after);
  }

  #again(from: Batch[], to: Batch[], pick: (batch: Batch) => Tables, action: string): T.Update | null {
    const batch = from.pop();
    if (!batch) return null;
    to.push(batch);
    const before = this.#tables();
    this.#snapshot = { ...this.#snapshot, ...pick(batch) };
    this.#change(action, 'answer', '', '', null, null);
    return this.#update(before, this.#tables());
  }

  on_about = (): T.About => ({ version: '0.1.0', notice: this.#pack.pack.notice, notice_en: this.#pack.pack.notice_en, kpi_notice: this.#pack.pack.kpi_notice, kpi_notice_en: this.#pack.pack.kpi_notice_en, licences: 'Noto Sans SC — SIL Open Font License 1.1\nTauri — MIT OR Apache-2.0\nSvelte — MIT\nApache ECharts — Apache-2.0', standard: this.#pack.pack.standard, pack_version: this.#pack.pack.version, pack_sha256: this.#pack.sha256 });
  on_settings = () => this.settings;
  on_save_settings = ({ settings }: Args) => void (this.settings = settings as T.Settings);
  on_recent_workspaces = (): T.Recent[] => [
    { path: '/home/auditor/备审/云岭客户联络中心', name: '云岭客户联络中心', opened_at: `${this.#today}T01:20:00.000Z`, exists: true },
    { path: '/home/auditor/备审/海晏热线', name: '海晏热线服务中心', opened_at: `${shift(this.#today, -16)}T06:02:00.000Z`, exists: true },
    { path: '/media/usb/星桥外呼', name: '星桥外呼中心', opened_at: `${shift(this.#today, -70)}T06:02:00.000Z`, exists: false },
  ];
  on_boot_timing = () => null;
  on_frontend_error = () => null;
  on_cancel_job = () => null;
  on_pick_folder = () => this.picks.shift() ?? '/home/auditor/备审/新建工作区';
  on_pick_files = () => this.picks.shift() ?? ['/home/auditor/下载/11月班表公布通知.png'];
  on_pick_save = ({ suggestedName }: Args) => this.picks.shift() ?? `/home/auditor/${String(suggestedName)}`;
  on_default_workspace_dir = ({ name }: Args) => `/home/auditor/备审/${String(name) || '未命名'}`;
  on_place_warnings = ({ dir }: Args) => (String(dir).includes('OneDrive') ? ['cloud_folder'] : []);

  on_open_workspace = ({ dir }: Args) => (String(dir).includes('usb') ? refuse('workspace_locked', '工作区正被 auditor@office-07 使用') : this.#opened());
  on_open_sample = () => this.#opened();
  on_open_round = () => this.#opened();
  on_current = () => null;
  on_close_workspace = () => null;
  on_create_workspace = ({ newRound }: Args) => this.on_start_round({ newRound } as unknown as Args);
  on_start_round = ({ newRound }: Args) => {
    const wanted = newRound as unknown as T.NewRound;
    if (!wanted.organization.trim()) refuse('field', '组织名称：不能为空');
    this.#blank();
    const { gap, ...rest } = wanted;
    const round = { ...this.#snapshot.assessment, ...rest, kind: gap ? ('gap' as const) : ('self-assessment' as const), title: wanted.title || `${wanted.organization}2026年内部自评` };
    const held = wanted.conditions;
    const answers = held
      ? this.#pack.items.filter((i) => i.applies !== 'all' && !held.includes(i.applies)).map((i): T.Answer => ({ ...blankAnswer(round.id, i.code), verdict: 'na', reason: '评估范围内没有该类业务（建立评估时填报，请确认）。' }))
      : [];
    this.#snapshot = { ...this.#snapshot, assessment: round, answers };
    return this.#opened();
  };
  on_edit_round = ({ assessment }: Args) => this.#commit('edit_round', { assessment: assessment as unknown as T.Assessment });
  on_round = () => this.#round();

  on_mark = ({ items, patch }: Args) => this.#mark((items as string[]).map((item) => ({ item, patch: patch as T.AnswerPatch })));
  on_mark_each = ({ patches }: Args) => this.#mark(patches as T.ItemPatch[]);
  #mark(patches: T.ItemPatch[]): T.Update {
    const answers = new Map(this.#snapshot.answers.map((a) => [a.item, a]));
    for (const { item, patch } of patches) {
      if (!this.#pack.items.some((i) => i.code === item)) refuse('unknown_item', `没有编号为 ${item} 的评审条目`);
      const next = patched(answers.get(item) ?? blankAnswer(this.#snapshot.assessment.id, item), patch, this.settings.actor);
      if ((patch.verdict === 'na' || patch.reason !== undefined) && next.verdict === 'na' && !next.reason.trim()) refuse('reason_missing', `${item} 判为不适用须写明理由`);
      answers.set(item, next);
    }
    const first = patches[0]?.patch ?? {};
    const action = first.clear || first.verdict ? 'mark' : first.note !== undefined ? 'note' : first.reason !== undefined ? 'reason' : first.ticks ? 'tick' : 'review';
    return this.#commit(action, { answers: [...answers.values()].sort((a, b) => (a.item < b.item ? -1 : 1)) });
  }

  #addEvidence(kind: T.EvidenceKind, items: string[], draft: T.EvidenceDraft, names: string[]): T.Update {
    let number = Math.max(0, ...this.#snapshot.evidence.map((e) => e.number));
    const rows = names.map((name): T.Evidence => {
      number += 1;
      const row: T.Evidence = { id: this.#id(), assessment: this.#snapshot.assessment.id, number, kind, title: draft.title || name, file_name: kind === 'file' ? name : '', media_type: kind === 'file' ? (name.endsWith('.png') ? 'image/png' : 'application/octet-stream') : '', size_bytes: kind === 'file' ? '48213' : '', sha256: kind === 'file' ? '9e'.repeat(32) : '', location: draft.location, text: draft.text, effective: draft.effective, expires: draft.expires, added_by: this.settings.actor, added_at: new Date().toISOString(), withdrawn: false };
      if (kind === 'file') this.#files[row.id] = 'present';
      return row;
    });
    const links = rows.flatMap((row) => items.map((item): T.Link => ({ evidence: row.id, assessment: row.assessment, item, locator: draft.locator, withdrawn: false })));
    return this.#commit('add_evidence', { evidence: [...this.#snapshot.evidence, ...rows], links: [...this.#snapshot.links, ...links] });
  }
  on_add_files = async ({ job, items, paths, draft }: Args) => {
    const all = paths as string[];
    for (let done = 0; done < all.length; done++) this.emit('progress', { job, done, total: all.length, stage: 'copy' });
    return this.#addEvidence('file', items as string[], draft as unknown as T.EvidenceDraft, all.map((path) => path.split(/[\\/]/).pop()!));
  };
  on_add_bytes = ({ items, fileName, draft }: Args) => this.#addEvidence('file', items as string[], draft as unknown as T.EvidenceDraft, [String(fileName)]);
  on_add_record = ({ items, kind, draft }: Args) => this.#addEvidence(kind as unknown as T.EvidenceKind, items as string[], draft as unknown as T.EvidenceDraft, ['']);
  on_edit_evidence = ({ id, draft }: Args) => {
    const said = { ...(draft as unknown as T.EvidenceDraft) } as Partial<T.EvidenceDraft>;
    delete said.locator;
    return this.#commit('edit_evidence', { evidence: this.#snapshot.evidence.map((e) => (e.id === id ? { ...e, ...said } : e)) });
  };
  on_link_evidence = ({ id, items, locator }: Args) => {
    const fresh = (items as string[]).map((item): T.Link => ({ evidence: String(id), assessment: this.#snapshot.assessment.id, item, locator: String(locator), withdrawn: false }));
    const kept = this.#snapshot.links.filter((l) => !fresh.some((f) => f.evidence === l.evidence && f.item === l.item));
    return this.#commit('link_evidence', { links: [...kept, ...fresh] });
  };
  on_unlink_evidence = ({ id, item }: Args) => this.#commit('unlink_evidence', { links: this.#snapshot.links.filter((l) => l.evidence !== id || l.item !== item) });
  on_withdraw_evidence = ({ id }: Args) => this.#commit('withdraw_evidence', { evidence: this.#snapshot.evidence.filter((e) => e.id !== id), links: this.#snapshot.links.filter((l) => l.evidence !== id) });
  on_replace_evidence = ({ id, path }: Args) => {
    this.#files[String(id)] = 'present';
    return this.#commit('replace_evidence', { evidence: this.#snapshot.evidence.map((e) => (e.id === id ? { ...e, file_name: String(path).split('/').pop()!, sha256: '5a'.repeat(32) } : e)) });
  };
  on_verify_evidence = () => this.#figureChanges();
  on_look_at_evidence = () => this.#figureChanges();
  on_preview_evidence = ({ id }: Args): T.Preview => {
    const row = this.#snapshot.evidence.find((e) => e.id === id);
    if (row?.media_type === 'image/png') return { kind: 'image', data: PIXEL };
    if (row?.media_type === 'text/csv') return { kind: 'text', text: '调阅时间,调阅人,用途\n2026-10-08 09:12,质检员A,质检抽样\n2026-10-09 14:30,班组长B,\n2026-10-11 16:05,质检员A,投诉复核', more: false };
    return { kind: 'none' };
  };
  on_open_evidence = () => null;

  on_add_finding = ({ draft }: Args) => {
    const said = draft as unknown as T.FindingDraft;
    if (!said.fact.trim()) refuse('field', '事实描述：须写清时间、地点、记录和对象');
    const number = Math.max(0, ...this.#snapshot.findings.map((f) => f.number)) + 1;
    const row: T.Finding = { ...said, criterion: said.criterion || this.#pack.items.find((i) => i.code === said.item)!.requirement, id: this.#id(), assessment: this.#snapshot.assessment.id, number, found_by: this.settings.actor, found_on: this.#today, withdrawn: false };
    return this.#commit('add_finding', { findings: [...this.#snapshot.findings, row] });
  };
  on_edit_finding = ({ id, draft }: Args) => this.#commit('edit_finding', { findings: this.#snapshot.findings.map((f) => (f.id === id ? { ...f, ...(draft as unknown as T.FindingDraft) } : f)) });
  on_withdraw_finding = ({ id }: Args) => this.#commit('withdraw_finding', { findings: this.#snapshot.findings.filter((f) => f.id !== id), tasks: this.#snapshot.tasks.filter((t) => t.finding !== id) });
  on_add_task = ({ draft }: Args) => {
    const said = draft as unknown as T.TaskDraft;
    if (!said.title.trim()) refuse('field', '整改措施：不能为空');
    const number = Math.max(0, ...this.#snapshot.tasks.map((t) => t.number)) + 1;
    const item = this.#snapshot.findings.find((f) => f.id === said.finding)?.item ?? said.item;
    const row: T.Task = { ...said, item, kind: said.kind ?? 'corrective', id: this.#id(), assessment: this.#snapshot.assessment.id, number, agreed_due: said.due, state: 'todo', result: '', verifier: '', closed_at: null, proof: [], reopened: 0, withdrawn: false };
    const update = this.#commit('add_task', { tasks: [...this.#snapshot.tasks, row] });
    return said.due && said.due < this.#today ? { ...update, warnings: ['due_in_the_past'] } : update;
  };
  on_edit_task = ({ id, draft }: Args) => this.#commit('edit_task', { tasks: this.#snapshot.tasks.map((t) => (t.id === id ? { ...t, ...(draft as unknown as T.TaskDraft), kind: (draft as unknown as T.TaskDraft).kind ?? t.kind } : t)) });
  on_move_task = ({ id, state, closure }: Args) => {
    const { result, verifier, proof } = closure as unknown as T.Closure;
    return this.#commit('move_task', {
      tasks: this.#snapshot.tasks.map((t) => {
        if (t.id !== id) return t;
        if (String(state) === 'closed' && (!result.trim() || !verifier.trim())) refuse('field', '验证人：关闭任务前须写明验证人');
        if (String(state) === 'closed' && verifier.trim() === t.owner.trim()) refuse('field', '验证人：应由责任人以外的人验证');
        const reopening = t.state === 'closed';
        return { ...t, state: state as unknown as T.TaskState, result: reopening ? '' : result || t.result, verifier: reopening ? '' : verifier || t.verifier, proof: [...t.proof, ...proof], closed_at: String(state) === 'closed' ? new Date().toISOString() : null, reopened: t.reopened + (reopening ? 1 : 0) };
      }),
    });
  };
  on_withdraw_task = ({ id }: Args) => this.#commit('withdraw_task', { tasks: this.#snapshot.tasks.filter((t) => t.id !== id) });

  on_undo = () => this.#again(this.#undo, this.#redo, (b) => b.before, 'undo');
  on_redo = () => this.#again(this.#redo, this.#undo, (b) => b.after, 'redo');
  on_history = ({ query }: Args) => {
    const wanted = query as unknown as T.HistoryQuery;
    return [...this.#log].reverse().filter((c) => (!wanted.item || c.key.endsWith(`/${wanted.item}`))).slice(0, wanted.limit ?? 1000);
  };
  on_sign = ({ role, name }: Args) => {
    const row: T.SignOff = { id: this.#id(), assessment: this.#snapshot.assessment.id, role: role as unknown as T.SignRole, name: String(name), root: 'ab12'.repeat(16), revision: this.#snapshot.assessment.revision, signed_at: new Date().toISOString(), withdrawn: false };
    this.#signOffs = [...this.#signOffs, row];
    const update = this.#commit('sign', row.role === 'approved' ? { assessment: { ...this.#snapshot.assessment, frozen: true } } : {});
    return { ...update, sign_offs: [row] };
  };
  on_withdraw_signature = ({ id }: Args) => {
    const row = this.#signOffs.find((s) => s.id === id)!;
    this.#signOffs = this.#signOffs.filter((s) => s !== row);
    return { ...this.#commit('withdraw_signature', {}), sign_offs: [{ ...row, withdrawn: true }] };
  };
  on_reopen = () => this.#commit('reopen', { assessment: { ...this.#snapshot.assessment, frozen: false, revision: this.#snapshot.assessment.revision + 1 } });

  on_export_report = async ({ job, path, options }: Args): Promise<T.ExportedReport> => {
    const wanted = options as unknown as T.ReportOptions;
    for (let done = 0; done <= 4; done++) this.emit('progress', { job, done, total: 4, stage: 'layout' });
    const record: T.ReportRecord = { id: this.#id(), assessment: this.#snapshot.assessment.id, number: this.#reports.length + 1, root: 'ab12'.repeat(16), pdf_sha256: 'd1'.repeat(32), file_name: String(path).split('/').pop()!, layout: wanted.layout, lang: wanted.lang, draft: wanted.draft, exported_by: this.settings.actor, exported_at: new Date().toISOString(), withdrawn: false };
    this.#reports = [...this.#reports, record];
    return { record, pages: 46, bytes: 712_334, missing: [], update: { ...this.#update(this.#tables(), this.#tables()), reports: [record] } };
  };
  on_report_differs = (): T.Differs | null => {
    const last = this.#reports.at(-1);
    return last && last.root !== 'ab12'.repeat(16) ? { number: last.number, root: last.root, now: 'ab12'.repeat(16) } : null;
  };
  on_export_pack = async ({ job, dir, options }: Args): Promise<T.PackResult> => {
    const report = await this.on_export_report({ job, path: `${String(dir)}/report.pdf`, options });
    return { dir: String(dir), files: 58, left_out: ['EV-0019'], report };
  };
  on_export_plan = () => null;
  on_verify_report = (): T.VerifyResult => ({ ok: true, printed_root: 'ab12'.repeat(16), computed_root: 'ab12'.repeat(16), organization: this.#snapshot.assessment.organization, title: this.#snapshot.assessment.title, files_checked: 58, mismatches: [] });
  on_backup_now = (): T.BackupFile => ({ good: true, answers: 204, changes: 480, path: '/home/auditor/备审/云岭/backups/2026-11-22T0312.db', at: new Date().toISOString(), size_bytes: '1893221' });
  on_backups = (): T.BackupFile[] => [1, 2, 9].map((n) => ({ good: true, answers: 204, changes: 480, path: `/home/auditor/备审/云岭/backups/${shift(this.#today, -n)}.db`, at: `${shift(this.#today, -n)}T10:00:00.000Z`, size_bytes: String(1_800_000 - n * 31_000) }));
  on_restore = () => this.#opened();
  on_doctor = (): T.Trouble[] => this.troubles;
  on_health = (): T.Health => ({
    backup_dir: '/home/auditor/.local/share/beishen/backups/云岭',
    last_backup: this.on_backups()[0] ?? null,
    good_backups: 3,
    changed_since: true,
    automatic: null,
    paused: this.banners.some((each) => each.code === 'restore_unconfirmed') ? { at: `${this.#today}T02:00:00.000Z`, from: '2026-11-21.db' } : null,
    checked: { at: `${shift(this.#today, -4)}T02:00:00.000Z`, errors: 0, warnings: 0, notes: 1 },
    signed: [],
    banners: this.banners,
  });
  on_confirm_restore = () => {
    this.banners = this.banners.filter((each) => each.code !== 'restore_unconfirmed');
    return this.on_health();
  };
  on_work_on = () => {
    this.readOnly = false;
    this.banners = this.banners.filter((each) => each.code !== 'signed_changed');
    return this.#opened();
  };
  on_orphans = (): T.OrphanFiles => this.orphans;
  on_sweep_orphans = (): T.OrphanFiles => {
    const swept = this.orphans;
    this.orphans = { files: 0, bytes: '0', aside: null };
    return swept;
  };
  on_preview_conditions = ({ wanted }: Args): T.ConditionChange => changeOf(this.#pack, this.#snapshot, wanted as string[]);
  on_change_conditions = ({ wanted }: Args): T.ConditionsChanged => {
    const change = changeOf(this.#pack, this.#snapshot, wanted as string[]);
    const answers = new Map(this.#snapshot.answers.map((each) => [each.item, each]));
    for (const item of change.proposed) answers.set(item, { ...blankAnswer(this.#snapshot.assessment.id, item), verdict: 'na', reason: '变更适用情形时填报，请确认。', assessor: this.settings.actor });
    for (const item of change.reopened) answers.set(item, blankAnswer(this.#snapshot.assessment.id, item));
    return { change, update: this.#commit('change_conditions', { assessment: { ...this.#snapshot.assessment, conditions: change.conditions }, answers: [...answers.values()] }) };
  };
}

function changeOf(pack: T.CriteriaPack, snapshot: T.Snapshot, wanted: string[]): T.ConditionChange {
  const held = snapshot.assessment.conditions;
  const change: T.ConditionChange = { conditions: wanted, proposed: [], reopened: [], marked: [], excluded: [] };
  for (const { code, applies } of pack.items) {
    const before = applies === 'all' || !held || held.includes(applies);
    const after = applies === 'all' || wanted.includes(applies);
    const answer = snapshot.answers.find((each) => each.item === code);
    if (before && !after && answer?.verdict !== 'na') (answer?.verdict ? change.marked : change.proposed).push(code);
    else if (!before && after && answer?.verdict === 'na') (answer.reason.includes('请确认') ? change.reopened : change.excluded).push(code);
  }
  return change;
}

function changed<V>(before: V[], after: V[], key: (row: V) => string): V[] {
  const was = new Map(before.map((row) => [key(row), row]));
  return after.filter((row) => was.get(key(row)) !== row);
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
