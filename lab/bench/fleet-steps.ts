import type { JobView } from '../../shared/src/index.ts';
import type { SimulatedServer } from '../fleet/simulated-server.ts';
import type { Provider } from '../provider/start.ts';
import type { Ask } from '../wordpress/rest.ts';
import type { Account } from './machines.ts';

export interface Step {
	name: string;
	/** @return the job that was queued */
	click( ask: Ask, serverId: number ): Promise< { jobId: string } >;
	/** Whether the job did what it was asked for. */
	check( job: JobView ): boolean;
}

/** What is done with every server of a fleet, in this order. Server ids count from 1. */
export async function fleetSteps( servers: readonly SimulatedServer[], provider: Provider ): Promise< Step[] > {
	const serverOf = ( serverId: number ) => servers[ serverId - 1 ] as SimulatedServer;
	const second = await addAccount( provider, { user: 'second@example.test', password: 'the second password' } );
	const settings = ( { user, password }: Account ) =>
		( {
			...{ smtpServer: provider.host, smtpPort: provider.port, userName: user, sendingDomain: 'example.org' },
			password: { use: 'typed', value: password },
		} ) as const;
	const hasInstalled = ( { state, result }: JobView ) =>
		state === 'succeeded' && result?.verb === 'install_gateway' && ! result.alreadyRight;
	return [
		{
			name: 'connect',
			async click( ask, serverId ) {
				await ask( 'makeServerKey', {}, { serverId } );
				const { port } = serverOf( serverId );
				const connection = { host: '127.0.0.1', sshPort: port, signIn: { kind: 'managed_key' } } as const;
				return ask( 'saveConnection', { connection }, { serverId } );
			},
			check: ( { serverId, error } ) =>
				error?.code === 'host_key_unknown' && error.detail.fingerprint === serverOf( serverId ).fingerprint,
		},
		{
			name: 'trust and look',
			click: ( ask, serverId ) =>
				ask( 'trustHostKey', { fingerprint: serverOf( serverId ).fingerprint }, { serverId } ),
			check: ( { state } ) => state === 'succeeded',
		},
		{
			name: 'look and plan',
			click: ( ask, serverId ) =>
				ask( 'previewChanges', { settings: settings( provider ), consents: [] }, { serverId } ),
			check: ( { result } ) => result?.verb === 'preview_changes' && result.plan.length > 0,
		},
		...[
			{ name: 'install', account: provider },
			{ name: 'new credential', account: second },
		].map(
			( { name, account }: { name: string; account: Account } ): Step => ( {
				name,
				click: ( ask, serverId ) =>
					ask( 'installGateway', { settings: settings( account ), consents: [] }, { serverId } ),
				check: hasInstalled,
			} )
		),
	];
}

/** Makes an account at the provider, or changes its password. */
export async function addAccount( { inboxUrl }: Provider, account: Account ): Promise< Account > {
	const answer = await fetch( `${ inboxUrl }/accounts/${ account.user }`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( { password: account.password } ),
	} );
	if ( ! answer.ok ) {
		throw new Error( `The provider did not take the account ${ account.user }: ${ answer.status }` );
	}
	return account;
}

/** Requests under way at once: as many people as click within a second. */
const atOnce = 16;

export async function inParallel< Item >(
	items: readonly Item[],
	work: ( item: Item ) => Promise< void >
): Promise< void > {
	const queue = [ ...items ];
	const worker = async () => {
		for ( let next = queue.shift(); next !== undefined; next = queue.shift() ) {
			await work( next );
		}
	};
	await Promise.all( Array.from( { length: atOnce }, worker ) );
}
