import { runCasesOn } from './cases.ts';

runCasesOn('node');
