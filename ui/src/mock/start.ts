// Entry of the mock build: `?lang=en&theme=dark&scale=150` choose how it looks, `?empty`, `?madeup` and `?troubled` what it holds (the sample
// assessment otherwise, as `npm run fixture` dumped it).
import type { Snapshot } from '../types';
import { installMock } from './install';
import sample from './sample.json';

const wanted = new URLSearchParams(location.search);
const backend = installMock({ empty: wanted.has('empty'), snapshot: wanted.has('madeup') ? undefined : (sample as unknown as Snapshot) });
backend.settings = {
  ...backend.settings,
  lang: wanted.get('lang') ?? 'zh',
  theme: wanted.get('theme') ?? 'light',
  text_scale: Number(wanted.get('scale') ?? 100),
};
backend.readOnly = wanted.has('readonly');
if (wanted.has('troubled')) {
  backend.banners = [
    { code: 'cloud_folder', subject: '/home/auditor/OneDrive', detail: '' },
    { code: 'restore_unconfirmed', subject: '2026-11-21.db', detail: '' },
    { code: 'backup_failed', subject: 'disk_full', detail: '' },
  ];
}
(window as unknown as { mock: MockWindow }).mock = { backend };

export type MockWindow = { backend: ReturnType<typeof installMock> };
