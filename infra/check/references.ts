/** Names that stand for nothing, and declarations that nothing uses. */
import { infer } from './hcl/infer.ts';
import type { RootNames } from './names.ts';
import { Problem } from './problem.ts';
import { addressOf, type Block, type Root } from './root.ts';
import { visitBlock } from './visit.ts';

export function checkReferences(root: Root, names: RootNames): Problem[] {
  const blocks = root.blocks.flatMap(oneByOne);
  const isVariable = ({ kind }: Block) => kind === 'variable';
  const inVariables = blocks.filter(isVariable).flatMap((block) => wrongNames(block, names));
  // That a variable's condition looks at it is no use of it.
  names.used.clear();
  return [
    ...inVariables,
    ...blocks.filter((block) => !isVariable(block)).flatMap((block) => wrongNames(block, names)),
  ];
}

/** Each local value as a block of its own, so that it has an address. */
function oneByOne(block: Block): Block[] {
  if (block.kind !== 'locals') return [block];
  const { file, body } = block;
  return Object.entries(body).map(([name, raw]) => ({
    file,
    kind: 'local',
    labels: [name],
    body: { value: raw },
  }));
}

function wrongNames(block: Block, names: RootNames): Problem[] {
  const found: string[] = [];
  try {
    visitBlock(block, names, (expression, scope) =>
      infer(expression, names, scope, (what) => found.push(what)),
    );
  } catch (error) {
    // An expression that cannot be read.
    found.push((error as Error).message);
  }
  return [...new Set(found)].map((what) => new Problem(block.file, addressOf(block), what));
}

/** Terraform takes the second of two declarations for a mistake; here it would hide the first. */
export function checkDuplicates(root: Root): Problem[] {
  const seen = new Map<string, string>();
  return root.blocks.flatMap(oneByOne).flatMap((block) => {
    const address = addressOf(block);
    const first = seen.get(address);
    if (['terraform', 'provider', 'moved', 'import', 'removed'].includes(block.kind)) return [];
    seen.set(address, block.file);
    return first === undefined
      ? []
      : [new Problem(block.file, address, `is declared in infra/${first} already`)];
  });
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
