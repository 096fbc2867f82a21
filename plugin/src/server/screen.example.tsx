import apiFetch from '@wordpress/api-fetch';
import { createRoot } from '@wordpress/element';
import type { ServerView } from '@email-gateway/shared';
import type { Page } from '../page.ts';
import { ServerScreen } from './server-screen.tsx';

/** For tests: the screen in a page of jsdom, the backend played by a table of answers. */

export const settings = {
	smtpServer: 'smtp.example.com',
	smtpPort: 587,
	userName: 'me',
	sendingDomain: 'site.example',
	note: '',
	serverHostname: null,
	rootMail: null,
	caCertificate: null,
};
const version = { version: 1, at: '2026-11-23T12:00:00Z', settings };
const fingerprint = `SHA256:${ 'a'.repeat( 43 ) }`;

/** A connected server with an installed gateway, changed by what a test says. */
export function exampleView( {
	gateway,
	...change
}: Partial< Omit< ServerView, 'gateway' > > & { gateway?: object } = {} ) {
	return {
		serverId: 12,
		managedKey: { publicKey: 'ssh-ed25519 AAAA', installLine: 'echo AAAA >> ~/.ssh/authorized_keys' },
		connection: {
			host: '203.0.113.7',
			sshPort: 22,
			sshUser: 'root',
			signIn: 'managed_key',
			passphraseSaved: false,
			sudoPasswordSaved: false,
			hostKey: {
				state: 'trusted',
				fingerprint,
				seenFingerprint: null,
				algorithm: 'ssh-ed25519',
				trustedAt: '2026-11-23T12:00:00Z',
				trustedBy: 'admin',
			},
			lastLook: { at: '2026-11-23T12:00:00Z', system: 'Debian GNU/Linux 12', support: 'tested', asRoot: 'root' },
		},
		gateway: {
			state: 'installed',
			submitted: version,
			installed: version,
			passwordSaved: true,
			submittedIsInstalled: true,
			account: null,
			included: 'absent',
			lastTest: null,
			...gateway,
		},
		handedOver: null,
		job: null,
		defaultsSaved: true,
		accounts: [],
		...change,
	} as ServerView;
}

export interface Sent {
	method: string;
	path: string;
	data: unknown;
}

/**
 * Plays the backend. `answers`: `METHOD /path` → what comes back, or a function that tells it; a refusal is
 * `{ refuse: … }`. Anything else is refused as not found.
 */
export function playBackend( answers: Record< string, unknown > ): Sent[] {
	const sent: Sent[] = [];
	apiFetch.setFetchHandler( async ( { path = '', method = 'GET', headers, data } ) => {
		const verb = ( headers as Record< string, string > )?.[ 'X-HTTP-Method-Override' ] ?? method;
		const plain = path.replace( '/email-gateway/v1', '' ).replace( /\?.*/, '' );
		sent.push( { method: verb, path: plain, data } );
		const told = answers[ `${ verb } ${ plain }` ];
		const answer = ( typeof told === 'function' ? told() : told ) as { refuse?: object } | undefined;
		return answer && ! answer.refuse
			? answer
			: Promise.reject( answer?.refuse ?? { code: 'not_found', message: '' } );
	} );
	return sent;
}

export function openScreen( { page, answers }: { page?: Partial< Page >; answers: Record< string, unknown > } ) {
	const sent = playBackend( answers );
	window.sessionStorage.clear();
	// jsdom draws nothing, so that there is nothing to scroll to
	Element.prototype.scrollIntoView ??= () => {};
	window.emailGateway = {
		may: [ 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway', 'see_mail_log' ],
		serverId: 12,
		paired: true,
		settingsUrl: '/settings',
		currentUserMail: 'me@example.com',
		...page,
	};
	document.body.innerHTML = '<form><div id="connection"></div><div id="gateway"></div></form>';
	const find = ( id: string ) => document.getElementById( id ) as HTMLElement;
	const root = createRoot( document.createElement( 'div' ) );
	root.render(
		<ServerScreen serverId={ 12 } places={ { connection: find( 'connection' ), gateway: find( 'gateway' ) } } />
	);
	return { sent, connection: find( 'connection' ), gateway: find( 'gateway' ), close: () => root.unmount() };
}

/** Waits until `look` finds something; fails after 20 seconds with what the page shows. */
export async function until< Found >( look: () => Found ): Promise< NonNullable< Found > > {
	const end = Date.now() + 20_000;
	while ( Date.now() < end ) {
		const found = look();
		if ( found ) {
			return found;
		}
		await new Promise( ( resolve ) => setTimeout( resolve, 20 ) );
	}
	throw new Error( `Not found in: ${ document.body.textContent }` );
}

export function button( name: string, place: HTMLElement = document.body ): HTMLButtonElement | undefined {
	return [ ...place.querySelectorAll( 'button' ) ].find( ( one ) => one.textContent === name );
}

/** What is one click away, by its summary. */
export function disclosure( summary: string, place: HTMLElement = document.body ): HTMLDetailsElement | undefined {
	return [ ...place.querySelectorAll( 'details' ) ].find(
		( one ) => one.querySelector( 'summary' )?.textContent === summary
	);
}

export function field( label: string, place: HTMLElement = document.body ): HTMLInputElement | undefined {
	const found = [ ...place.querySelectorAll( 'label' ) ].find( ( one ) => one.textContent === label );
	return ( found?.control as HTMLInputElement | null ) ?? undefined;
}

/** Types as a person does: React hears of it. */
export function type( input: HTMLInputElement, value: string ): void {
	const setter = Object.getOwnPropertyDescriptor( HTMLInputElement.prototype, 'value' )?.set;
	setter?.call( input, value );
	input.dispatchEvent( new Event( 'input', { bubbles: true } ) );
}
