import { askOperator } from './ask-operator.ts';
import { readConfig } from './config.ts';
import { spelledOut } from './ssh/text.ts';

// node backend/src/sites.ts                     every site that ever paired, one a line
// node backend/src/sites.ts revoke ID           ends one: its key is accepted never again, its secrets are deleted
// node backend/src/sites.ts expire ID DAYS      lets its key end, unless it pairs again before

interface SiteLine {
	id: string;
	url: string;
	name: string;
	pairedAt: string;
	revokedAt: string | null;
	expiresAt: string | null;
	genuine?: boolean;
}

/** What a site says of itself stays on its line, in its order. */
const lineOf = ( { id, url, name, pairedAt, revokedAt, expiresAt, genuine = true }: SiteLine ) =>
	spelledOut(
		[
			id,
			url,
			JSON.stringify( name ),
			`paired ${ pairedAt }`,
			...( revokedAt ? [ `revoked ${ revokedAt }` ] : [] ),
			...( expiresAt ? [ `key until ${ expiresAt }` ] : [] ),
			...( genuine ? [] : [ 'changed in the database by something else: not accepted' ] ),
		].join( '\t' )
	);

try {
	const { dataDir } = readConfig( process.env );
	const [ verb, id = '', days = '' ] = process.argv.slice( 2 );
	if ( verb === undefined ) {
		const { sites } = await askOperator< { sites: SiteLine[] } >( dataDir, '/sites' );
		process.stdout.write( sites.map( ( site ) => `${ lineOf( site ) }\n` ).join( '' ) );
	} else if ( ( verb === 'revoke' && id ) || ( verb === 'expire' && id && days ) ) {
		const query = new URLSearchParams( { id, days } );
		const site = await askOperator< SiteLine >( dataDir, `/${ verb }-site?${ query }` );
		process.stdout.write( `${ lineOf( site ) }\n` );
	} else {
		throw new Error( 'sites.ts, sites.ts revoke ID, or sites.ts expire ID DAYS' );
	}
} catch ( error ) {
	process.stderr.write( `${ ( error as Error ).message }\n` );
	process.exitCode = 1;
}
