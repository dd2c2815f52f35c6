// Vitest starts the bridge once for all files; each test begins a session of its own.
import { startBridge } from './bridge.js';

/** @param {import('vitest/node').TestProject} project */
export default async function (project) {
  const { url, stop } = await startBridge();
  project.provide('bridge', url);
  return stop;
}
