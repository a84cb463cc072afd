/** What so many players need: one stack as long as it carries them, then cells, each of them such a stack. */
import type { Rules } from '@overcookied/shared/rules.ts';
import { type Demand, demandOf } from './demand.ts';
import type { Figures, Mix } from './figures.ts';
import { type Money, moneyOf } from './money.ts';
import { type Needs, needsOf, timesCells } from './needs.ts';
import type { UnitCosts } from './unit-costs.ts';

/** All that the model reckons with. */
export interface Model {
  figures: Figures;
  costs: UnitCosts;
  rules: Rules;
}

export interface Growth {
  demand: Demand;
  needs: Needs;
  money: Money;
}

/** What one stack would need that grows without end. */
export function oneStack(players: number, mix: Mix, { figures, costs, rules }: Model): Growth {
  const demand = demandOf(players, mix, rules, figures);
  const needs = needsOf(demand, costs, figures);
  return { demand, needs, money: moneyOf(needs, figures) };
}

/** What as many cells need as it takes, players spread evenly over them. */
export function inCells(players: number, mix: Mix, model: Model): Growth {
  const cells = Math.ceil(players / model.figures.settings.cellPlayers.value);
  const { needs: ofOne } = oneStack(players / cells, mix, model);
  const needs = timesCells(ofOne, cells);
  const demand = demandOf(players, mix, model.rules, model.figures);
  return { demand, needs, money: moneyOf(needs, model.figures) };
}
