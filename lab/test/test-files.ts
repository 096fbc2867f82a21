import { globSync } from 'node:fs';
import { isAbsolute, normalize, relative } from 'node:path';
import { checkoutPath } from '../system/paths.ts';

/** What a file needs that jest alone does not give, and the command that gives it. */
const needs: [ RegExp, ( file: string ) => string ][] = [
	[ /^lab\/journeys\//, ( file ) => `needs a browser and a whole lab. Run: npm run journey -- ${ file }` ],
	[
		/\.(server|debian1[23])\.test\.ts$/,
		( file ) => `needs a real Debian and root. Run: npm run server-test -- ${ file }`,
	],
	[ /\.postgres\.test\.ts$/, () => 'needs a PostgreSQL. Run: npm test -- --only postgres' ],
	[ /\.php$/, () => 'is run by PHPUnit in a WordPress. Run: npm test -- --only phpunit' ],
];

/** Why a file is not run by `npm run unit`, and what to run instead; undefined for a file that is. */
export function whyNotUnit( file: string ): string | undefined {
	const need = needs.find( ( [ pattern ] ) => pattern.test( file ) );
	return need && `${ file } ${ need[ 1 ]( file ) }`;
}

/** Every test file, as a path in the checkout. */
export function testFiles(): string[] {
	const patterns = [ '{shared,backend,lab,plugin/src}/**/*.test.{ts,tsx}', 'plugin/tests/**/*-test.php' ];
	return globSync( patterns, { cwd: checkoutPath, exclude: [ '**/node_modules' ] } ).sort();
}

/** The test files whose path has this in it: a path, absolute or in the checkout, or any part of one. */
export function filesNamed( name: string ): string[] {
	const part = isAbsolute( name ) ? relative( checkoutPath, name ) : normalize( name );
	return testFiles().filter( ( file ) => file.includes( part ) );
}
