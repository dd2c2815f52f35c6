import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import App from '../App.svelte';
import { app } from '../app.svelte';
import { installMock } from '../mock/install';
import { openRound, settle } from '../testing/open';
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

describe('总览', () => {
  it('shows readiness with bounds, and each cell of the heat map leads to its items', async () => {
    const { round } = await openRound({ screen: 'overview' });
    render(Overview);
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
    const { backend, round } = await openRound({ screen: 'report' });
    render(Report);
    expect((await screen.findByTestId('report-differs')).textContent).toContain('R-01');
    backend.picks = ['/tmp/报告.pdf'];
    await user().click(screen.getByTestId('export-report'));
    expect((await screen.findByTestId('export-done')).textContent).toContain('R-02');
    const call = backend.calls.find((each) => each.command === 'export_report')!;
    expect(call.args).toMatchObject({ path: '/tmp/报告.pdf', options: { layout: 'certification', lang: 'zh', draft: true, sections: null } });
    await waitFor(() => expect(screen.queryByTestId('report-differs')).toBeNull());
    expect(round.reports).toHaveLength(2);
  });
  it('writes nothing when the dialog is cancelled', async () => {
    const { backend } = await openRound({ screen: 'report' });
    render(Report);
    backend.hook = (command) => {
      if (command === 'pick_save') throw { code: 'cancelled', detail: '' };
    };
    await user().click(screen.getByTestId('export-report'));
    expect(backend.calls.some((call) => call.command === 'export_report')).toBe(false);
  });
  it('freezes with the approval and opens again with a reason', async () => {
    const { round } = await openRound({ screen: 'report' });
    render(Report);
    await user().click(screen.getByTestId('sign-approved'));
    await user().type(await screen.findByTestId('sign-name'), '运营总监');
    await user().click(screen.getByTestId('sign-confirm'));
    await waitFor(() => expect(round.assessment.frozen).toBe(true));
    await user().click(await screen.findByTestId('reopen'));
    await user().type(await screen.findByTestId('reopen-reason'), '补充证据');
    await user().click(screen.getByTestId('sign-confirm'));
    await waitFor(() => expect(round.assessment).toMatchObject({ frozen: false, revision: 2 }));
  });
  it('verifies a report that somebody hands over', async () => {
    const { backend } = await openRound({ screen: 'report' });
    render(Report);
    await user().click(screen.getByTestId('verify-report'));
    backend.picks = [['/tmp/他人报告.pdf']];
    await user().click(await screen.findByTestId('verify-pick'));
    await user().click(screen.getByTestId('verify-run'));
    await screen.findByTestId('verify-ok');
  });
});

describe('证据', () => {
  it('adds picked files, previews, links and withdraws', async () => {
    const { backend, round } = await openRound({ screen: 'evidence', empty: true });
    render(EvidenceScreen);
    expect(screen.getByTestId('evidence-empty')).toBeTruthy();
    backend.picks = [['/data/10月班表公布通知.png', '/data/录音调阅日志.csv']];
    await user().keyboard('e');
    await waitFor(() => expect(round.evidenceList).toHaveLength(2));
    await user().click(screen.getByTestId('evidence-row-EV-0001'));
    await waitFor(() => expect(document.querySelector('img')?.getAttribute('src')).toMatch(/^data:image\/png;base64,/));
    await user().type(screen.getByTestId('evidence-link-codes'), 'xc3-05，GH1-01');
    await user().click(screen.getByTestId('evidence-link-save'));
    await waitFor(() => expect(round.linksByEvidence.get(round.evidenceList[0]!.id)?.map((link) => link.item).sort()).toEqual(['GH1-01', 'XC3-05']));
    await user().click(screen.getByTestId('evidence-withdraw'));
    await waitFor(() => expect(round.evidenceList).toHaveLength(1));
  });
  it('takes a pasted screenshot', async () => {
    const { backend, round } = await openRound({ screen: 'evidence', empty: true });
    render(EvidenceScreen);
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { files: [new File([new Uint8Array([137, 80, 78, 71])], 'image.png', { type: 'image/png' })] } });
    document.body.dispatchEvent(event);
    await waitFor(() => expect(round.evidenceList).toHaveLength(1));
    expect(backend.calls.find((call) => call.command === 'add_bytes')?.args).toMatchObject({ bytesBase64: 'iVBORw==' });
    expect(round.evidenceList[0]?.file_name).toMatch(/^截图-\d{8}-\d{6}\.png$/);
  });
  it('marks missing, changed and expired files', async () => {
    await openRound({ screen: 'evidence' });
    render(EvidenceScreen);
    expect(screen.getByTestId('evidence-row-EV-0019').textContent).toContain('文件缺失');
    expect(screen.getByTestId('evidence-row-EV-0003').textContent).toContain('已过期');
  });
});

describe('不符合项', () => {
  it('counts by domain and grade, and a figure filters the register', async () => {
    const { round } = await openRound({ screen: 'findings' });
    render(Findings);
    const majors = round.findingList.filter((finding) => finding.grade === 'major').length;
    await user().click(screen.getByRole('button', { name: `严重不符合 ${majors}` }));
    expect(within(screen.getByTestId('finding-table')).getAllByTestId(/^finding-row-/)).toHaveLength(majors);
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
    expect(screen.getByText('应由责任人以外的人验证')).toBeTruthy();
    expect(save.disabled).toBe(true);
    await user().clear(screen.getByTestId('close-verifier'));
    await user().type(screen.getByTestId('close-verifier'), '评估组长');
    await user().click(save);
    await waitFor(() => expect(round.tasks.get(task.id)).toMatchObject({ state: 'closed', verifier: '评估组长' }));
    await user().click(screen.getByTestId(`next-${label}`));
    await waitFor(() => expect(round.tasks.get(task.id)).toMatchObject({ state: 'doing', reopened: task.reopened + 1 }));
  });
  it('shows the board by state and exports the plan where the user says', async () => {
    const { backend, round } = await openRound({ screen: 'remediation' });
    render(Remediation);
    await user().click(screen.getByTestId('view-board'));
    const closed = round.taskList.filter((task) => task.state === 'closed').length;
    expect(within(screen.getByTestId('board-closed')).getAllByTestId(/^card-/)).toHaveLength(closed);
    backend.picks = ['/tmp/整改计划.xlsx'];
    await user().click(screen.getByTestId('export-plan'));
    await user().click(await screen.findByTestId('export-plan-xlsx'));
    await waitFor(() => expect(backend.calls.find((call) => call.command === 'export_plan')?.args).toMatchObject({ path: '/tmp/整改计划.xlsx', format: 'xlsx' }));
  });
});

describe('记录 and 设置', () => {
  it('tell who changed what, and filter', async () => {
    const { round } = await openRound({ screen: 'records', empty: true });
    await round.mark(['GH1-01'], { verdict: 'partial' });
    await round.mark(['GH1-02'], { note: '缺签批页' });
    render(Records);
    await waitFor(() => expect(screen.getAllByTestId('record')).toHaveLength(2));
    expect(screen.getAllByTestId('record')[1]!.textContent).toMatch(/标记结论.*GH1-01.*结论.*部分符合/);
    await user().type(screen.getByTestId('records-search'), '签批');
    expect(screen.getAllByTestId('record')).toHaveLength(1);
  });
  it('change language, theme and text size at once and keep them', async () => {
    const { backend } = await openRound({ screen: 'settings' });
    render(Settings);
    await user().click(screen.getByTestId('language-en'));
    expect(await screen.findByText('Text size')).toBeTruthy();
    await user().click(screen.getByTestId('theme-dark'));
    await user().click(screen.getByTestId('text-scale-150'));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(document.documentElement.style.fontSize).toBe('24px');
    await waitFor(() => expect(backend.settings).toMatchObject({ lang: 'en', theme: 'dark', text_scale: 150 }));
    expect((await screen.findByTestId('about-notice')).textContent).toContain('not the text of YD/T 2823-2015');
  });
  it('ask before a backup replaces the data', async () => {
    const { backend } = await openRound({ screen: 'settings' });
    render(Settings);
    await user().click((await screen.findAllByTestId('restore'))[0]!);
    await screen.findByTestId('restore-confirm');
    expect(backend.calls.some((call) => call.command === 'restore')).toBe(false);
    await user().click(screen.getByTestId('restore-confirm'));
    await waitFor(() => expect(backend.calls.some((call) => call.command === 'restore')).toBe(true));
  });
});

describe('the start screen', () => {
  it('lists recent workspaces and says when one is gone or held elsewhere', async () => {
    installMock();
    app.round = null;
    await app.boot();
    render(Start);
    const rows = await screen.findAllByTestId('recent-workspace');
    expect(rows).toHaveLength(3);
    expect((rows[2] as HTMLButtonElement).disabled).toBe(true);
    expect(rows[2]!.textContent).toContain('找不到');
  });
  it('makes a workspace: what does not apply is proposed as 不适用 with its reason', async () => {
    const backend = installMock();
    app.round = null;
    app.wizard = 'workspace';
    render(Wizard);
    const next = () => user().click(screen.getByTestId('wizard-next'));
    expect(((await screen.findByTestId('wizard-next')) as HTMLButtonElement).disabled).toBe(true);
    await user().type(screen.getByTestId('wizard-organization'), '海晏热线服务中心');
    await next();
    await next();
    await user().click(screen.getByTestId('condition-outbound'));
    await next();
    await waitFor(() => expect((screen.getByTestId('wizard-dir') as HTMLInputElement).value).toBe('/home/auditor/备审/海晏热线服务中心'));
    backend.picks = ['/home/auditor/OneDrive/备审'];
    await user().click(screen.getByTestId('wizard-pick'));
    await screen.findByTestId('place-warning');
    await next();
    await waitFor(() => expect(app.round).not.toBeNull());
    await settle(app.round!);
    expect(app.screen).toBe('assess');
    const outbound = app.round!.pack.items.filter((item) => item.applies === 'outbound');
    expect(outbound.length).toBeGreaterThan(0);
    for (const item of outbound) expect(app.round!.answer(item.code)).toMatchObject({ verdict: 'na', reason: expect.stringContaining('请确认') });
    app.round = null;
    app.wizard = '';
  });
});

it('the window opens the sample from the start screen and shows every screen', async () => {
  installMock();
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
