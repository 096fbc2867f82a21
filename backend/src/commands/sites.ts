import { askOperator } from '../ask-operator.ts';
import { readConfig } from '../config.ts';
import { spelledOut } from '../ssh/text.ts';
import { print, WrongUse, type Command } from './command.ts';

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

export const sites: Command = {
	about: 'lists the sites that paired, and ends one',
	forms: [ '', 'revoke ID', 'expire ID DAYS' ],
	more: 'revoke: its key is never accepted again, and its secrets are deleted. expire: its key ends in so many days, unless the\nsite pairs again before.',
	examples: [
		'email-gateway sites',
		'email-gateway sites revoke 0199a2c4-…',
		'email-gateway sites expire 0199a2c4-… 7',
	],
	async run( [ verb, id = '', days = '', ...rest ], env ) {
		const { dataDir } = readConfig( env );
		if ( verb === undefined ) {
			const { sites: all } = await askOperator< { sites: SiteLine[] } >( dataDir, '/sites' );
			all.forEach( ( site ) => print( lineOf( site ) ) );
		} else if (
			! rest.length &&
			( ( verb === 'revoke' && id && ! days ) || ( verb === 'expire' && id && days ) )
		) {
			const query = new URLSearchParams( { id, days } );
			print( lineOf( await askOperator< SiteLine >( dataDir, `/${ verb }-site?${ query }` ) ) );
		} else {
			throw new WrongUse( `sites does not know ${ [ verb, id, days, ...rest ].join( ' ' ).trim() }.` );
		}
	},
};
