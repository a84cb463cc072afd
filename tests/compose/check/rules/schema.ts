import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { didYouMean } from '../../../../k8s/check/problem.ts';
import type { Sources } from '../sources.ts';

/** The Compose specification's own schema, of which the linter brings the newest there is. */
const require = createRequire(import.meta.url);
const linter = require.resolve('dclint/package.json');
const specification = JSON.parse(
  readFileSync(linter.replace('package.json', 'schemas/compose.schema.json'), 'utf8'),
);
// Formats say what Compose itself finds out, such as a length of time that is none.
const validate = new Ajv({
  allErrors: true,
  strict: false,
  validateFormats: false,
  validateSchema: false,
  verbose: true,
}).compile(specification);

/** Each Compose file fits the schema of the Compose specification. */
export function schema(sources: Sources): string[] {
  return Object.entries(sources)
    .filter(([path]) => /compose[^/]*\.yaml$/.test(path))
    .flatMap(([path, text]) => {
      validate(parse(text, { merge: true }));
      return (validate.errors ?? []).map(({ instancePath, message, params, parentSchema }) => {
        const word = (params as { additionalProperty?: string }).additionalProperty;
        if (!word) return `${path}: ${instancePath} ${message}`;
        const known = Object.keys((parentSchema as { properties?: object }).properties ?? {});
        return `${path}: ${instancePath}: there is nothing called ${word}${didYouMean(word, known)}`;
      });
    });
}
