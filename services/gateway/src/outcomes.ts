import type { Metrics } from '@overcookied/shared/metrics.ts';

/** What became of what players did. Counted here and not by prom-client, which looks labels up anew for each click. */
export class Outcomes {
  readonly #counts = new Map<string, Map<string, number>>();

  constructor(metrics: Metrics) {
    metrics.counters('actions_total', 'What became of what players did.', ['action', 'outcome'], () =>
      [...this.#counts].flatMap(([action, outcomes]) =>
        [...outcomes].map(([outcome, value]) => ({ labels: { action, outcome }, value })),
      ),
    );
  }

  add(action: string, outcome: string, times = 1): void {
    let outcomes = this.#counts.get(action);
    if (!outcomes) {
      outcomes = new Map();
      this.#counts.set(action, outcomes);
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + times);
  }
}
