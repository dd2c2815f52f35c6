import { mount } from 'svelte';
import App from './App.svelte';
import * as ipc from './ipc';

addEventListener('error', (event) => void ipc.frontendError(`${event.error?.name ?? 'Error'} ${event.filename}:${event.lineno}`));
addEventListener('unhandledrejection', (event) => void ipc.frontendError(`rejection ${event.reason?.name ?? ''}`));

// Every name that a system has no font for is looked up again for every size: 28 ms of the way to the first paint.
if (navigator.platform.startsWith('Linux')) document.documentElement.dataset.system = 'linux';

mount(App, { target: document.getElementById('app')! });
