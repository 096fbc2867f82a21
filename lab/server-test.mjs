import { runPinned } from './entry/run-pinned.mjs';

// Debian 12 unless told; each system has a lab of its own, which stays up between two runs.
const given = process.argv.slice( 2 );
const args = given.filter( ( argument ) => argument !== '--debian13' );
const kind = args.length < given.length || args[ 0 ]?.includes( '.debian13.' ) ? 'debian13' : 'debian12';
process.env.EMAIL_GATEWAY_LAB_DIR ??= `.lab-server-${ kind }`;

runPinned( 'lab/test/one-file.ts', [ kind, ...args ] );
