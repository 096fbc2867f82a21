import { runPinned } from './entry/run-pinned.mjs';

runPinned( 'lab/start.ts' );
