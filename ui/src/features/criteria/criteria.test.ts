import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { app } from '../../app.svelte';
import { cpSync, readFileSync, writeFileSync } from '../../../testing/disk.js';
import * as ipc from '../../ipc';
import { openRound, settle } from '../../testing/open';
import type { Shell } from '../../testing/shell';
import Frame from '../frame/Frame.svelte';
import Settings from '../settings/Settings.svelte';

const user = () => userEvent.setup({ delay: null });
const CHANGED = 'XC3-05';
const WITHDRAWN = 'RY1-04';
const ADDED = 'RY1-19';
const RENAMED = { from: 'JS5-03', to: 'JS5-19' };

/** The next edition: one item asks something else, one is gone, one is new, one has another code. */
function nextEdition(): string {
  const text = readFileSync('../criteria/yd-t-2823-2015.toml', 'utf8').replace('version = "', 'version = "2099.');
  const blocks = text.split(/(?=^\[\[)/m).map((block: string) => {
    if (block.startsWith(`[[items]]\ncode = "${CHANGED}"`)) return block.replace('requirement = "', 'requirement = "遇节假日另行确认；');
    if (block.startsWith(`[[items]]\ncode = "${WITHDRAWN}"`))
      return block.replace(WITHDRAWN, ADDED).replace('title = "', 'title = "新设之').replace('requirement = "', 'requirement = "逐人');
    if (block.startsWith(`[[items]]\ncode = "${RENAMED.from}"`)) return block.replace(RENAMED.from, RENAMED.to);
    return block;
  });
  return `${blocks.join('')}\n[[renamed]]\nfrom = "${RENAMED.from}"\nto = "${RENAMED.to}"\n`;
}

async function choose(shell: Shell, name: string, text: string): Promise<void> {
  const path = `${shell.session.home}/${name}`;
  writeFileSync(path, text);
  await shell.session.answer([path]);
  await user().click(await screen.findByTestId('criteria-file'));
}

/** A round with a verdict on one item of each fate, and the dialog over it. */
async function withDialog() {
  const { shell, round } = await openRound({ empty: true, screen: 'settings' });
  await round.mark([CHANGED, WITHDRAWN, RENAMED.from], { verdict: 'partial', note: '抽查三期' });
  await round.write(() =>
    ipc.addFinding({ item: WITHDRAWN, grade: 'minor', fact: '两份说明书没有批准日期', criterion: '', cause: '', department: '' }),
  );
  render(Frame);
  await user().click(await screen.findByTestId('criteria-update'));
  return { shell, before: round };
}

describe('an update of the criteria', () => {
  it('says what it means first, then does it in one step that undo takes back', async () => {
    const { shell, before } = await withDialog();
    // The criteria that the program brings are those it has.
    await screen.findByTestId('criteria-same');
    expect(screen.getByTestId('criteria-apply')).toHaveProperty('disabled', true);
    await choose(shell, '新准则.toml', nextEdition());
    const sum = await screen.findByTestId('criteria-sum');
    for (const part of ['未变 222', '变更 1', '新增 1', '撤销 1', '换编号 1', '0.67% → 0.45%']) expect(sum.textContent).toContain(part);
    expect(screen.getByTestId('criteria-withdrawn').textContent).toContain('发现 1');
    const row = screen.getByTestId('criteria-changed');
    await user().click(within(row).getByRole('button'));
    expect((await screen.findByTestId('criteria-compared')).querySelector('ins')?.textContent).toBe('遇节假日另行确认；');
    expect(shell.calls.some((call) => call.command === 'update_criteria')).toBe(false);

    await user().click(screen.getByTestId('criteria-apply'));
    await waitFor(() => expect(app.round).not.toBe(before));
    const round = app.round!;
    expect(round.pack.pack.version).toMatch(/^2099\./);
    expect([round.verdict(RENAMED.to), round.answer(CHANGED).given_for]).toEqual(['partial', `${CHANGED}@${before.pack.sha256}`]);
    expect(round.items.has(WITHDRAWN)).toBe(false);
    expect(app.screen).toBe('settings');

    await ipcUndo();
    await waitFor(() => expect(app.round).not.toBe(round));
    expect(app.round!.pack.sha256).toBe(before.pack.sha256);
    expect(app.round!.answer(WITHDRAWN)).toMatchObject({ verdict: 'partial', note: '抽查三期' });
    expect(app.round!.answer(CHANGED).given_for).toBe('');
  });

  it('marks what is to be confirmed, shows why, and Y confirms it', async () => {
    const { shell, before } = await withDialog();
    await choose(shell, '新准则.toml', nextEdition());
    await screen.findByTestId('criteria-sum');
    await user().click(screen.getByTestId('criteria-apply'));
    await waitFor(() => expect(app.round).not.toBe(before));
    const round = app.round!;
    expect((await screen.findByTestId('criteria-waiting')).textContent).toContain('1 条');
    await user().click(within(screen.getByTestId('criteria-waiting')).getByRole('button'));
    expect(app.view!.list).toEqual([CHANGED]);
    await screen.findByTestId('to-confirm');
    expect((await screen.findByTestId('what-changed')).querySelector('ins')?.textContent).toBe('遇节假日另行确认；');
    expect(screen.getByTestId(`item-row-${CHANGED}`).textContent).toContain('待确认');
    await user().keyboard('y');
    await settle(round);
    expect(round.answer(CHANGED)).toMatchObject({ verdict: 'partial', given_for: '', assessor: '质检主管' });
    await waitFor(() => expect(screen.queryByTestId('to-confirm')).toBeNull());
    expect(round.defects.some((defect) => defect.rule === 'verdict_to_confirm')).toBe(false);
  });

  it('keeps what stands on a withdrawn item within reach', async () => {
    const { shell, before } = await withDialog();
    await choose(shell, '新准则.toml', nextEdition());
    await screen.findByTestId('criteria-sum');
    await user().click(screen.getByTestId('criteria-apply'));
    await waitFor(() => expect(app.round).not.toBe(before));
    await user().click(await screen.findByTestId(`archived-${WITHDRAWN}`));
    const dialog = await screen.findByTestId('archived-dialog');
    expect(dialog.textContent).toContain('抽查三期');
    await user().click(screen.getByTestId('archived-finding'));
    expect(app.screen).toBe('findings');
    // Its code in a list leads to the same place.
    app.go('assess', { item: WITHDRAWN });
    expect([app.screen, app.archivedItem]).toEqual(['findings', WITHDRAWN]);
  });

  it('is refused with the reason when the file is none or the round is signed', async () => {
    const { shell } = await withDialog();
    await choose(shell, '坏准则.toml', '[pack]\nid = 3\n');
    expect((await screen.findByTestId('criteria-refused')).textContent).toContain('准则文件');
    await app.round!.write(() => ipc.sign('prepared', '质检主管'));
    await choose(shell, '新准则.toml', nextEdition());
    await waitFor(() => expect(screen.getByTestId('criteria-refused').textContent).toContain('下一次评估'));
    expect(screen.getByTestId('criteria-apply')).toHaveProperty('disabled', true);
  });
});

it('a round of an earlier edition is told calmly of the later one, and the notice goes when it is closed', async () => {
  await openRound({
    before: async ({ home, call }) => {
      const dir = `${home}/云岭`;
      cpSync('../tests/golden/0.2.0/云岭', dir, { recursive: true });
      await call('current');
      await call('close_workspace');
      await call('open_workspace', { dir });
    },
  });
  const round = app.round!;
  for (const signed of round.signOffs) await round.write(() => ipc.withdrawSignature(signed.id));
  render(Frame);
  const notice = await screen.findByTestId('newer-criteria');
  expect(notice.textContent).toContain(round.newerCriteria!);
  await user().click(screen.getByTestId('newer-look'));
  expect((await screen.findByTestId('criteria-sum')).textContent).toContain('2026.12 → 2027.1');
  app.updatingCriteria = false;
  await user().click(within(notice).getByLabelText('关闭'));
  expect(screen.queryByTestId('newer-criteria')).toBeNull();
});

it('the settings name the criteria of the round', async () => {
  const { round } = await openRound({ screen: 'settings' });
  render(Settings);
  await waitFor(() => expect(document.body.textContent).toContain(round.pack.pack.version));
});

async function ipcUndo(): Promise<void> {
  await userEvent.setup({ delay: null }).keyboard('{Control>}z{/Control}');
}
