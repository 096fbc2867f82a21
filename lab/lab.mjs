import { runPinned } from './entry/run-pinned.mjs';

runPinned( 'lab/lab.ts' );
