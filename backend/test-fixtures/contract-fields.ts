// Only for tests: what the contract takes, made from its own schemas, so that a new field is tried without a word here.
import type { z } from 'zod';

export const secret = 'never-to-be-seen-in-an-answer';

/** What is usual in a field of this name; a password or key that is typed has the name of what it is for. */
const usual: Readonly< Record< string, string | number > > = {
	...{
		host: '203.0.113.7',
		sshPort: 22,
		sshUser: 'root',
		sudoPassword: secret,
		passphrase: secret,
		password: secret,
	},
	...{ privateKey: `-----BEGIN PRIVATE KEY-----\n${ secret }\n-----END PRIVATE KEY-----` },
	...{
		smtpServer: 'smtp.example.com',
		smtpPort: 587,
		userName: 'user@example.com',
		sendingDomain: 'example.com',
		note: 'a note',
	},
	...{
		serverHostname: 'server.example.com',
		rootMail: 'root@example.com',
		address: 'a@example.com',
		from: 'a@example.com',
		to: 'b@example.com',
	},
	...{
		caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
		fingerprint: `SHA256:${ 'A'.repeat( 43 ) }`,
	},
	...{
		ids: '1,2',
		'ids[]': '4jdW2W0001zs7Y7',
		...{
			within: '1,2',
			search: 'web',
			page: 1,
			size: 20,
			uid: 1001,
			serverId: 1,
			name: 'web1',
			firstId: 1,
			lastId: 1,
		},
		...{
			domain: 'example.com',
			recipient: 'bob@example.org',
			sender: 'shop@example.com',
			site: 'shop',
			queueId: '4jdW2W0001zs7Y7',
		},
		...{ 'senders[]': 'example.com', sendAs: 'a@example.com', without: 'hold' },
		...{ mailbox: 'tests@example.com', 'allowed[]': 'example.com' },
		...{ 'uids[]': 1001, 'own[]': 1 },
		...{ hour: 200, day: 1000, refused: 30, afterMinutes: 15 },
		before: 1,
		after: 1,
		code: 'ABCD',
		publicKey: `${ 'A'.repeat( 43 ) }=`,
		keyId: 'key',
		...{ signature: 'AAAA', proof: 'AAAA' },
	},
	...{
		id: '00000000-0000-4000-8000-000000000001',
		key: 'a'.repeat( 32 ),
		hours: 4,
		keptDays: 30,
		...{ name: 'On call', dailyLimit: 500, account: '00000000-0000-4000-8000-000000000001' },
		url: `https://hooks.example.com/${ secret }`,
		'slack.url': `https://hooks.slack.com/services/T0/B0/${ secret.replaceAll( '-', '' ) }`,
		'teams.url': `https://prod.westeurope.logic.azure.com/workflows/${ secret }`,
		'discord.url': `https://discord.com/api/webhooks/1/${ secret }`,
		'telegram.token': `12345678:${ secret }-x`,
		'ntfy.url': `https://ntfy.sh/${ secret }`,
		'ntfy.token': secret,
		'pushover.token': 'a'.repeat( 30 ),
		...{ chat: '-100123', user: 'u'.repeat( 30 ) },
	},
	...{
		siteUrl: 'https://site.example.com',
		backendUrl: 'https://gateway.example.com',
		siteName: 'A site',
		userId: 1,
		owner: 1,
		login: 'admin',
		siteAdminMail: 'admin@example.com',
		mail: 'me@example.com',
	},
};

/** Bodies that a schema takes: every field is in one of them, in each of its forms. Errors: an Error for a field without a usual value. */
export function usualBodies( schema: z.ZodType ): unknown[] {
	const bodies = formsOf( schema, '' );
	bodies.forEach( ( body ) => schema.parse( body ) );
	return bodies;
}

interface Definition {
	type: string;
	/** `datetime`, where a text has one. */
	format?: string;
	shape?: Record< string, z.ZodType >;
	options?: z.ZodType[];
	values?: unknown[];
	entries?: Record< string, unknown >;
	innerType?: z.ZodType;
	element?: z.ZodType;
}

function formsOf( schema: z.ZodType, name: string ): unknown[] {
	const { type, format, shape, options, values, entries, innerType, element } = schema.def as unknown as Definition;
	if ( innerType ) {
		return formsOf( innerType, name );
	}
	if ( shape ) {
		// what is usual may differ by the kind of thing
		const kind = ( shape.kind?.def as Definition | undefined )?.values?.[ 0 ];
		const nameOf = ( key: string ) => ( `${ kind }.${ key }` in usual ? `${ kind }.${ key }` : key );
		const fields = Object.entries( shape ).map(
			( [ key, field ] ) => [ key, formsOf( field, key === 'value' ? name : nameOf( key ) ) ] as const
		);
		const most = Math.max( 1, ...fields.map( ( [ , forms ] ) => forms.length ) );
		return Array.from( { length: most }, ( _, at ) =>
			Object.fromEntries( fields.map( ( [ key, forms ] ) => [ key, forms[ at % forms.length ] ] ) )
		);
	}
	if ( element ) {
		const many = `${ name }[]`;
		return [ formsOf( element, many in usual ? many : name ) ];
	}
	const known =
		options?.flatMap( ( option ) => formsOf( option, name ) ) ?? values ?? ( entries && Object.values( entries ) );
	if ( known ) {
		return known;
	}
	if ( type === 'boolean' ) {
		return [ true ];
	}
	const value = format === 'datetime' ? '2026-11-30T12:00:00.000Z' : usual[ name ];
	if ( value === undefined ) {
		throw new Error( `what is usual in a field named ${ name } is not known: add it` );
	}
	return [ type === 'string' ? String( value ) : value ];
}

export interface Place {
	/** E.g. `settings.password.value`. */
	path: string;
	usual: unknown;
	/** The body with another value there. */
	with( value: unknown ): unknown;
}

/** Every place of every body that a schema takes, and in each object one more field that no contract names. */
export function placesOf( schema: z.ZodType ): Place[] {
	const places = new Map< string, Place >();
	for ( const body of usualBodies( schema ) ) {
		walk( body, [], ( steps, value ) => {
			const path = steps.join( '.' );
			places.set( path, { path, usual: value, with: ( to ) => replaced( body, steps, to ) } );
		} );
	}
	return [ ...places.values() ];
}

function walk( node: unknown, steps: string[], visit: ( steps: string[], value: unknown ) => void ): void {
	if ( node === null || typeof node !== 'object' ) {
		return;
	}
	for ( const [ key, child ] of [ ...Object.entries( node ), [ 'surprise', undefined ] as const ] ) {
		visit( [ ...steps, key ], child );
		walk( child, [ ...steps, key ], visit );
	}
}

function replaced( node: unknown, [ step = '', ...rest ]: string[], to: unknown ): unknown {
	const copy: object = Array.isArray( node ) ? [ ...node ] : { ...( node as object ) };
	const child = ( node as Record< string, unknown > )[ step ];
	return Object.assign( copy, { [ step ]: rest.length ? replaced( child, rest, to ) : to } );
}
