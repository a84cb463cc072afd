/** Whether objects are as their kind's schema has them: what an API server would refuse, or silently leave out. */
import * as externalSecrets from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import * as keda from '@kubernetes-models/keda/keda.sh/v1alpha1';
import * as monitoring from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import * as apps from 'kubernetes-models/apps/v1';
import * as autoscaling from 'kubernetes-models/autoscaling/v2';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';
import type { Manifest } from './manifest.ts';
import { didYouMean, type Problem, problemOf } from './problem.ts';
import { Witness } from './witness.ts';

interface SchemaError {
  /** `/spec/ports/0`. */
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}

/** A class of kubernetes-models: it checks the object that it is called on. */
interface Model {
  apiVersion: string;
  kind: string;
  prototype: { validate(): void };
}

const isModel = (value: unknown): value is Model =>
  typeof value === 'function' && 'apiVersion' in value && 'kind' in value;

const models = new Map(
  [core, apps, autoscaling, networking, policy, keda, externalSecrets, monitoring]
    .flatMap((module) => Object.values(module).filter(isModel))
    .map((model) => [`${model.apiVersion} ${model.kind}`, model]),
);

/** All that is wrong with an object by the schema of its kind. */
export function schemaProblems(manifest: Manifest): Problem[] {
  const { origin, ...object } = manifest;
  const model = models.get(`${object.apiVersion} ${object.kind}`);
  if (!model) {
    const kinds = [...models.values()].filter(({ kind }) => kind === object.kind);
    const right = kinds.length
      ? `; ${object.kind} is of ${kinds.map(({ apiVersion }) => apiVersion).join(' or ')}`
      : didYouMean(
          object.kind,
          [...models.values()].map(({ kind }) => kind),
        );
    return [problemOf(manifest, '', `there is no kind ${object.kind} in ${object.apiVersion}${right}`)];
  }
  const witness = new Witness(object);
  const problems = problemsFrom(manifest, validate(model, witness.object));
  for (const { path, field, known } of witness.unread()) {
    const text = `there is no such field${didYouMean(field, known)}`;
    problems.push(problemOf(manifest, [pathText(path), field].filter(Boolean).join('.'), text));
  }
  return problems;
}

function validate(model: Model, object: unknown): SchemaError[] {
  try {
    model.prototype.validate.call(object);
    return [];
  } catch (error) {
    if (error instanceof Error && 'errors' in error) return error.errors as SchemaError[];
    throw error;
  }
}

function problemsFrom(manifest: Manifest, errors: SchemaError[]): Problem[] {
  const texts = new Map<string, string[]>();
  for (const error of errors) {
    const path = pathText(error.instancePath.split('/').slice(1).map(unescapePointer));
    const text = textOf(error);
    if (text) texts.set(path, [...(texts.get(path) ?? []), text]);
  }
  // Of several alternatives, as in "an integer or a string", each has refused it: they are one problem.
  return [...texts].map(([path, each]) => problemOf(manifest, path, [...new Set(each)].join(', or ')));
}

function textOf({ keyword, params, message }: SchemaError): string | undefined {
  switch (keyword) {
    case 'required':
      return `${String(params.missingProperty)} is missing`;
    case 'type':
      return `must be ${article(String(params.type))}`;
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'format':
      return `must be ${article(String(params.format))}`;
    case 'anyOf':
    case 'oneOf':
      // Says only that none of the alternatives held.
      return undefined;
    default:
      return message ?? `breaks the rule ${keyword} of its schema`;
  }
}

const article = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

const unescapePointer = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** `spec.containers[0].image`; a key with dots is put in brackets. */
function pathText(parts: string[]): string {
  return parts
    .map((part, index) => {
      if (/^\d+$/.test(part)) return `[${part}]`;
      if (part.includes('.')) return `["${part}"]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}
