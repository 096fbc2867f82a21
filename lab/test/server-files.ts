import { globSync } from 'node:fs';
import { basename } from 'node:path';
import type { ServerKind } from '../servers/kinds.ts';
import { checkoutPath } from '../system/paths.ts';

/** What all else stands on: played on each system. */
const onEach = [ 'apply', 'connect', 'prove', 'sudo' ];

/** The others take turns, so that `npm test` ends in time; `npm test -- --only servers --whole` plays all on each. */
const onOne: Partial< Record< ServerKind, string[] > > = {
	debian12: [
		...[ 'backup', 'changed-by-hand', 'faults', 'former-mail', 'local-mail', 'mail-log', 'pause' ],
		...[ 'older-gateway', 'parts-missing', 'php-around', 'refusals', 'routes', 'sandbox', 'side-doors' ],
	],
	debian13: [ 'apt-mirror', 'caps', 'day', 'dead-ends', 'hostile', 'production', 'queue', 'waiting-mail' ],
};

/**
 * The test files for a real server that are played on one of that kind: `*.server.test.ts` as the lists above say,
 * with `whole` all of them; `*.debian12.test.ts` on a Debian 12 only, and so on.
 *
 * @return paths relative to the checkout, in their order
 */
export function serverFiles( kind: ServerKind, { whole }: { whole: boolean } ): string[] {
	const chosen = [ ...onEach, ...( onOne[ kind ] ?? [] ) ];
	return testFiles()
		.filter( ( file ) => {
			const [ name = '', where ] = basename( file ).split( '.' );
			return where === kind || ( where === 'server' && ( whole || chosen.includes( name ) ) );
		} )
		.sort();
}

const testFiles = () => globSync( [ 'backend/src/**/*.test.ts', 'lab/*/*.test.ts' ], { cwd: checkoutPath } );
