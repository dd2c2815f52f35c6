import { beforeEach, describe, expect, it, vi } from 'vitest';
import { inWords } from './app.svelte';
import * as ipc from './ipc';
import { PAUSE_MS, Round } from './round.svelte';
import { openRound, settle } from './testing/open';
import type { Shell } from './testing/shell';
import type { Grade } from './types';

let shell: Shell;
let round: Round;
beforeEach(async () => {
  ({ shell, round } = await openRound({ empty: true }));
});

describe('a mark', () => {
  it('shows at once and is saved only when the shell says so', async () => {
    let release = () => {};
    shell.hook = (command) => (command === 'mark' ? new Promise<void>((resolve) => (release = resolve)) : undefined);
    void round.mark(['GH1-01'], { verdict: 'partial' });
    expect(round.verdict('GH1-01')).toBe('partial');
    expect(round.saveState.kind).toBe('saving');
    await vi.waitFor(() => expect(shell.calls).toHaveLength(1));
    expect(round.figures.score.overall.partial).toBe(0);
    release();
    await settle(round);
    expect(round.saveState.kind).toBe('saved');
    expect(round.figures.score.overall.partial).toBe(1);
  });

  it('that failed on disk stays in sight and goes with a retry', async () => {
    let full = true;
    shell.hook = () => {
      if (full) throw { code: 'disk_full', detail: '磁盘空间不足' };
    };
    await round.mark(['GH1-01'], { verdict: 'conform' });
    expect(round.verdict('GH1-01')).toBe('conform');
    expect(round.saveState).toMatchObject({ kind: 'failed', error: { code: 'disk_full' } });
    await round.mark(['GH1-02'], { verdict: 'nonconform' }).catch(() => null);
    expect(round.saveState.kind).toBe('failed');
    full = false;
    await round.retry();
    expect(round.saveState.kind).toBe('saved');
    expect([round.verdict('GH1-01'), round.verdict('GH1-02')]).toEqual(['conform', 'nonconform']);
    expect(round.figures.score.overall.unassessed).toBe(222);
  });

  it('that is refused is taken back and said', async () => {
    const refusals: string[] = [];
    round.onRefused = (error) => refusals.push(inWords(error).text);
    shell.hook = () => {
      throw { code: 'assessment_frozen', detail: '', retry: false };
    };
    await round.mark(['GH1-01'], { verdict: 'conform' });
    expect(round.verdict('GH1-01')).toBeNull();
    expect(refusals).toEqual(['本次评估已批准并冻结，不能修改']);
    expect(round.saveState.kind).toBe('idle');
  });

  it('is not overwritten by the answer to an earlier one', async () => {
    const first = round.mark(['GH1-01'], { verdict: 'conform' });
    const second = round.mark(['GH1-01'], { verdict: 'nonconform' });
    await first;
    expect(round.verdict('GH1-01')).toBe('nonconform');
    await second;
    expect(round.verdict('GH1-01')).toBe('nonconform');
  });

  it('on many items is one call, and one undo takes it back', async () => {
    const codes = round.pack.items.slice(0, 50).map((item) => item.code);
    await round.mark(codes, { verdict: 'conform' });
    expect(shell.calls.map((call) => call.command)).toEqual(['mark']);
    await round.write(ipc.undo);
    expect(codes.every((code) => round.verdict(code) === null)).toBe(true);
    await round.write(ipc.redo);
    expect(codes.every((code) => round.verdict(code) === 'conform')).toBe(true);
  });
});

describe('a note', () => {
  it('is saved after a pause, not with every key', async () => {
    vi.useFakeTimers();
    for (const text of ['抽', '抽近', '抽近三个月班表']) round.type('GH1-01', 'note', text, false);
    expect(round.saveState.kind).toBe('saving');
    expect(shell.calls).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(PAUSE_MS + 10);
    vi.useRealTimers();
    await settle(round);
    expect(shell.calls.map((call) => call.args)).toMatchObject([{ items: ['GH1-01'], patch: { note: '抽近三个月班表' } }]);
    expect(round.answer('GH1-01').note).toBe('抽近三个月班表');
  });

  it('waits while an input method composes', async () => {
    vi.useFakeTimers();
    round.type('GH1-01', 'note', 'ban biao', true);
    await vi.advanceTimersByTimeAsync(PAUSE_MS * 4);
    expect(shell.calls).toHaveLength(0);
    round.type('GH1-01', 'note', '班表', false);
    await vi.advanceTimersByTimeAsync(PAUSE_MS + 10);
    vi.useRealTimers();
    await settle(round);
    expect(shell.calls).toHaveLength(1);
    expect(round.answer('GH1-01').note).toBe('班表');
  });

  it('is saved before any other write, so nothing overtakes it', async () => {
    round.type('GH1-01', 'note', '先写的', false);
    await round.write(() => ipc.addFinding({ item: 'GH1-01', grade: 'minor', fact: '事实', criterion: '', cause: '', department: '' }));
    expect(shell.calls.map((call) => call.command)).toEqual(['mark', 'add_finding']);
  });

  it('that ends where it began is not written at all', async () => {
    round.type('GH1-01', 'note', '甲', false);
    round.type('GH1-01', 'note', '', false);
    await round.flush();
    expect(shell.calls).toHaveLength(0);
    expect(round.saveState.kind).toBe('idle');
  });
});

describe('a text that is refused', () => {
  const tooLong = '长'.repeat(100_001);

  it('stays in its field with the reason, and the save state says so', async () => {
    await round.mark(['GH1-01'], { note: '旧的记录' });
    round.type('GH1-01', 'note', tooLong, false);
    await round.flush();
    expect(round.text('GH1-01', 'note')).toBe(tooLong);
    expect(round.answer('GH1-01').note).toBe('旧的记录');
    const remark = round.remark('GH1-01', 'note');
    expect(remark?.kind === 'refused' && remark.error.detail).toContain('评估记录：最多 100000 个字符');
    expect(round.saveState).toMatchObject({ kind: 'refused', item: 'GH1-01', count: 1 });
    expect(round.unsaved).toBe(1);
    expect(round.unsavedText()).toEqual([`GH1-01/note\t${tooLong}`]);
  });

  it('is not sent again until it is changed, and saved then', async () => {
    round.type('GH1-01', 'note', tooLong, false);
    await round.flush();
    await round.flush();
    await round.mark(['GH1-02'], { verdict: 'conform' });
    const sent = () => shell.calls.filter((call) => call.command === 'mark' && (call.args.items as string[])[0] === 'GH1-01');
    expect(sent()).toHaveLength(1);
    expect(round.saveState.kind).toBe('refused');
    round.type('GH1-01', 'note', '短的记录', false);
    expect(round.remark('GH1-01', 'note')).toBeNull();
    await round.flush();
    expect(sent()).toHaveLength(2);
    expect(round.answer('GH1-01').note).toBe('短的记录');
    expect(round.saveState.kind).toBe('saved');
  });

  it('does not overwrite what was typed since', async () => {
    let release = () => {};
    shell.hook = () => new Promise<void>((resolve) => (release = resolve));
    round.type('GH1-01', 'note', tooLong, false);
    const first = round.flush();
    await vi.waitFor(() => expect(shell.calls).toHaveLength(1));
    round.type('GH1-01', 'note', '改短了', false);
    shell.hook = () => undefined;
    release();
    await first;
    expect(round.text('GH1-01', 'note')).toBe('改短了');
    expect(round.remark('GH1-01', 'note')).toBeNull();
    await round.flush();
    expect(round.answer('GH1-01').note).toBe('改短了');
  });

  it('is there after a restart, when the window has forgotten its session', async () => {
    round.type('GH1-01', 'note', tooLong, false);
    await round.flush();
    sessionStorage.clear();
    const again = new Round((await ipc.current())!, () => '');
    expect(again.text('GH1-01', 'note')).toBe(tooLong);
    await vi.waitFor(() => expect(again.remark('GH1-01', 'note')?.kind).toBe('refused'));
    expect(again.text('GH1-01', 'note')).toBe(tooLong);
    again.abandon();
    expect(again.saveState.kind).not.toBe('refused');
    expect(new Round((await ipc.current())!, () => '').recovered).toBe(0);
  });

  it('keeps the 不适用 that came with its reason', async () => {
    round.naWithoutReason = 'GH1-01';
    round.type('GH1-01', 'reason', tooLong, false);
    await round.flush();
    expect(round.text('GH1-01', 'reason')).toBe(tooLong);
    round.type('GH1-01', 'reason', '没有外呼业务', false);
    await round.flush();
    expect(round.answer('GH1-01')).toMatchObject({ verdict: 'na', reason: '没有外呼业务' });
  });

  it('is none when it only holds what other programs put into it', async () => {
    round.type('GH1-01', 'note', '第一行\u000b第二行', false);
    await round.flush();
    expect(round.text('GH1-01', 'note')).toBe('第一行\n第二行');
    expect(round.remark('GH1-01', 'note')).toBeNull();
    round.type('GH1-01', 'note', '响\u0007铃', false);
    await round.flush();
    expect(round.text('GH1-01', 'note')).toBe('响铃');
    expect(round.remark('GH1-01', 'note')).toEqual({ kind: 'mended' });
    expect(round.saveState.kind).toBe('saved');
  });
});

describe('不适用', () => {
  it('is written together with its reason', async () => {
    round.naWithoutReason = 'GH1-01';
    round.type('GH1-01', 'reason', '没有外呼业务', false);
    await round.flush();
    expect(shell.calls[0]?.args).toMatchObject({ patch: { verdict: 'na', reason: '没有外呼业务' } });
    expect(round.verdict('GH1-01')).toBe('na');
  });
  it('never loses its reason to an emptied field', async () => {
    await round.mark(['GH1-01'], { verdict: 'na', reason: '没有外呼业务' });
    round.type('GH1-01', 'reason', '  ', false);
    await round.flush();
    expect(round.answer('GH1-01').reason).toBe('没有外呼业务');
    expect(shell.calls).toHaveLength(1);
  });
});

it('withdrawn rows vanish from the lists and come back with undo', async () => {
  const update = await round.write(() =>
    ipc.addRecord(['GH1-01'], 'interview', {
      title: '班组长访谈',
      location: '',
      text: '口头告知',
      effective: null,
      expires: null,
      locator: '',
    }),
  );
  const id = update.evidence[0]!.id;
  expect(round.evidenceOf('GH1-01')).toHaveLength(1);
  await round.write(() => ipc.withdrawEvidence(id));
  expect(round.evidenceOf('GH1-01')).toHaveLength(0);
  await round.write(ipc.undo);
  expect(round.evidenceOf('GH1-01')[0]?.evidence.title).toBe('班组长访谈');
});

it('an answer that never came is made up for by reading the round again', async () => {
  const update = await ipc.mark(['GH1-01'], { verdict: 'conform' });
  const later = await ipc.mark(['GH1-02'], { verdict: 'partial' });
  expect(update.figures.since).toBe(round.figures.version);
  round.apply(later);
  await settle(round);
  expect(round.figures.score.overall).toMatchObject({ conform: 1, partial: 1 });
  expect([round.verdict('GH1-01'), round.verdict('GH1-02')]).toEqual(['conform', 'partial']);
  // What comes too late says nothing new.
  const version = round.figures.version;
  round.apply(update);
  expect(round.figures.version).toBe(version);
});

it('what is open, late or expired is what the core says', async () => {
  const draft = { item: 'GH1-01', fact: '事实', criterion: '', cause: '', department: '' };
  const found = async (grade: Grade) => (await round.write(() => ipc.addFinding({ ...draft, grade }))).findings[0]!;
  const [good, minor] = [await found('good'), await found('minor')];
  expect(round.openFindings.has(minor.id)).toBe(true);
  expect(round.openFindings.has(good.id)).toBe(false);
  const task = { finding: good.id, item: 'GH1-01', kind: null, title: '推广', detail: '', owner: '质检主管', priority: 'low' } as const;
  const late = (await round.write(() => ipc.addTask({ ...task, due: '2020-01-31' }))).tasks[0]!;
  expect(round.openFindings.has(good.id)).toBe(true);
  expect(round.isLate(round.tasks.get(late.id)!)).toBe(true);
  await round.write(() => ipc.moveTask(late.id, 'to-verify', { result: '', verifier: '', proof: [] }));
  await round.write(() => ipc.moveTask(late.id, 'closed', { result: '各班组已照此执行', verifier: '评估组长', proof: [] }));
  expect(round.isLate(round.tasks.get(late.id)!)).toBe(false);
  expect(round.openFindings.has(good.id)).toBe(false);
  const record = { title: '告知书', location: '', text: '纸质', effective: null, locator: '' };
  for (const expires of ['2020-01-31', '2090-01-31']) await round.write(() => ipc.addRecord(['GH1-01'], 'record', { ...record, expires }));
  expect(round.evidenceList.map((evidence) => round.isExpired(evidence))).toEqual([true, false]);
});

describe('a reload', () => {
  it('loses neither what was being typed nor a mark that no disk had taken', async () => {
    shell.hook = (command) => {
      if (command === 'mark') throw { code: 'disk_full', detail: '' };
    };
    await round.mark(['GH1-01'], { verdict: 'partial' });
    round.type('GH1-02', 'note', '抽近三个月班表', false);
    shell.hook = () => undefined;
    const again = new Round((await ipc.current())!, () => '质检主管');
    expect(again.recovered).toBe(2);
    expect(again.text('GH1-02', 'note')).toBe('抽近三个月班表');
    await vi.waitFor(() => expect(again.saveState.kind).toBe('saved'));
    expect(again.verdict('GH1-01')).toBe('partial');
    expect(again.answer('GH1-02').note).toBe('抽近三个月班表');
    expect(again.unsaved).toBe(0);
    expect(new Round((await ipc.current())!, () => '').recovered).toBe(0);
  });
  it('takes nothing up again that was saved or given up', async () => {
    await round.mark(['GH1-01'], { verdict: 'partial' });
    round.type('GH1-02', 'note', '先写的', false);
    await round.flush();
    round.type('GH1-04', 'note', '不要了', false);
    round.abandon();
    expect(new Round((await ipc.current())!, () => '').recovered).toBe(0);
  });
});
