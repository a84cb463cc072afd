/** Names that stand for nothing, and declarations that nothing uses. */
import { infer } from './hcl/infer.ts';
import type { RootNames } from './names.ts';
import { Problem } from './problem.ts';
import { addressOf, type Block, type Root } from './root.ts';
import { visitBlock } from './visit.ts';

export function checkReferences(root: Root, names: RootNames): Problem[] {
  const problems: Problem[] = [];
  const isVariable = ({ kind }: Block) => kind === 'variable';
  for (const block of [
    ...root.blocks.filter(isVariable),
    undefined,
    ...root.blocks.filter((each) => !isVariable(each)),
  ]) {
    // That a variable's condition looks at it is no use of it.
    if (!block) {
      names.used.clear();
      continue;
    }
    const report = (what: string) => problems.push(new Problem(block.file, addressOf(block), what));
    try {
      visitBlock(block, names, (expression, scope) => infer(expression, names, scope, report));
    } catch (error) {
      // An expression that cannot be read.
      report((error as Error).message);
    }
  }
  return problems;
}

/** @param names after `checkReferences`, which finds what is used */
export function checkUnused(root: Root, names: RootNames): Problem[] {
  return root.blocks.flatMap((block) => {
    const { file, kind, body } = block;
    if (kind === 'variable' || kind === 'data') {
      const address = addressOf(block);
      return names.used.has(address) ? [] : [new Problem(file, address, 'is used nowhere: take it out')];
    }
    if (kind !== 'locals') return [];
    return Object.keys(body)
      .filter((name) => !names.used.has(`local.${name}`))
      .map((name) => new Problem(file, `local.${name}`, 'is used nowhere: take it out'));
  });
}
