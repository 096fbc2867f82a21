import { runPinned } from './entry/run-pinned.mjs';

runPinned( 'lab/build/main.ts' );
