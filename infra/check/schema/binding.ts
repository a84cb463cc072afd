import type { BlockSchema, SchemaType } from './schema.ts';

/**
 * Reads a resource's schema out of a binding of HashiCorp's CDK for Terraform: `index.d.ts` has what may be set and
 * must be, `index.js` how Terraform spells it and what can be read.
 *
 * @throws Error when the binding is not built as those of the CDK's version 0.21 are
 */
export function readBinding(code: string, types: string): BlockSchema {
  const interfaces = readInterfaces(types);
  const classes = readClasses(code);
  const name = rootOf(interfaces);
  const block = blockOf(name, interfaces);
  const root = classes.get(name.slice(0, -'Config'.length));
  if (!root) throw new Error(`the binding has no class for ${name}`);
  for (const [attribute, type] of readable(root, classes)) {
    if (block.attributes[attribute] || block.block_types?.[attribute]) continue;
    block.attributes[attribute] = { type, computed: true };
  }
  return block;
}

/** Reads what a provider itself takes. */
export function readConfiguration(types: string): BlockSchema {
  const interfaces = readInterfaces(types);
  return blockOf(rootOf(interfaces), interfaces);
}

function rootOf(interfaces: Map<string, Interface>): string {
  const configurations = [...interfaces.keys()].filter((name) => /Config$/.test(name));
  const name = configurations.find((each) => interfaces.get(each)?.isRoot) ?? configurations[0];
  if (name === undefined) throw new Error('the binding has no configuration');
  return name;
}

interface Field {
  name: string;
  isOptional: boolean;
  type: string;
}

interface Interface {
  isRoot: boolean;
  fields: Field[];
}

function readInterfaces(types: string): Map<string, Interface> {
  const found = new Map<string, Interface>();
  for (const [, name, parent, body] of types.matchAll(
    /^export interface (\w+)( extends \S+)? \{\n(.*?)^\}/gms,
  )) {
    if (name === undefined || body === undefined) continue;
    // The link to the documentation before each field ends with the name that Terraform has for it.
    const fields = [...body.matchAll(/#\w+ \w+#(\w+)\}.*?readonly \w+(\??): (.+?);\n(?= {4}\/\*\*|$)/gs)].map(
      ([, field = '', optional, type = '']) => ({ name: field, isOptional: optional === '?', type }),
    );
    found.set(name, { isRoot: parent !== undefined, fields });
  }
  return found;
}

function blockOf(name: string, interfaces: Map<string, Interface>): BlockSchema {
  const block: BlockSchema = { attributes: {}, block_types: {} };
  for (const { name: field, isOptional, type } of interfaces.get(name)?.fields ?? []) {
    const [, nested, isMany] = type.match(/^(\w+)(\[\])?/) ?? [];
    if (nested !== undefined && interfaces.has(nested)) {
      block.block_types[field] = {
        nesting_mode: isMany ? 'list' : 'single',
        ...(!isOptional && { min_items: 1 }),
        ...(!isMany && { max_items: 1 }),
        block: blockOf(nested, interfaces),
      };
    } else {
      block.attributes[field] = {
        type: plainType(type),
        ...(isOptional ? { optional: true } : { required: true }),
      };
    }
  }
  return block;
}

function plainType(type: string): SchemaType {
  const text = type
    .replaceAll(' | cdktf.IResolvable', '')
    .replace(/^\((.*)\)/, '$1')
    .replaceAll(/\s/g, '');
  const plain: Record<string, SchemaType> = {
    string: 'string',
    number: 'number',
    boolean: 'bool',
    'string[]': ['list', 'string'],
    'number[]': ['list', 'number'],
    '{[key:string]:string;}': ['map', 'string'],
    '{[key:string]:string}': ['map', 'string'],
  };
  const found = plain[text];
  if (found === undefined) throw new Error(`the binding has a type that is not known here: ${type}`);
  return found;
}

function readClasses(code: string): Map<string, string> {
  return new Map(
    [...code.matchAll(/^class (\w+) extends .*?^\}/gms)].map(([text, name = '']) => [name, text]),
  );
}

const getters: Record<string, SchemaType> = {
  getStringAttribute: 'string',
  getNumberAttribute: 'number',
  getBooleanAttribute: 'bool',
  getListAttribute: ['list', 'string'],
  getNumberListAttribute: ['list', 'number'],
  getStringMapAttribute: ['map', 'string'],
  StringMap: ['map', 'string'],
};

/** What can be read of a class: attributes, and lists of objects that the provider fills. */
function readable(body: string, classes: Map<string, string>): [string, SchemaType][] {
  const scalars = [
    ...body.matchAll(/this\.(get\w+Attribute)\('(\w+)'\)|new cdktf\.(StringMap)\(this, ["'](\w+)["']/g),
  ];
  const objects = [...body.matchAll(/new (\w+)List\(this, ["'](\w+)["']/g)].filter(([, name]) =>
    classes.has(`${name}OutputReference`),
  );
  return [
    ...scalars.map(([, getter = '', name = '', map = '', mapName = '']): [string, SchemaType] => [
      name || mapName,
      getters[getter || map] ?? 'string',
    ]),
    ...objects.map(([, name = '', field = '']): [string, SchemaType] => {
      const of = readable(classes.get(`${name}OutputReference`) ?? '', classes);
      return [field, ['list', ['object', Object.fromEntries(of)]]];
    }),
  ];
}
