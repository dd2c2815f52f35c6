// What is photographed and checked: one entry per state of a screen worth looking at.
const id = (name) => `[data-testid="${name}"]`;
export const by = id;

const open = async (page) => {
  await page.click(id('open-sample'));
  await page.waitForSelector(id('nav-assess'));
};
const go = (screen) => async (page) => {
  await open(page);
  await page.click(id(`nav-${screen}`));
  await page.waitForSelector(id(`screen-${screen}`));
};

export const SCENES = [
  { name: 'start', run: async () => {} },
  { name: 'wizard', run: async (page) => { await page.click(id('new-workspace')); await page.waitForSelector(id('wizard')); } },
  { name: 'overview', run: async (page) => { await go('overview')(page); await page.waitForSelector(`${id('radar')} canvas`); await page.waitForTimeout(300); } },
  { name: 'assess', run: go('assess') },
  { name: 'assess-selected', run: async (page) => { await go('assess')(page); for (let n = 0; n < 4; n++) await page.keyboard.press('Shift+ArrowDown'); } },
  { name: 'evidence', run: go('evidence') },
  { name: 'findings', run: go('findings') },
  { name: 'remediation', run: go('remediation') },
  { name: 'board', run: async (page) => { await go('remediation')(page); await page.click(`label:has(${id('view-board')})`); } },
  { name: 'report', run: go('report') },
  { name: 'records', run: go('records') },
  { name: 'settings', run: go('settings') },
  { name: 'palette', run: async (page) => { await go('assess')(page); await page.keyboard.press('Control+k'); await page.fill(id('palette-query'), '投诉'); } },
  { name: 'finding-dialog', run: async (page) => { await go('assess')(page); await page.keyboard.press('f'); await page.waitForSelector(id('finding-dialog')); } },
  { name: 'task-dialog', run: async (page) => { await go('assess')(page); await page.keyboard.press('t'); await page.waitForSelector(id('task-dialog')); } },
];
