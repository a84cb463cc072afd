import { runCasesOn } from './cases.ts';

runCasesOn('deno');
