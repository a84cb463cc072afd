import { runCasesOn } from './cases.ts';

runCasesOn('bun');
