import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import App from '../App.svelte';
import { app } from '../app.svelte';
import { existsSync, mkdirSync, rmSync, writeFileSync } from '../../testing/disk.js';
import * as ipc from '../ipc';
import { findingLabel } from '../lib/format';
import { toasts } from '../lib/toasts.svelte';
import { openRound, settle } from '../testing/open';
import { contentOf, openShell, otherShell, type Session } from '../testing/shell';
import EvidenceScreen from './evidence/EvidenceScreen.svelte';
import Findings from './findings/Findings.svelte';
import Overview from './overview/Overview.svelte';
import Records from './records/Records.svelte';
import Remediation from './remediation/Remediation.svelte';
import Report from './report/Report.svelte';
import Settings from './settings/Settings.svelte';
import Start from './start/Start.svelte';
import Wizard from './start/Wizard.svelte';

const user = () => userEvent.setup();

/** A PNG of one pixel. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The file of the first piece of evidence is gone, that of the second is another one. */
async function harm({ call }: Session): Promise<void> {
  const { dir, round } = await call('current');
  const [first, second] = round.snapshot.evidence;
  rmSync(contentOf(dir, first.sha256));
  writeFileSync(contentOf(dir, second.sha256), '另一份文件');
  await call('open_workspace', { dir });
}

describe('总览', () => {
  it('shows readiness with bounds, and each cell of the heat map leads to its items', async () => {
    const { round } = await openRound({ screen: 'overview' });
    render(Overview);
    // The sample has every item marked; an open one opens the bounds.
    expect(screen.getByTestId('readiness').dataset.level).toBe('not_ready');
    await round.mark(['GH1-01'], { clear: true });
    expect(screen.getByTestId('readiness').dataset.level).toBe('incomplete');
    expect(screen.getByTestId('rate').textContent).toMatch(/\d\d\.\d\d%.*至.*\d\d\.\d\d%/u);
    const cell = await screen.findByTestId('heat-XC-partial');
    const wanted = Number(cell.textContent);
    await user().click(cell);
    expect(app.screen).toBe('assess');
    expect(app.view!.list).toHaveLength(wanted);
    expect(app.view!.list.every((code) => code.startsWith('XC') && round.verdict(code) === 'partial')).toBe(true);
  });
  it('has a table for the radar whose figures are those of the core', async () => {
    const { round } = await openRound({ screen: 'overview' });
    render(Overview);
    await user().click(await screen.findByTestId('radar-toggle'));
    const rows = within(screen.getByTestId('radar')).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(9);
    const first = round.figures.score.domains[0]!;
    expect(rows[0]!.textContent).toContain(`${Math.floor(first.rate! / 100)}.`);
  });
  it('names what broke a rule and leads there', async () => {
    await openRound({ screen: 'overview' });
    render(Overview);
    const rule = screen.getByTestId('rule-key-items');
    expect(rule.dataset.holds).toBe('false');
    await user().click(within(rule).getAllByRole('button')[0]!);
    expect(app.screen).toBe('assess');
  });
});

describe('报告', () => {
  it('leads from a defect to its item', async () => {
    await openRound({ screen: 'report' });
    render(Report);
    const defect = screen.getAllByTestId('gate-defect').find((each) => each.dataset.rule === 'conform_without_evidence')!;
    await user().click(defect);
    expect(app.screen).toBe('assess');
    expect(app.view!.current).toBe(defect.dataset.item);
  });
  it('says that the data differs from the last report, exports, and then no longer', async () => {
    const { shell, round } = await openRound({ screen: 'report' });
    const [first, second] = [`${shell.session.home}/报告1.pdf`, `${shell.session.home}/报告2.pdf`] as const;
    await shell.session.answer(first, second);
    render(Report);
    await user().click(screen.getByTestId('export-report'));
    expect((await screen.findByTestId('export-done')).textContent).toContain('R-01');
    expect(shell.called('export_report')).toMatchObject({
      path: first,
      options: { layout: 'certification', lang: 'zh', draft: true, sections: null },
    });
    expect(screen.queryByTestId('report-differs')).toBeNull();
    await round.mark(['GH1-01'], { note: '报告之后补记' });
    expect((await screen.findByTestId('report-differs')).textContent).toContain('R-01');
    await user().click(screen.getByTestId('export-report'));
    await waitFor(() => expect(screen.getByTestId('export-done').textContent).toContain('R-02'));
    await waitFor(() => expect(screen.queryByTestId('report-differs')).toBeNull());
    expect(round.reports.map((report) => report.file_name)).toEqual(['报告1.pdf', '报告2.pdf']);
    expect(existsSync(second)).toBe(true);
  });
  it('writes nothing when the dialog is cancelled', async () => {
    const { shell } = await openRound({ screen: 'report' });
    await shell.session.answer(null);
    render(Report);
    await user().click(screen.getByTestId('export-report'));
    await waitFor(() => expect(shell.called('pick_save')).toBeTruthy());
    await waitFor(() => expect((screen.getByTestId('export-report') as HTMLButtonElement).disabled).toBe(false));
    expect(shell.calls.some((call) => call.command === 'export_report')).toBe(false);
  });
  it('freezes with the approval and opens again with a reason', async () => {
    const { round } = await openRound({ screen: 'report' });
    render(Report);
    const sign = async (role: string, name: string) => {
      await user().click(screen.getByTestId(`sign-${role}`));
      const field = await screen.findByTestId('sign-name');
      await user().clear(field);
      await user().type(field, name);
      await user().click(screen.getByTestId('sign-confirm'));
    };
    await sign('approved', '运营总监');
    expect(await screen.findByText(/批准之前须先由编制人签署当前内容/)).toBeTruthy();
    await user().keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('sign-dialog')).toBeNull());
    await sign('prepared', '质检主管');
    await waitFor(() => expect(screen.queryByTestId('sign-dialog')).toBeNull());
    await sign('approved', '运营总监');
    await waitFor(() => expect(round.assessment.frozen).toBe(true));
    expect(round.signOffs.map((row) => [row.role, row.name])).toEqual([
      ['prepared', '质检主管'],
      ['approved', '运营总监'],
    ]);
    await user().click(await screen.findByTestId('reopen'));
    await user().type(await screen.findByTestId('reopen-reason'), '补充证据');
    await user().click(screen.getByTestId('sign-confirm'));
    await waitFor(() => expect(round.assessment).toMatchObject({ frozen: false, revision: 2 }));
  });
  it('signs nothing while the file of a piece of evidence is not what was added', async () => {
    const { round } = await openRound({ screen: 'report', before: harm });
    render(Report);
    await user().click(screen.getByTestId('sign-prepared'));
    await user().type(await screen.findByTestId('sign-name'), '质检主管');
    await user().click(screen.getByTestId('sign-confirm'));
    expect(await screen.findByText(/EV-000\d 的文件缺失或已改变/)).toBeTruthy();
    expect(round.signOffs).toEqual([]);
  });
  it('verifies a report that somebody hands over, also when it is not what is recorded now', async () => {
    const { shell, round } = await openRound({ screen: 'report' });
    const path = `${shell.session.home}/他人报告.pdf`;
    await shell.session.answer(path, [path]);
    render(Report);
    await user().click(screen.getByTestId('export-report'));
    await screen.findByTestId('export-done');
    await user().click(screen.getByTestId('verify-report'));
    await user().click(await screen.findByTestId('verify-pick'));
    await user().click(screen.getByTestId('verify-run'));
    await screen.findByTestId('verify-ok');
    await round.mark(['GH1-01'], { verdict: 'partial' });
    await user().click(screen.getByTestId('verify-run'));
    await screen.findByTestId('verify-bad');
    expect(screen.getByTestId('verify-dialog').textContent).toContain('GH1-01');
  });
});

describe('证据', () => {
  it('adds picked files, previews, links and withdraws', async () => {
    const { shell, round } = await openRound({ screen: 'evidence', empty: true });
    render(EvidenceScreen);
    expect(screen.getByTestId('evidence-empty')).toBeTruthy();
    const files = ['10月班表公布通知.png', '录音调阅日志.csv'].map((name) => `${shell.session.home}/${name}`);
    writeFileSync(
      files[0]!,
      Uint8Array.from(atob(DOT), (c) => c.charCodeAt(0)),
    );
    writeFileSync(files[1]!, '调阅时间,调阅人,用途\n2026-10-08 09:12,质检员A,质检抽样\n');
    await shell.session.answer(files);
    await user().keyboard('e');
    await waitFor(() => expect(round.evidenceList).toHaveLength(2));
    await user().click(screen.getByTestId('evidence-row-EV-0001'));
    await waitFor(() => expect(document.querySelector('img')?.getAttribute('src')).toMatch(/^data:image\/png;base64,/));
    await user().type(screen.getByTestId('evidence-link-codes'), 'xc3-05，GH1-01');
    await user().click(screen.getByTestId('evidence-link-save'));
    await waitFor(() =>
      expect(
        round.linksByEvidence
          .get(round.evidenceList[0]!.id)
          ?.map((link) => link.item)
          .sort(),
      ).toEqual(['GH1-01', 'XC3-05']),
    );
    await user().click(screen.getByTestId('evidence-withdraw'));
    await waitFor(() => expect(round.evidenceList).toHaveLength(1));
  });
  it('takes a pasted screenshot', async () => {
    const { shell, round } = await openRound({ screen: 'evidence', empty: true });
    render(EvidenceScreen);
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(event, {
      clipboardData: { files: [new File([Uint8Array.from(atob(DOT), (c) => c.charCodeAt(0))], 'image.png', { type: 'image/png' })] },
    });
    document.body.dispatchEvent(event);
    await waitFor(() => expect(round.evidenceList).toHaveLength(1));
    expect(shell.called('add_bytes')).toMatchObject({ bytesBase64: DOT });
    expect(round.evidenceList[0]?.file_name).toMatch(/^截图-\d{8}-\d{6}\.png$/);
  });
  it('marks missing, changed and expired files', async () => {
    const { round } = await openRound({ screen: 'evidence', before: harm });
    render(EvidenceScreen);
    const text = (number: number) => screen.getByTestId(`evidence-row-EV-${String(number).padStart(4, '0')}`).textContent;
    expect(text(1)).toContain('文件缺失');
    expect(text(2)).toContain('文件已被改动');
    const expired = round.figures.defects.find((defect) => defect.rule === 'evidence_expired')!;
    expect(text(Number(expired.subject.slice(3)))).toContain('已过期');
  });
});

describe('发现', () => {
  it('counts by domain and grade, and a figure filters the register', async () => {
    const { round } = await openRound({ screen: 'findings' });
    render(Findings);
    const majors = round.findingList.filter((finding) => finding.grade === 'major').length;
    await user().click(screen.getByRole('button', { name: `严重不符合 ${majors}` }));
    expect(within(screen.getByTestId('finding-table')).getAllByTestId(/^finding-row-/)).toHaveLength(majors);
  });
  it('calls open what the core calls open: good practice that nobody has to do anything about is not', async () => {
    const { round } = await openRound({ screen: 'findings' });
    const idle = round.findingList.filter((finding) => finding.grade === 'good' && !round.tasksByFinding.has(finding.id));
    expect(idle.length).toBeGreaterThan(0);
    render(Findings);
    await user().click(screen.getByTestId('finding-state'));
    await user().click(await screen.findByTestId('finding-state-open'));
    await waitFor(() => expect(screen.getAllByTestId(/^finding-row-/)).toHaveLength(round.openFindings.size));
    for (const finding of idle) expect(screen.queryByTestId(`finding-row-${findingLabel(finding)}`)).toBeNull();
  });
  it('makes a task from a finding', async () => {
    const { round } = await openRound({ screen: 'findings' });
    render(Findings);
    const button = screen.getAllByTestId(/^make-task-/)[0]!;
    const finding = round.findingList.find((each) => button.dataset.testid?.endsWith(`NC-${String(each.number).padStart(2, '0')}`))!;
    await user().click(button);
    await user().type(await screen.findByTestId('task-title'), '把公布时限写入规程');
    await user().type(screen.getByTestId('task-due'), '+14');
    await user().click(screen.getByTestId('task-save'));
    await waitFor(() => expect(round.tasksByFinding.get(finding.id)).toHaveLength(1));
    expect(round.tasksByFinding.get(finding.id)![0]).toMatchObject({ item: finding.item, title: '把公布时限写入规程' });
    expect(round.tasksByFinding.get(finding.id)![0]!.due).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

describe('整改', () => {
  it('closes only with a result and a verifier who is not the owner', async () => {
    const { round } = await openRound({ screen: 'remediation' });
    render(Remediation);
    const task = round.taskList.find((each) => each.state === 'to-verify' && each.owner)!;
    const label = `T-${String(task.number).padStart(3, '0')}`;
    await user().click(screen.getByTestId(`next-${label}`));
    const save = (await screen.findByTestId('close-save')) as HTMLButtonElement;
    await user().type(screen.getByTestId('close-result'), '抽查 10 份记录齐全');
    await user().type(screen.getByTestId('close-verifier'), task.owner);
    // Who may verify is for the core to say; what was entered stays.
    await user().click(save);
    expect((await screen.findByRole('alert')).textContent).toContain('应由责任人以外的人验证');
    expect(round.tasks.get(task.id)!.state).toBe('to-verify');
    await user().clear(screen.getByTestId('close-verifier'));
    await user().type(screen.getByTestId('close-verifier'), '评估组长');
    await user().click(save);
    await waitFor(() => expect(round.tasks.get(task.id)).toMatchObject({ state: 'closed', verifier: '评估组长' }));
    await user().click(screen.getByTestId(`next-${label}`));
    await waitFor(() => expect(round.tasks.get(task.id)).toMatchObject({ state: 'doing', reopened: task.reopened + 1 }));
  });
  it('shows the board by state and exports the plan where the user says', async () => {
    const { shell, round } = await openRound({ screen: 'remediation' });
    render(Remediation);
    await user().click(screen.getByTestId('view-board'));
    const closed = round.taskList.filter((task) => task.state === 'closed').length;
    expect(within(screen.getByTestId('board-closed')).getAllByTestId(/^card-/)).toHaveLength(closed);
    const path = `${shell.session.home}/整改计划.xlsx`;
    await shell.session.answer(path);
    await user().click(screen.getByTestId('export-plan'));
    await user().click(await screen.findByTestId('export-plan-xlsx'));
    await waitFor(() => expect(existsSync(path)).toBe(true));
    expect(shell.called('export_plan')).toMatchObject({ path, format: 'xlsx' });
  });
});

describe('记录 and 设置', () => {
  it('tell who changed what, and filter', async () => {
    const { round } = await openRound({ screen: 'records', empty: true });
    await round.mark(['GH1-01'], { verdict: 'partial' });
    await round.mark(['GH1-02'], { note: '缺签批页' });
    render(Records);
    // The newest first; the round's own beginning is there too.
    await waitFor(() => expect(screen.getAllByTestId('record')).toHaveLength(3));
    expect(screen.getAllByTestId('record')[1]!.textContent).toMatch(/标记结论.*GH1-01.*结论.*部分符合/);
    await user().type(screen.getByTestId('records-search'), '签批');
    expect(screen.getAllByTestId('record')).toHaveLength(1);
  });
  it('change language, theme and text size at once and keep them', async () => {
    const { shell } = await openRound({ screen: 'settings' });
    render(Settings);
    await user().click(screen.getByTestId('language-en'));
    expect(await screen.findByText('Text size')).toBeTruthy();
    await user().click(screen.getByTestId('theme-dark'));
    await user().click(screen.getByTestId('text-scale-150'));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(document.documentElement.style.fontSize).toBe('24px');
    await waitFor(async () => expect(await shell.session.call('settings')).toMatchObject({ lang: 'en', theme: 'dark', text_scale: 150 }));
    expect((await screen.findByTestId('about-notice')).textContent).toContain('not the text of YD/T 2823-2015');
  });
  it('ask before a backup replaces the data', async () => {
    const { shell, round } = await openRound({ screen: 'settings', empty: true });
    await ipc.backupNow();
    await round.mark(['GH1-01'], { verdict: 'partial' });
    render(Settings);
    await user().click((await screen.findAllByTestId('restore'))[0]!);
    await screen.findByTestId('restore-confirm');
    expect(shell.called('restore')).toBeUndefined();
    await user().click(screen.getByTestId('restore-confirm'));
    await waitFor(() => expect(app.round).not.toBe(round));
    expect(app.round!.verdict('GH1-01')).toBeNull();
    expect(app.round!.banners.map((banner) => banner.code)).toContain('restore_unconfirmed');
  });
});

describe('the start screen', () => {
  it('lists recent workspaces and says when one is gone or held elsewhere', async () => {
    const { session } = await openShell();
    const [kept, gone] = ['海晏热线评估', '星桥外呼'].map((name) => `${session.home}/${name}`);
    await session.call('create_workspace', { dir: gone, newRound: { organization: '星桥外呼中心' } });
    await session.call('open_workspace', { dir: kept });
    await session.call('close_workspace');
    rmSync(gone, { recursive: true });
    app.round = null;
    await app.boot();
    render(Start);
    const rows = (await screen.findAllByTestId('recent-workspace')) as HTMLButtonElement[];
    expect(rows.map((row) => row.disabled)).toEqual([false, true]);
    expect(rows[1]!.textContent).toContain('找不到');
    // Another program holds it.
    const other = await otherShell();
    await other.call('open_workspace', { dir: kept });
    await user().click(rows[0]!);
    await waitFor(() => expect(toasts.list.at(-1)?.text).toBe('工作区正被另一个窗口或另一台电脑使用'));
    expect(app.round).toBeNull();
  });
  it('makes a workspace: what does not apply is proposed as 不适用 with its reason', async () => {
    const { session } = await openShell();
    app.settings = await ipc.settings();
    app.round = null;
    app.wizard = 'workspace';
    render(Wizard);
    const next = () => user().click(screen.getByTestId('wizard-next'));
    expect(((await screen.findByTestId('wizard-next')) as HTMLButtonElement).disabled).toBe(true);
    await user().type(screen.getByTestId('wizard-organization'), '海晏热线服务中心');
    await next();
    const from = await screen.findByTestId('wizard-from');
    await user().clear(from);
    await user().type(from, '2099-12-31');
    await next();
    expect((await screen.findByRole('alert')).textContent).toContain('2099-12-31');
    await user().clear(from);
    await user().type(from, '2026-01-01');
    await next();
    await user().click(await screen.findByTestId('condition-outbound'));
    await next();
    await screen.findByTestId('wizard-dir');
    await waitFor(() => expect((screen.getByTestId('wizard-dir') as HTMLInputElement).value).toBe(`${session.home}/备审/海晏热线服务中心`));
    mkdirSync(`${session.home}/OneDrive`);
    await session.answer(`${session.home}/OneDrive`);
    await user().click(screen.getByTestId('wizard-pick'));
    await screen.findByTestId('place-warning');
    await next();
    await waitFor(() => expect(app.round).not.toBeNull());
    await settle(app.round!);
    expect(app.screen).toBe('assess');
    const outbound = app.round!.pack.items.filter((item) => item.applies === 'outbound');
    expect(outbound.length).toBeGreaterThan(0);
    for (const item of outbound)
      expect(app.round!.answer(item.code)).toMatchObject({ verdict: 'na', reason: expect.stringContaining('请确认') });
    app.round = null;
    app.wizard = '';
  });
});

it("a round goes by a file of one's own or by the short round, and a broken file is refused by its line", async () => {
  const { session } = await openShell();
  app.settings = await ipc.settings();
  app.round = null;
  app.wizard = 'workspace';
  render(Wizard);
  const next = () => user().click(screen.getByTestId('wizard-next'));
  await user().type(await screen.findByTestId('wizard-organization'), '海晏热线服务中心');
  await next();
  await next();
  await waitFor(() => expect(screen.getByTestId('edition-size').textContent).toMatch(/224 个条目/u));
  const asked = () => screen.queryAllByTestId(/^condition-/u).map((box) => box.dataset.testid);
  expect(asked()).not.toContain('condition-multi-site');
  // A file that is none, by line; what was chosen stays chosen.
  writeFileSync(`${session.home}/坏的.toml`, '[pack]\nid = 1\n');
  await session.answer(`${session.home}/坏的.toml`);
  await user().click(screen.getByTestId('edition-file'));
  await waitFor(() => expect(screen.getByTestId('edition-refused').textContent).toContain('第 2 行'));
  expect((screen.getByTestId('edition-whole') as HTMLInputElement).checked).toBe(true);
  await user().click(screen.getByTestId('edition-short'));
  await waitFor(() => expect(screen.getByTestId('edition-size').textContent).toMatch(/简评：224 条中的 62 条.*不作准备度结论/su));
  await next();
  await waitFor(() => expect((screen.getByTestId('wizard-dir') as HTMLInputElement).value).not.toBe(''));
  await next();
  await waitFor(() => expect(app.round).not.toBeNull());
  await settle(app.round!);
  expect(app.round!.pack.items).toHaveLength(62);
  expect(app.round!.assessment.conditions).not.toContain('multi-site');
  expect(app.round!.pack.pack.title).toContain('简评');
  app.round = null;
  app.wizard = '';
});

it('the window opens the sample from the start screen and shows every screen', async () => {
  await openShell();
  app.round = null;
  render(App);
  await user().click(await screen.findByTestId('open-sample'));
  for (const name of ['overview', 'assess', 'evidence', 'findings', 'remediation', 'report', 'records', 'settings']) {
    await user().click(await screen.findByTestId(`nav-${name}`));
    await waitFor(() => expect(screen.getByTestId(`screen-${name}`).children.length).toBeGreaterThan(0), { timeout: 10_000 });
  }
  app.round = null;
  app.view = null;
});
