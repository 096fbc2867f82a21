import type { EndpointName, RequestOf } from '@email-gateway/shared';
import { GatewayError } from '../src/errors.ts';
import type { Facts } from '../src/gateway/facts.ts';
import { Secret } from '../src/vault/secret.ts';
import { accountOf } from './accounts.ts';
import { bareFacts, makeFakeTools } from './fake-tools.ts';
import { factsOf } from './installed-facts.ts';
import { lookOnce } from './look-once.ts';
import { connectServer, startBackend } from './test-backend.ts';

const serverId = 91;
const customerOnly = { userId: 7, login: 'customer', may: [ 'run_gateway' as const ] };

/** Sites of two Unix users. */
const sites: Facts[ 'sites' ] = [ 1001, 1002 ].map( ( uid ) => ( {
	...{ uid, user: `site-${ uid }`, folder: `/var/www/${ uid }.test`, domain: null, environment: null },
} ) );

/** What the server has, and which providers let it in. */
export interface Played {
	facts: Facts;
	/** Messages that are in the queue whatever was installed since; 0: as `facts` say. */
	alwaysWaiting: number;
	/** Hosts of providers that refuse the login. */
	refused: Set< string >;
	/** Who signed in where, with which password. */
	signedIn: string[];
	/** `sasl_passwd`, or a file of that name, as it was installed last. */
	passwords( name?: string ): string;
	/** Called while a look is under way. */
	onLook(): Promise< void >;
	/** Called when a change has begun, with the id of its job; aborted where the backend lets go of it. */
	onApply( jobId: string, signal: AbortSignal ): Promise< void >;
}

function played() {
	let files = new Map< string, string >();
	const server: Played = {
		facts: { ...bareFacts, sites },
		...{
			alwaysWaiting: 0,
			refused: new Set(),
			signedIn: [],
			passwords: ( name = 'sasl_passwd' ) => files.get( name ) ?? '',
		},
		...{ onLook: async () => {}, onApply: async () => {} },
	};
	const { tools } = makeFakeTools( {
		look: async () => {
			const seen = server.facts;
			const { alwaysWaiting: queue } = server;
			await server.onLook();
			return queue > 0 ? { ...seen, queue, stuck: queue } : seen;
		},
		async preflight( _remote, { settings: { userName, smtpServer }, password } ) {
			server.signedIn.push( `${ userName } ${ smtpServer } ${ password.reveal() }` );
			if ( server.refused.has( smtpServer ) ) {
				throw new GatewayError( 'provider_login_refused', { host: smtpServer, port: 587 } );
			}
			return { tlsVersion: 'TLSv1.3', certificateName: null };
		},
		async apply( _remote, { desired, jobId }, { signal } ) {
			await server.onApply( jobId, signal );
			files = new Map(
				desired.files.map( ( { name, content } ) => [
					name,
					content instanceof Secret ? content.reveal() : content,
				] )
			);
			server.facts = { ...factsOf( desired ), sites: server.facts.sites };
			return { savedQueue: null };
		},
	} );
	return { server, tools };
}

/** A site with two accounts and a connected server, on which nothing is installed yet. End it with `backend.stop()`. */
export async function startBackupServer(
	options: Omit< Parameters< typeof startBackend >[ 0 ] & object, 'tools' > = {}
) {
	const { server, tools } = played();
	const backend = await startBackend( { ...options, tools } );
	const { db } = backend.app;
	const site = await backend.site();
	await connectServer( site, serverId );
	const values = ( of: string ) => ( {
		...{ smtpServer: `smtp.${ of }.test`, smtpPort: 587, userName: `${ of }@${ of }.test` },
		...{ sendingDomain: `${ of }.test`, note: '' },
		password: { use: 'typed', value: `secret of ${ of }` } as const,
	} );
	const save = async ( change: { name: string } & Partial< Parameters< typeof accountOf >[ 1 ] > ) => {
		const of = change.name.toLowerCase();
		const account = accountOf( values( of ), { isDefault: of === 'first', ...change } );
		const { accounts } = ( await site.call( 'saveAccount', { body: { account } } ) ).body;
		return accounts.find( ( { name } ) => name === change.name )?.id ?? '';
	};
	const first = await save( { name: 'First' } );
	const second = await save( { name: 'Second' } );
	const call = async < Name extends EndpointName >( name: Name, body?: RequestOf< Name >, actor = {} ) =>
		( await site.call( name, { serverId, actor, ...( body && { body } ) } ) ).body as object;
	const ended = async ( name: EndpointName, body?: object ) => {
		const answer = await call( name, body as never );
		if ( ! ( 'jobId' in answer ) ) {
			throw new Error( `${ name }: ${ JSON.stringify( answer ) }` );
		}
		return ( await site.untilEnded( serverId, String( answer.jobId ) ) ).job;
	};
	const view = async ( actor = {} ) => ( await site.call( 'readServer', { serverId, actor } ) ).body;
	const row = async ( actor = {} ) =>
		( await site.call( 'listServers', { query: `?ids=${ serverId }`, actor } ) ).body.servers[ 0 ];
	const install = ( id: string, change = {} ) => {
		const { password: _typed, ...settings } = values( id === first ? 'first' : 'second' );
		return ended( 'installGateway', { settings: { ...settings, ...change, password: { use: 'account', id } } } );
	};
	return {
		...{ tools, backend, db, site, serverId, server, first, second, save, call, ended, view, row, install },
		installTyped: ( value: string ) =>
			ended( 'installGateway', { settings: { ...values( 'first' ), password: { use: 'typed', value } } } ),
		customerOnly,
		shown: async () => ( await view() ).gateway.backup,
		customer: < Name extends EndpointName >( name: Name, body?: RequestOf< Name > ) =>
			call( name, body, customerOnly ),
		seenByCustomer: async () => ( await view( customerOnly ) ).gateway.backup,
		rowForCustomer: () => row( customerOnly ),
		includedForCustomer: async () => ( await view( customerOnly ) ).gateway.included,
		endedByCustomer: async ( name: EndpointName ) => {
			const answer = ( await call( name, undefined, customerOnly ) ) as { jobId: string };
			return ( await site.untilEnded( serverId, answer.jobId ) ).job;
		},
		/** The route of a Unix user as it is shown. */
		route: async ( uid: number, actor = {} ) => {
			const { users } = ( await site.call( 'readSites', { serverId, actor } ) ).body;
			return users.find( ( user ) => user.uid === uid )?.route ?? null;
		},
		incidents: async () =>
			( await db.selectFrom( 'incidents' ).selectAll().where( 'endedAt', 'is', null ).execute() ).filter(
				( { kind } ) => kind === 'on_backup'
			),
		async everythingKept() {
			const rows = await Promise.all(
				( [ 'secrets', 'settings', 'jobs', 'servers', 'audit' ] as const ).map( ( table ) =>
					db.selectFrom( table ).selectAll().execute()
				)
			);
			return JSON.stringify( rows );
		},
		/** One look, as the loop would; then what it asked for is waited for. */
		async look() {
			await lookOnce( backend.app );
			const { job } = await view();
			return job && ( await site.untilEnded( serverId, job.jobId ) ).job;
		},
	};
}

export type BackupServer = Awaited< ReturnType< typeof startBackupServer > >;
