import { runPinned } from './entry/run-pinned.mjs';

runPinned( 'lab/screens/main.ts' );
