// Entry of the mock build: `?lang=en&theme=dark&scale=150&open=assess` choose what is shown.
import { installMock } from './install';

const wanted = new URLSearchParams(location.search);
const backend = installMock({ empty: wanted.has('empty') });
backend.settings = {
  ...backend.settings,
  lang: wanted.get('lang') ?? 'zh',
  theme: wanted.get('theme') ?? 'light',
  text_scale: Number(wanted.get('scale') ?? 100),
};
backend.readOnly = wanted.has('readonly');
(window as unknown as { mock: MockWindow }).mock = { backend };

export type MockWindow = { backend: ReturnType<typeof installMock> };
