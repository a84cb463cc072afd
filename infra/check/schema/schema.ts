/** The providers' resources, in the shape of `terraform providers schema -json`. */
import { readFile } from 'node:fs/promises';

export type SchemaType =
  | string
  | ['list' | 'set' | 'map', SchemaType]
  | ['object', Record<string, SchemaType>];

export interface AttributeSchema {
  type: SchemaType;
  required?: true;
  optional?: true;
  /** The provider tells it; with neither of the others it cannot be set. */
  computed?: true;
}

export interface BlockSchema {
  attributes: Record<string, AttributeSchema>;
  block_types: Record<
    string,
    { nesting_mode: 'list' | 'single'; min_items?: number; max_items?: number; block: BlockSchema }
  >;
}

export interface ProviderSchemas {
  /** Provider → the version that its schemas are of. */
  versions: Record<string, string>;
  provider_schemas: Record<
    string,
    {
      provider: BlockSchema;
      resource_schemas: Record<string, BlockSchema>;
      data_source_schemas: Record<string, BlockSchema>;
    }
  >;
}

export async function readSchemas(): Promise<ProviderSchemas> {
  return JSON.parse(await readFile(new URL('schema.json', import.meta.url), 'utf8')) as ProviderSchemas;
}
