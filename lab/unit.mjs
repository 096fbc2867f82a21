import { runPinned } from './entry/run-pinned.mjs';

// Some tests write to a lab's folder: not to that of `npm start`.
process.env.EMAIL_GATEWAY_LAB_DIR ??= '.lab-test';

runPinned( 'lab/test/unit.ts' );
