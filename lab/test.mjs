import { runPinned } from './entry/run-pinned.mjs';

// A lab of its own, so that the tests leave the one of `npm start` alone.
process.env.EMAIL_GATEWAY_LAB_DIR ??= '.lab-test';

runPinned( 'lab/test/main.ts' );
