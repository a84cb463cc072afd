import { OptionsError, readOptions } from '../../../../bot/src/options.ts';
import { composeFile, type Sources } from '../sources.ts';

/** The bots understand what they are told to do. */
export function bots(sources: Sources): string[] {
  const [, ...args] = composeFile(sources['compose.yaml']).services.bots?.command ?? [];
  try {
    readOptions(args);
    return [];
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    return [`compose.yaml: bots: ${error.message}`];
  }
}
