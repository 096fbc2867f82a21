import { runPinned } from './entry/run-pinned.mjs';

// A lab of its own, emptied before each benchmark.
process.env.EMAIL_GATEWAY_LAB_DIR ??= '.lab-bench';

runPinned( 'lab/bench/main.ts' );
