/** Arguments and blocks of resources, data sources and modules, against what their providers and modules take. */
import type { Expression } from './hcl/expression.ts';
import { misfits } from './hcl/fits.ts';
import { infer, type Names } from './hcl/infer.ts';
import { expressionOf } from './hcl/raw.ts';
import { fromSchema, type Type } from './hcl/type.ts';
import { type Interfaces, scopeOf } from './names.ts';
import { Problem, suggestion } from './problem.ts';
import { addressOf, type Block, type Body, type Root } from './root.ts';
import type { BlockSchema } from './schema/schema.ts';
import { isBlocks } from './visit.ts';

/** Terraform's own arguments of each kind of block. */
const metaArguments: Record<string, ReadonlySet<string>> = {
  resource: new Set([
    'count',
    'for_each',
    'provider',
    'depends_on',
    'lifecycle',
    'provisioner',
    'connection',
  ]),
  data: new Set(['count', 'for_each', 'provider', 'depends_on', 'lifecycle']),
  provider: new Set(['alias']),
  module: new Set(['source', 'version', 'count', 'for_each', 'providers', 'depends_on']),
};

/** Tells what an expression is. */
type Inferred = (expression: Expression) => Type;

export function checkArguments(root: Root, names: Names, interfaces: Interfaces): Problem[] {
  return root.blocks.flatMap((block) => {
    const own = metaArguments[block.kind];
    if (!own) return [];
    const given = Object.fromEntries(Object.entries(block.body).filter(([name]) => !own.has(name)));
    const scope = scopeOf(block, names);
    // What is wrong with a name is told where names are looked at.
    const inferred: Inferred = (expression) => infer(expression, names, scope, () => {});
    const found =
      block.kind === 'module'
        ? wrongInputs(block, given, interfaces, inferred)
        : wrongInResource(block, given, interfaces, inferred);
    return found.map((what) => new Problem(block.file, addressOf(block), what));
  });
}

function wrongInputs({ body }: Block, given: Body, interfaces: Interfaces, inferred: Inferred): string[] {
  const module = interfaces.moduleOf(body.source);
  if (!module)
    return [`its source ${JSON.stringify(body.source)} is not in infra/check/modules/modules.json`];
  return Object.entries(given).flatMap(([name, raw]) => {
    const type = module.inputs[name];
    if (type) {
      return misfits(expressionOf(raw), type, inferred).map(({ where, what }) => `"${name}${where}" ${what}`);
    }
    return [`"${name}" is no input of ${body.source}${suggestion(name, Object.keys(module.inputs))}`];
  });
}

function wrongInResource(block: Block, given: Body, interfaces: Interfaces, inferred: Inferred): string[] {
  const [type = ''] = block.labels;
  // Terraform's own; what its `config` takes depends on the backend.
  if (type === 'terraform_remote_state') return [];
  const schema = interfaces.schemaOf(block.kind, type);
  if (schema) return wrongInBody(given, schema, '', inferred);
  return [
    `${type} is not in infra/check/schema/schema.json: "npm run infra:schema" puts it there, or says that there is none`,
  ];
}

function wrongInBody(body: Body, schema: BlockSchema, where: string, inferred: Inferred): string[] {
  const { dynamic = {}, ...plain } = body;
  const found = Object.entries(plain).flatMap(([name, raw]) => {
    const path = `${where}${name}`;
    const inner = schema.block_types[name]?.block;
    if (inner && !isBlocks(raw)) return [`"${path}" is a block: it is written without "="`];
    if (inner) return (raw as Body[]).flatMap((each) => wrongInBody(each, inner, `${path}.`, inferred));
    const attribute = schema.attributes[name];
    if (!attribute) return [unknownName(path, name, schema)];
    if (!attribute.required && !attribute.optional) return [`"${path}" cannot be set: the provider tells it`];
    const wrong = misfits(expressionOf(raw), fromSchema(attribute.type), inferred);
    return wrong.map((each) => `"${path}${each.where}" ${each.what}`);
  });
  const made = Object.entries(dynamic as Record<string, Body[]>).map(([name, bodies]) => ({
    name,
    contents: bodies.flatMap(({ content }) => content as Body[]),
  }));
  const foundInMade = made.flatMap(({ name, contents }) => {
    const inner = schema.block_types[name]?.block;
    if (!inner) return [unknownName(`${where}${name}`, name, schema)];
    // What its values are depends on its iterator.
    return contents.flatMap((each) => wrongInBody(each, inner, `${where}${name}.`, () => 'any'));
  });
  return [...found, ...foundInMade, ...missing(body, new Set(made.map(({ name }) => name)), schema, where)];
}

function missing(
  body: Body,
  made: ReadonlySet<string>,
  { attributes, block_types }: BlockSchema,
  where: string,
): string[] {
  const lacking = Object.keys(attributes).filter(
    (name) => attributes[name]?.required && body[name] === undefined,
  );
  const blocks = Object.entries(block_types).flatMap(([name, { min_items, max_items }]) => {
    const raw = body[name];
    const count = isBlocks(raw) ? raw.length : 0;
    if (min_items && count === 0 && !made.has(name)) return [`the block "${where}${name}" is missing`];
    return max_items && count > max_items
      ? [`the block "${where}${name}" is there ${count} times, and may be once`]
      : [];
  });
  return [...lacking.map((name) => `"${where}${name}" is missing`), ...blocks];
}

function unknownName(path: string, name: string, { attributes, block_types }: BlockSchema): string {
  const settable = Object.keys(attributes).filter(
    (each) => attributes[each]?.required || attributes[each]?.optional,
  );
  return `"${path}" is no argument here${suggestion(name, [...settable, ...Object.keys(block_types)])}`;
}
