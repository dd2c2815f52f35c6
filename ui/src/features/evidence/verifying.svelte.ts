// Reading every evidence file anew and comparing it with what was added.
import { report } from '../../app.svelte';
import * as ipc from '../../ipc';
import type { Round } from '../../round.svelte';

export type Going = { done: number; total: number; cancel: () => void };

class Verifying {
  going = $state.raw<Going | null>(null);

  async run(round: Round): Promise<void> {
    if (this.going) return;
    const job = ipc.runJob(
      (name) => ipc.verifyEvidence(name),
      ({ done, total }) => (this.going = { done, total, cancel: job.cancel }),
    );
    this.going = { done: 0, total: 0, cancel: job.cancel };
    try {
      round.apply(await job.result);
    } catch (error) {
      report(error);
    } finally {
      this.going = null;
    }
  }
}

export const verifying = new Verifying();
