import { didYouMean } from '../../../../k8s/check/problem.ts';
import { configOf, isService, variablesOf, wrongValues } from '../../../../k8s/check/services.ts';
import { imageOf } from '../image.ts';
import { composeFile, type Sources } from '../sources.ts';
import { envFilesOf, secretsIn } from './references.ts';

/** Every service gets variables that it reads, with values that it takes, and can start with them. */
export function variables(sources: Sources): string[] {
  const { services } = composeFile(sources['compose.yaml']);
  return Object.entries(services).flatMap(([name, service]) => {
    if (!isService(name)) return [];
    const secrets = envFilesOf(service).map((path) => secretsIn(sources, service, path));
    const given = Object.assign({}, service.environment, ...secrets) as Record<string, string>;
    const known = variablesOf(name);
    const problems = [
      ...Object.keys(given)
        .filter((variable) => !known.includes(variable))
        .map((variable) => `it does not read ${variable}${didYouMean(variable, known)}`),
      ...[...wrongValues(name, given)].map(([variable, what]) => `${variable} ${what}`),
      ...whyNotStarting(name, { ...imageOf(sources.Dockerfile, name).env, ...given }),
    ];
    return problems.map((text) => `compose.yaml: ${name}: ${text}`);
  });
}

/** Whatever can be set has a default or says what is missing, and is told of in .env.example; and nothing else is. */
export function settings(sources: Sources): string[] {
  const asked = [...sources['compose.yaml'].matchAll(/(?<!\$)\$\{?([A-Z_]+)((?::?[-?])?)/g)];
  const told = [...sources['.env.example'].matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
  return [
    ...asked
      .filter(([, , byDefault]) => !byDefault)
      .map(([, name]) => `compose.yaml: \${${name}} has neither a default (:-) nor an error (:?)`),
    ...[...new Set(asked.map(([, name]) => name))]
      .filter((name) => !told.includes(name))
      .map((name) => `.env.example: ${name}, for which compose.yaml asks, is missing`),
    ...told
      .filter((name) => !asked.some(([, other]) => other === name))
      .map((name) => `.env.example: ${name} is set for nothing`),
  ];
}

function whyNotStarting(service: string, env: Record<string, string>): string[] {
  try {
    configOf(service, env);
    return [];
  } catch (error) {
    return [`it does not start: ${(error as Error).message}`];
  }
}
